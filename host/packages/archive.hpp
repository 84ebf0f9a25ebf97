// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/problem.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace penstock::host
{

/// Bounds of what is unpacked; an archive may say it holds anything.
struct archive_limits
{
    std::uint64_t bytes = std::uint64_t{100} << 20;
    std::uint64_t entries = 1000;
};

/// Returns why a path in an archive cannot be trusted; nothing if it leads to a place below the
/// folder that it is unpacked in.
[[nodiscard]] std::optional<std::string> refuse_path(std::string_view path);

/// Unpacks a .tar.gz, or another of the formats of tar, into a folder. Folders and regular files
/// only, each a path below the folder; they belong to this user, and others may read them. Refuses
/// links, devices, and whatever leaves the folder; then part of it may be unpacked.
[[nodiscard]] std::optional<problem> unpack(const std::filesystem::path& file,
                                            const std::filesystem::path& folder,
                                            const archive_limits& limits = {});

} // namespace penstock::host
