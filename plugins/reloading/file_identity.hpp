// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cerrno>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <system_error>

#include <sys/stat.h>

namespace reloading
{

/// Returns the identity of a file, which differs from that of a replacement: path, place on the
/// disk, size, and the times at which it was written and at which its mode was changed. Throws std::runtime_error if there is no such file. [any thread]
[[nodiscard]] inline std::string identity_of(const std::string& path)
{
    struct stat file
    {
    };

    if (::stat(path.c_str(), &file) != 0)
        throw std::runtime_error(path +
                                 ": cannot be read: " + std::generic_category().message(errno));
    std::string identity = path;
    for (const auto part :
         {static_cast<std::int64_t>(file.st_dev), static_cast<std::int64_t>(file.st_ino),
          static_cast<std::int64_t>(file.st_size), static_cast<std::int64_t>(file.st_mtim.tv_sec),
          static_cast<std::int64_t>(file.st_mtim.tv_nsec),
          static_cast<std::int64_t>(file.st_ctim.tv_sec),
          static_cast<std::int64_t>(file.st_ctim.tv_nsec)})
        identity += '\0' + std::to_string(part);
    return identity;
}

} // namespace reloading
