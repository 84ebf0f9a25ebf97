// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/app/data_directory.hpp"

#include "host/base/descriptor.hpp"

#include <cerrno>
#include <cstdlib>
#include <string>
#include <system_error>
#include <thread>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace penstock::host
{

namespace
{

constexpr std::chrono::milliseconds between_tries{50};

std::string reason(int error)
{
    return std::generic_category().message(error);
}

/// The process id in the lock file: that of its last holder.
std::string holder(int lock)
{
    char text[24];
    const ssize_t length = ::pread(lock, text, sizeof text, 0);
    std::string digits;
    for (ssize_t i = 0; i < length && text[i] >= '0' && text[i] <= '9'; ++i)
        digits += text[i];
    return digits.empty() ? "another process" : "process " + digits;
}

bool try_lock(int lock, std::chrono::milliseconds patience)
{
    const auto deadline = std::chrono::steady_clock::now() + patience;
    while (::flock(lock, LOCK_EX | LOCK_NB) != 0)
    {
        if (errno != EWOULDBLOCK && errno != EINTR)
            return false;
        if (std::chrono::steady_clock::now() >= deadline)
            return false;
        std::this_thread::sleep_for(between_tries); // there is no lock with a deadline
    }
    return true;
}

void sign(int lock)
{
    const std::string id = std::to_string(::getpid()) + "\n";
    // Only for the refusal that another host prints: that it is written is not vital.
    if (::ftruncate(lock, 0) != 0 || ::pwrite(lock, id.data(), id.size(), 0) < 0)
        return;
}

} // namespace

std::filesystem::path default_data_directory()
{
    if (const char* given = std::getenv("PENSTOCK_DATA"); given != nullptr && *given != '\0')
        return given;
    // An empty or relative value is to be ignored, says the XDG base directory specification.
    if (const char* given = std::getenv("XDG_STATE_HOME"); given != nullptr && given[0] == '/')
        return std::filesystem::path(given) / "penstock";
    if (const char* home = std::getenv("HOME"); home != nullptr && home[0] == '/')
        return std::filesystem::path(home) / ".local/state/penstock";
    return {};
}

boost::system::result<data_directory, problem>
data_directory::open(const std::filesystem::path& path, std::chrono::milliseconds patience)
{
    std::error_code error;
    std::filesystem::path whole = std::filesystem::absolute(path, error).lexically_normal();
    if (!whole.has_filename()) // a slash at the end
        whole = whole.parent_path();
    if (!error && !whole.parent_path().empty())
        std::filesystem::create_directories(whole.parent_path(), error);
    if (error || (::mkdir(whole.c_str(), 0700) != 0 && errno != EEXIST))
        return problem(whole.string(), "",
                       "cannot be made: " + (error ? error.message() : reason(errno)),
                       "a directory was expected");
    struct stat found;
    if (::stat(whole.c_str(), &found) != 0 || !S_ISDIR(found.st_mode))
        return problem(whole.string(), "", "is no directory", "one was expected");
    if ((found.st_mode & (S_IWGRP | S_IWOTH)) != 0 && (found.st_mode & S_ISVTX) == 0)
        return problem(whole.string(), "", "can be written to by others",
                       "a directory of its owner's was expected");

    const std::filesystem::path name = whole / "lock";
    const int lock = ::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (lock < 0)
        return problem(name.string(), "", "cannot be opened: " + reason(errno),
                       "a file to lock was expected");
    data_directory opened(whole, lock);
    if (!try_lock(lock, patience))
        return problem(name.string(), "", "is held by " + holder(lock),
                       "a data directory that no other host uses was expected");
    sign(lock);
    return opened;
}

bool data_directory::is_held(const std::filesystem::path& path) noexcept
{
    const descriptor lock(::open((path / "lock").c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW));
    return lock.is_open() && ::flock(lock.number(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

data_directory::data_directory(data_directory&& other) noexcept
    : path_(std::move(other.path_)), lock_(std::exchange(other.lock_, -1))
{
}

data_directory::~data_directory()
{
    if (lock_ >= 0)
        ::close(lock_);
}

} // namespace penstock::host
