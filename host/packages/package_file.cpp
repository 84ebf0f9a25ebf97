// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/packages/package_file.hpp"

#include "host/base/descriptor.hpp"
#include "host/packages/trust.hpp"

#include <cerrno>
#include <fcntl.h>
#include <optional>
#include <span>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace penstock::host
{

namespace
{

problem failed(const std::string& where, const char* what, int error)
{
    return {where, {}, std::string(what) + ": " + std::generic_category().message(error), {}};
}

file_identity identity_of(const struct stat& entry)
{
    return {entry.st_dev, entry.st_ino, static_cast<std::uint64_t>(entry.st_size),
            entry.st_mtim.tv_sec * 1'000'000'000 + entry.st_mtim.tv_nsec};
}

/// A file that may be trusted, not read yet.
struct opened_file
{
    package_file::entry entry;
    descriptor file;
};

boost::system::result<opened_file, problem> open_trusted(const std::filesystem::path& path)
{
    const std::string where = path.string();
    std::error_code error;
    std::filesystem::path real = std::filesystem::canonical(path, error);
    if (error)
        return failed(where, "cannot be opened", error.value());
    // Not blocking: somebody may have put a named pipe there.
    descriptor file(::open(real.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));

    struct stat entry
    {
    };

    if (!file.is_open() || ::fstat(file.number(), &entry) != 0)
        return failed(where, "cannot be opened", errno);
    if (!S_ISREG(entry.st_mode))
        return problem(where, {}, "is not a regular file", "a shared library was expected");
    if (std::optional<problem> wrong = distrust(real))
        return *std::move(wrong);
    const file_identity identity = identity_of(entry);
    if (identity.size > package_file::greatest)
        return problem(where, {}, "is too large", "at most 512 MiB were expected");
    return opened_file{{std::move(real), identity}, std::move(file)};
}

/// Reads up to so many bytes; returns how many there were, or -1.
ssize_t read_all(int file, std::span<std::byte> to)
{
    std::size_t done = 0;
    while (done < to.size())
    {
        const ssize_t count = ::read(file, to.data() + done, to.size() - done);
        if (count == 0)
            break;
        if (count < 0 && errno != EINTR)
            return -1;
        done += count > 0 ? static_cast<std::size_t>(count) : 0;
    }
    return static_cast<ssize_t>(done);
}

} // namespace

boost::system::result<package_file::entry, problem>
package_file::look(const std::filesystem::path& path)
{
    boost::system::result<opened_file, problem> opened = open_trusted(path);
    if (opened.has_error())
        return opened.error();
    return std::move(opened->entry);
}

boost::system::result<package_file, problem> package_file::open(const std::filesystem::path& path)
{
    boost::system::result<opened_file, problem> opened = open_trusted(path);
    if (opened.has_error())
        return opened.error();
    const std::string where = path.string();
    const file_identity& identity = opened->entry.identity;
    own_pages bytes(identity.size);
    const ssize_t count = read_all(opened->file.number(), bytes.bytes());

    struct stat now
    {
    };

    if (count < 0 || ::fstat(opened->file.number(), &now) != 0)
        return failed(where, "cannot be read", errno);
    if (static_cast<std::size_t>(count) != identity.size || identity_of(now) != identity)
        return problem(where, {}, "is being written to", "a file that is whole was expected");
    return package_file(std::move(opened->entry.path), identity, std::move(bytes));
}

} // namespace penstock::host
