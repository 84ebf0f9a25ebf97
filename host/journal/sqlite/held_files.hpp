// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace penstock::host
{

/// The files that a journal was opened with. One that is removed or replaced is written to as
/// before, and is gone for good when the last process that has it open ends. [any thread]
class held_files
{
public:
    /// Notes the file of a database and that of its log, as they are now; one that is not there is
    /// not missed.
    explicit held_files(const std::filesystem::path& database);

    /// Returns which of them its name does not lead to any more, as a problem; empty: none. Blocks
    /// for two calls of the system.
    [[nodiscard]] std::string missing() const;

private:
    struct held
    {
        std::filesystem::path path;
        std::uint64_t device = 0;
        std::uint64_t inode = 0;
    };

    std::vector<held> held_;
};

} // namespace penstock::host
