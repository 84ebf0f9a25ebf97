// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "checkpoint.hpp"
#include "file_mode.hpp"
#include "read_settings.hpp"
#include "tree.hpp"

#include <penstock/json.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace files_package
{

/// Reads files, and follows them: finds what is new since the checkpoint. [one thread at a time;
/// blocks] After an exception it is of no use any more; another one begins at the checkpoint.
class file_reader
{
public:
    using clock = std::chrono::steady_clock;

    enum class mode
    {
        whole,
        lines
    };

    /// Opens the checkpoint, see checkpoint. Throws as that and tree do.
    file_reader(read_settings of, mode how, const std::string& checkpoint_file);

    /// Reads on for a while; nothing: there is nothing for now. `now` is on the clock of waits.
    [[nodiscard]] findings read(clock::time_point now);

    /// Whether all was read and nothing is followed: there will never be more.
    [[nodiscard]] bool is_over() const;

    /// When there will be more to do, if nothing changes meanwhile; none: nothing is known of.
    [[nodiscard]] std::optional<clock::time_point> next_work() const { return mode_->next_work(); }

    /// Keeps that all up to these positions has ended.
    void acknowledge(const std::vector<penstock::json::value>& positions)
    {
        mode_->acknowledge(positions);
    }

    /// How often changes were lost, so that everything was looked at again.
    [[nodiscard]] std::uint64_t overflows() const noexcept { return tree_.overflows(); }

private:
    void know_folders();
    [[nodiscard]] bool do_something(clock::time_point now, findings& into);

    const read_settings of_;
    checkpoint checkpoint_;
    tree tree_;
    std::unique_ptr<file_mode> mode_;
    std::optional<clock::time_point> next_rescan_;
    std::uint64_t checked_scan_ = 0; // the last one that all known files were looked for after
    bool is_checking_ = false;
};

} // namespace files_package
