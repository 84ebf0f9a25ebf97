// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/packages/trust.hpp"

#include <cerrno>
#include <system_error>

#include <sys/stat.h>
#include <unistd.h>

namespace penstock::host
{

namespace
{

/// Returns whether others may write: everybody, or a group that is not this user's own. With the
/// usual umask of Debian nothing is writable by a group; where each user has a group of his own,
/// his files often are.
bool others_may_write(const struct stat& entry)
{
    return (entry.st_mode & S_IWOTH) != 0 ||
           ((entry.st_mode & S_IWGRP) != 0 && entry.st_gid != 0 && entry.st_gid != ::getegid());
}

bool is_sticky_folder(const struct stat& entry)
{
    return S_ISDIR(entry.st_mode) && (entry.st_mode & S_ISVTX) != 0;
}

problem unseen(const std::filesystem::path& path, int error)
{
    return {
        path.string(), {}, "cannot be looked at: " + std::generic_category().message(error), {}};
}

std::optional<problem> distrust_entry(const std::filesystem::path& path)
{
    struct stat entry
    {
    };

    if (::lstat(path.c_str(), &entry) != 0)
        return unseen(path, errno);
    if (entry.st_uid != 0 && entry.st_uid != ::geteuid())
        return problem(path.string(), {}, "belongs to another user",
                       "one of root or of this user was expected");
    if (others_may_write(entry) && !is_sticky_folder(entry))
        return problem(path.string(), {}, "is writable by others",
                       "one that only its owner can write to was expected");
    return std::nullopt;
}

} // namespace

std::optional<problem> distrust(const std::filesystem::path& real)
{
    for (std::filesystem::path each = real;; each = each.parent_path())
    {
        if (std::optional<problem> wrong = distrust_entry(each))
            return wrong;
        if (!each.has_relative_path())
            return std::nullopt;
    }
}

std::optional<problem> check_folder(const std::filesystem::path& folder)
{
    std::error_code error;
    const std::filesystem::path real = std::filesystem::canonical(folder, error);
    if (error == std::errc::no_such_file_or_directory)
        return std::nullopt;
    if (error)
        return unseen(folder, error.value());
    if (!std::filesystem::is_directory(real, error))
        return problem(folder.string(), {}, "is not a folder", "a folder of packages was expected");
    return distrust(real);
}

} // namespace penstock::host
