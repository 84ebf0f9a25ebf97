// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace penstock::host
{

/// What a journal holds, and what is wrong with it.
struct journal_check
{
    std::filesystem::path file;
    std::uint64_t entries = 0;   ///< that are pending
    std::uint64_t originals = 0; ///< done, and kept for their dead letters
    std::uint64_t receipts = 0;
    std::uint64_t keys = 0;
    std::uint64_t dead_letters = 0;
    std::uint64_t blames = 0;
    std::vector<std::string> findings; ///< `records 17: its checksum does not match`
};

/// Reads a whole journal and checks its structure and the checksum of every row; writes nothing,
/// and may run beside a host, whose log grows meanwhile. Throws journal_error when there is none to
/// read. Blocks.
[[nodiscard]] journal_check check_journal(const std::filesystem::path& directory);

} // namespace penstock::host
