// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/descriptor.hpp"
#include "host/journal/log/log_promise.hpp"

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

namespace penstock::host
{

/// Keeps the promise of a journal up to date while it is written. It is not synced: the log is on
/// the disk before it is promised, so what a power cut leaves of the promise is never more than
/// there is. A promise that cannot be written stays an older one, which is true as well. [one
/// thread]
class promise_file
{
public:
    /// Compares the log with the promise that was left. To be made before the journal is opened.
    /// Blocks.
    explicit promise_file(std::filesystem::path journal_file);

    /// What was promised and is not there, until somebody forgets the promise; empty: nothing.
    /// Meanwhile nothing is promised, and the log is to stay as it is.
    [[nodiscard]] std::string loss();

    /// Promises the first frames of the log; entries up to `number` are in it, or were before.
    void keep(std::uint64_t frames, std::uint64_t number);

    /// Notes that the database has the first frames by itself.
    void worked_in(std::uint64_t frames);

private:
    [[nodiscard]] std::optional<std::uint64_t> salts();
    void write();

    std::filesystem::path journal_file_;
    std::string loss_;
    log_promise promised_;
    descriptor file_;
    descriptor log_;
};

} // namespace penstock::host
