// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/packages/package_file.hpp"

#include "host/base/descriptor.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <system_error>
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

problem writable(const std::string& where)
{
    return {
        where, {}, "is writable by others", "one that only its owner can write to was expected"};
}

problem failed(const std::string& where, const char* what, int error)
{
    return {where, {}, std::string(what) + ": " + std::generic_category().message(error), {}};
}

/// In a sticky folder others cannot replace a file, but they can put one of theirs.
std::optional<problem> check_place(const std::filesystem::path& path, const struct stat& file)
{
    const std::filesystem::path folder = path.parent_path();

    struct stat entry
    {
    };

    if (::stat(folder.c_str(), &entry) != 0)
        return failed(folder.string(), "cannot be looked at", errno);
    if (!others_may_write(entry))
        return std::nullopt;
    if ((entry.st_mode & S_ISVTX) == 0)
        return writable(folder.string());
    if (file.st_uid != 0 && file.st_uid != ::geteuid())
        return problem(path.string(), {}, "belongs to another user, in a folder open to all",
                       "one of root or of this user was expected");
    return std::nullopt;
}

} // namespace

std::optional<problem> check_folder(const std::filesystem::path& folder)
{
    struct stat entry
    {
    };

    if (::stat(folder.c_str(), &entry) != 0)
        return errno == ENOENT
                   ? std::nullopt
                   : std::optional(failed(folder.string(), "cannot be looked at", errno));
    if (!S_ISDIR(entry.st_mode))
        return problem(folder.string(), {}, "is not a folder", "a folder of packages was expected");
    if (others_may_write(entry) && (entry.st_mode & S_ISVTX) == 0)
        return writable(folder.string());
    return std::nullopt;
}

boost::system::result<package_file, problem> package_file::open(const std::filesystem::path& path)
{
    const std::string where = path.string();
    std::error_code error;
    std::filesystem::path real = std::filesystem::canonical(path, error);
    if (error)
        return failed(where, "cannot be opened", error.value());
    // Not blocking: somebody may have put a named pipe there.
    const descriptor file(::open(real.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));

    struct stat entry
    {
    };

    if (!file.is_open() || ::fstat(file.number(), &entry) != 0)
        return failed(where, "cannot be opened", errno);
    if (!S_ISREG(entry.st_mode))
        return problem(where, {}, "is not a regular file", "a shared library was expected");
    if (others_may_write(entry))
        return writable(where);
    if (std::optional<problem> wrong = check_place(real, entry))
        return *std::move(wrong);
    const auto size = static_cast<std::size_t>(entry.st_size);
    file_bytes bytes;
    if (size > 0)
    {
        void* const start = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.number(), 0);
        if (start == MAP_FAILED)
            return failed(where, "cannot be read", errno);
        bytes = {static_cast<const std::byte*>(start), size};
    }
    return package_file(std::move(real),
                        {entry.st_dev, entry.st_ino, size,
                         entry.st_mtim.tv_sec * 1'000'000'000 + entry.st_mtim.tv_nsec},
                        bytes);
}

package_file::package_file(package_file&& other) noexcept
    : path_(std::move(other.path_)),
      identity_(other.identity_),
      bytes_(std::exchange(other.bytes_, {}))
{
}

package_file::~package_file()
{
    if (!bytes_.empty())
        ::munmap(const_cast<std::byte*>(bytes_.data()), bytes_.size());
}

} // namespace penstock::host
