// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "appender.hpp"

#include "closed_files.hpp"

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace files_package
{
namespace
{

std::error_code last_error()
{
    return {errno, std::generic_category()};
}

// Writes all of it, or as much as the system takes. Returns the number of bytes written.
std::size_t write_all(int file, std::string_view text, std::error_code& error)
{
    std::size_t done = 0;
    while (done < text.size())
    {
        const ssize_t count = ::write(file, text.data() + done, text.size() - done);
        if (count >= 0)
        {
            done += static_cast<std::size_t>(count);
        }
        else if (errno != EINTR)
        {
            error = last_error();
            break;
        }
    }
    return done;
}

} // namespace

std::string appender::common_name(const std::string& path)
{
    // A relative path of which nothing is there yet would stay relative.
    return std::filesystem::weakly_canonical(std::filesystem::absolute(path)).string();
}

bool appender::is_the_hosts(const std::string& common_name, const std::string& data_directory)
{
    const std::filesystem::path file = common_name;
    const std::filesystem::path folder = std::filesystem::weakly_canonical(data_directory);
    return std::mismatch(folder.begin(), folder.end(), file.begin(), file.end()).first ==
           folder.end();
}

appender::appender(std::string path) : path_(std::move(path))
{
    if (const std::error_code error = open())
        throw std::system_error(error, path_);
}

appender::~appender()
{
    ::close(file_);
}

appender::outcome appender::append(std::string_view lines, bool sync, const closing_rule& rule)
{
    std::lock_guard lock(mutex_);
    if (!is_at_path())
        if (const std::error_code error = open())
            return {0, error};
    const bool closes = is_due(lines.size(), rule);
    if (closes)
        if (const std::error_code error = close_file())
            return {0, error};
    if (const std::error_code error = begin_line())
        return {0, error, closes};

    if (sync) // before there is anything that would be written again
        if (const std::error_code unsynced = sync_name())
            return {0, unsynced, closes};

    std::error_code error;
    const std::size_t done = write_all(file_, lines, error);
    std::size_t kept = done;
    if (error)
    {
        kept = done == 0 ? 0 : lines.rfind('\n', done - 1) + 1;
        if (kept < done)
            take_back(done - kept);
    }
    if (sync && kept > 0 && ::fdatasync(file_) != 0 && errno != EINVAL) // a pipe has no disk
        return {0, last_error(), closes};
    return {kept, error, closes};
}

appender::outcome appender::close_if_old(const closing_rule& rule)
{
    std::lock_guard lock(mutex_);
    if (!is_at_path() || !is_due(0, {.bytes = 0, .age = rule.age}))
        return {};
    // Without a file of its name: the next append makes one.
    const std::error_code error = move_to_closed(path_);
    return {0, error, !error};
}

bool appender::is_due(std::size_t more, const closing_rule& rule) const
{
    if (rule.is_empty())
        return false;

    struct stat status
    {
    };

    if (::fstat(file_, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size == 0)
        return false;
    if (rule.bytes > 0 && static_cast<std::uint64_t>(status.st_size) + more > rule.bytes)
        return true;
    return rule.age.count() > 0 && std::chrono::system_clock::now() - made_ >= rule.age;
}

std::error_code appender::close_file()
{
    if (const std::error_code error = move_to_closed(path_))
        return error;
    return open();
}

// Once after each opening, the name of the file in its folder.
std::error_code appender::sync_name()
{
    if (is_name_synced_)
        return {};
    const std::filesystem::path folder = std::filesystem::absolute(path_).parent_path();
    const int held = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (held < 0)
        return errno == EACCES ? std::error_code() : last_error(); // it need not be readable
    const std::error_code error =
        ::fsync(held) != 0 && errno != EINVAL ? last_error() : std::error_code();
    ::close(held);
    is_name_synced_ = !error;
    return error;
}

std::error_code appender::open()
{
    // Reading is only for the look at the last byte, which a file that may just be written forgoes.
    constexpr int flags = O_APPEND | O_CREAT | O_CLOEXEC;
    int file = ::open(path_.c_str(), O_RDWR | flags, 0666);
    if (file < 0 && errno == EACCES)
        file = ::open(path_.c_str(), O_WRONLY | flags, 0666);
    if (file < 0)
        return last_error();
    if (file_ >= 0)
        ::close(file_);
    file_ = file;
    mid_line_ = true;
    is_name_synced_ = false;
    find_age();
    return {};
}

// A file system that does not tell when a file was made: when it was opened here.
void appender::find_age()
{
    struct statx status
    {
    };

    made_ = std::chrono::system_clock::now();
    if (::statx(file_, "", AT_EMPTY_PATH, STATX_BTIME, &status) == 0 &&
        (status.stx_mask & STATX_BTIME) != 0)
        made_ = std::chrono::system_clock::from_time_t(status.stx_btime.tv_sec);
}

// Lines written to a file that was removed, or renamed by a program that rotates logs, would be
// lost with it.
bool appender::is_at_path() const
{
    struct stat held
    {
    };

    struct stat named
    {
    };

    return ::fstat(file_, &held) == 0 && ::stat(path_.c_str(), &named) == 0 &&
           held.st_dev == named.st_dev && held.st_ino == named.st_ino;
}

std::error_code appender::begin_line()
{
    if (!mid_line_)
        return {};

    struct stat status
    {
    };

    char last = '\n';
    if (::fstat(file_, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0 &&
        ::pread(file_, &last, 1, status.st_size - 1) != 1)
        last = '\n';
    std::error_code error;
    if (last != '\n')
        write_all(file_, "\n", error);
    mid_line_ = static_cast<bool>(error);
    return error;
}

// Removes the start of a line that did not fit, unless somebody else wrote after it.
void appender::take_back(std::size_t count)
{
    struct stat status
    {
    };

    const off_t end = ::lseek(file_, 0, SEEK_CUR);
    if (end < 0 || ::fstat(file_, &status) != 0 || status.st_size != end ||
        ::ftruncate(file_, end - static_cast<off_t>(count)) != 0)
        mid_line_ = true;
}

} // namespace files_package
