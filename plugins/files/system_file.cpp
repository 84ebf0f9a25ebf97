// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "system_file.hpp"

#include "../packets/fnv1a.hpp"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <ctime>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace files_package
{

namespace
{

constexpr std::int64_t second = 1'000'000'000;

std::error_code last_system_error()
{
    return {errno, std::generic_category()};
}

file_status status_from(const struct stat& found)
{
    file_status status;
    status.what = S_ISREG(found.st_mode)   ? file_status::kind::regular
                  : S_ISDIR(found.st_mode) ? file_status::kind::folder
                  : S_ISLNK(found.st_mode) ? file_status::kind::link
                                           : file_status::kind::other;
    status.key = {found.st_dev, found.st_ino};
    status.version = {found.st_ino, found.st_mtim.tv_sec * second + found.st_mtim.tv_nsec,
                      static_cast<std::uint64_t>(found.st_size)};
    status.names = found.st_nlink;
    return status;
}

} // namespace

file_status status_of(const std::string& path, bool follows)
{
    struct stat found;
    if (path.find('\0') != std::string::npos)
        return {.error = std::make_error_code(std::errc::invalid_argument)};
    if (::fstatat(AT_FDCWD, path.c_str(), &found, follows ? 0 : AT_SYMLINK_NOFOLLOW) == 0)
        return status_from(found);
    if (errno == ENOENT || errno == ENOTDIR)
        return {};
    return {.error = last_system_error()};
}

open_file::open_file(const std::string& path, bool follows, const std::string& forbidden)
{
    // Opening a pipe would wait for its writer.
    constexpr int flags = O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
    file_ = ::open(path.c_str(), flags | (follows ? 0 : O_NOFOLLOW));
    if (file_ < 0)
        error_ = last_system_error();
    else if (status().what != file_status::kind::regular)
        close_because(std::errc::invalid_argument);
    else if (!forbidden.empty() && is_below(forbidden))
        close_because(std::errc::operation_not_permitted);
}

void open_file::close_because(std::errc why)
{
    error_ = std::make_error_code(why);
    ::close(std::exchange(file_, -1));
}

// Whatever links the path had, the system knows where the file is.
bool open_file::is_below(const std::string& folder) const
{
    const std::string link = "/proc/self/fd/" + std::to_string(file_);
    std::string real(PATH_MAX, '\0');
    const ssize_t size = ::readlink(link.c_str(), real.data(), real.size());
    real.resize(size < 0 ? 0 : static_cast<std::size_t>(size));
    return size < 0 || real.starts_with(folder + '/');
}

open_file::~open_file()
{
    if (file_ >= 0)
        ::close(file_);
}

file_status open_file::status() const
{
    struct stat found;
    if (::fstat(file_, &found) != 0)
        return {.error = last_system_error()};
    return status_from(found);
}

std::string open_file::read(std::uint64_t offset, std::size_t most)
{
    std::string bytes(most, '\0');
    std::size_t done = 0;
    error_ = {};
    while (done < most)
    {
        const ssize_t count =
            ::pread(file_, bytes.data() + done, most - done, static_cast<off_t>(offset + done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            error_ = last_system_error();
        if (count <= 0)
            break;
        done += static_cast<std::size_t>(count);
    }
    bytes.resize(done);
    return bytes;
}

std::optional<std::uint64_t> open_file::hash(std::uint64_t offset, std::size_t count)
{
    const std::string bytes = read(offset, count);
    if (bytes.size() < count)
        return std::nullopt;
    return packets::fnv1a(bytes);
}

std::string time_text(std::int64_t nanoseconds)
{
    std::time_t time = nanoseconds / second - (nanoseconds % second < 0 ? 1 : 0);
    std::tm parts{};
    ::gmtime_r(&time, &parts);
    char text[64];
    const std::size_t size = std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
    return {text, size};
}

} // namespace files_package
