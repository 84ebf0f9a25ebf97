// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/faults/recording.hpp"

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

namespace penstock::faults
{

inline constexpr std::size_t most_files = 4096;

/// What the shim was told, and what it has seen. Never destroyed: the program writes to its end.
class watched_disk
{
public:
    static watched_disk& instance()
    {
        static auto* one = new watched_disk;
        return *one;
    }

    int open(int directory, const char* path, int flags, mode_t mode)
    {
        const std::string name = place(directory, path);
        if (name.empty())
            return answer<int>(::syscall(SYS_openat, directory, path, flags, mode));
        const std::scoped_lock lock(mutex_);
        if (fails("open"))
            return -1;
        const bool was_there = ::syscall(SYS_faccessat, AT_FDCWD, name.c_str(), F_OK) == 0;
        const int file = answer<int>(::syscall(SYS_openat, directory, path, flags, mode));
        if (file < 0 || static_cast<std::size_t>(file) >= most_files)
            return file;
        if (name == directory_)
        {
            open_[static_cast<std::size_t>(file)] = of_directory;
            return file;
        }
        std::uint32_t& number = names_[name];
        if (number == 0 || !was_there)
        {
            number = ++last_;
            log({deed::make, number, 0, name.size()}, name);
        }
        open_[static_cast<std::size_t>(file)] = number;
        if ((flags & O_TRUNC) != 0)
            log({deed::truncate, number, 0, 0}, {});
        return file;
    }

    int close(int file)
    {
        if (file >= 0 && static_cast<std::size_t>(file) < most_files)
        {
            const std::scoped_lock lock(mutex_);
            open_[static_cast<std::size_t>(file)] = 0;
        }
        return answer<int>(::syscall(SYS_close, file));
    }

    ssize_t write(int file, const void* data, size_t count)
    {
        if (number_of(file) == 0)
            return answer<ssize_t>(::syscall(SYS_write, file, data, count));
        const std::scoped_lock lock(mutex_);
        const off_t at = ::syscall(SYS_lseek, file, 0, SEEK_CUR);
        if (fails("write", file, &count))
            return -1;
        return wrote(file, data, at, answer<ssize_t>(::syscall(SYS_write, file, data, count)));
    }

    ssize_t pwrite(int file, const void* data, size_t count, off_t at)
    {
        if (number_of(file) == 0)
            return answer<ssize_t>(::syscall(SYS_pwrite64, file, data, count, at));
        const std::scoped_lock lock(mutex_);
        if (fails("pwrite", file, &count))
            return -1;
        return wrote(file, data, at,
                     answer<ssize_t>(::syscall(SYS_pwrite64, file, data, count, at)));
    }

    int truncate(int file, off_t size)
    {
        const std::uint32_t number = number_of(file);
        const std::scoped_lock lock(mutex_);
        if (number != 0 && fails("ftruncate", file))
            return -1;
        const int done = answer<int>(::syscall(SYS_ftruncate, file, size));
        if (number != 0 && done == 0)
            log({deed::truncate, number, static_cast<std::uint64_t>(size), 0}, {});
        return done;
    }

    int sync(long how, int file)
    {
        const std::uint32_t number = number_of(file);
        if (number == 0)
            return answer<int>(::syscall(how, file));
        std::uint64_t before = 0;
        {
            const std::scoped_lock lock(mutex_);
            if (fails("fdatasync", file))
                return -1;
            before = events_;
        }
        ::usleep(longer_sync_);
        const int done = answer<int>(::syscall(how, file));
        const std::scoped_lock lock(mutex_);
        if (done == 0)
            log({deed::sync, number == of_directory ? 0 : number, before, 0}, {});
        return done;
    }

    int unlink(int directory, const char* path, int flags)
    {
        const std::string name = place(directory, path);
        const std::scoped_lock lock(mutex_);
        const int done = answer<int>(::syscall(SYS_unlinkat, directory, path, flags));
        if (done == 0 && !name.empty() && names_.erase(name) != 0)
            log({deed::unlink, 0, 0, name.size()}, name);
        return done;
    }

    int rename(const char* from, const char* to)
    {
        const std::string before = place(AT_FDCWD, from);
        const std::string after = place(AT_FDCWD, to);
        if (before.empty() || after.empty())
            return answer<int>(::syscall(SYS_rename, from, to));
        const std::scoped_lock lock(mutex_);
        if (fails("rename"))
            return -1;
        const int done = answer<int>(::syscall(SYS_rename, from, to));
        if (done == 0)
        {
            names_[after] = names_[before];
            names_.erase(before);
            const std::string both = before + '\0' + after;
            log({deed::rename, 0, 0, both.size()}, both);
        }
        return done;
    }

    void tell_calls()
    {
        if (!call_.empty())
            mark("calls " + std::to_string(calls_));
    }

    void mark(std::string_view text)
    {
        const std::scoped_lock lock(mutex_);
        log({deed::mark, 0, 0, text.size()}, text);
    }

private:
    static constexpr std::uint32_t of_directory = ~0U;

    watched_disk()
    {
        if (const char* told = std::getenv("PENSTOCK_DISK"))
            directory_ = told;
        if (const char* told = std::getenv("PENSTOCK_DISK_LOG"))
            log_ = static_cast<int>(::syscall(SYS_openat, AT_FDCWD, told,
                                              O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
        if (const char* told = std::getenv("PENSTOCK_DISK_SYNC"))
            longer_sync_ = static_cast<useconds_t>(std::strtoul(told, nullptr, 10));
        marks_only_ = std::getenv("PENSTOCK_DISK_MARKS") != nullptr;
        if (const char* told = std::getenv("PENSTOCK_DISK_FAULT"))
            read_fault(told);
    }

    void read_fault(std::string_view told)
    {
        const std::size_t first = told.find(':');
        const std::size_t second = told.find(':', first + 1);
        if (second == std::string_view::npos)
            return;
        call_ = told.substr(0, first);
        const std::string_view how = told.substr(first + 1, second - first - 1);
        error_ = how == "EIO" ? EIO : ENOSPC;
        short_ = how == "short";
        left_ = std::strtoul(told.data() + second + 1, nullptr, 10);
        const std::size_t third = told.find(':', second + 1);
        if (third != std::string_view::npos)
            name_ = told.substr(third + 1);
    }

    template <class Result>
    static Result answer(long of_kernel)
    {
        return static_cast<Result>(of_kernel); // syscall() has set errno
    }

    // The whole path if it is the directory or below it.
    [[nodiscard]] std::string place(int directory, const char* path) const
    {
        if (directory_.empty() || (directory != AT_FDCWD && path[0] != '/'))
            return {};
        const std::string_view name(path);
        if (!name.starts_with(directory_))
            return {};
        return name.size() == directory_.size() || name[directory_.size()] == '/'
                   ? std::string(name)
                   : std::string();
    }

    [[nodiscard]] std::uint32_t number_of(int file)
    {
        if (file < 0 || static_cast<std::size_t>(file) >= most_files)
            return 0;
        const std::scoped_lock lock(mutex_);
        return open_[static_cast<std::size_t>(file)];
    }

    // Whether this call is the one to fail; a short write becomes shorter, and the next one fails.
    bool fails(std::string_view call, int file = -1, size_t* count = nullptr)
    {
        if (call_ != call || !is_of_fault(file))
            return false;
        ++calls_;
        if (left_ == 0 || --left_ != 0)
            return false;
        if (short_ && count != nullptr)
        {
            *count /= 2;
            short_ = false;
            left_ = 1;
            return *count == 0 && fails_now();
        }
        return fails_now();
    }

    [[nodiscard]] bool is_of_fault(int file) const
    {
        if (name_.empty())
            return true;
        const std::uint32_t number = file < 0 ? 0 : open_[static_cast<std::size_t>(file)];
        for (const auto& [name, its] : names_)
            if (its == number && name.ends_with(name_))
                return true;
        return false;
    }

    bool fails_now()
    {
        left_ = 0;
        errno = error_;
        static constexpr std::string_view word = "fault";
        log({deed::mark, 0, 0, word.size()}, word);
        return true;
    }

    ssize_t wrote(int file, const void* data, off_t at, ssize_t count)
    {
        if (count > 0)
        {
            const auto size = static_cast<std::size_t>(count);
            log({deed::write, open_[static_cast<std::size_t>(file)], static_cast<std::uint64_t>(at),
                 size},
                {static_cast<const char*>(data), size});
        }
        return count;
    }

    void log(const event_head& head, std::string_view text)
    {
        ++events_;
        if (log_ < 0 || (marks_only_ && head.did != deed::mark))
            return;
        const int error = errno;
        event_head written = head;
        const std::array<iovec, 2> parts{iovec{&written, sizeof written},
                                         iovec{const_cast<char*>(text.data()), text.size()}};
        if (::syscall(SYS_writev, log_, parts.data(), parts.size()) < 0)
            std::abort();
        errno = error;
    }

    std::mutex mutex_;
    std::string directory_;
    int log_ = -1;
    bool marks_only_ = false;
    useconds_t longer_sync_ = 0;
    std::uint64_t events_ = 0;
    std::uint32_t last_ = 0;
    std::map<std::string, std::uint32_t> names_;
    std::array<std::uint32_t, most_files> open_{};

    std::string call_;
    std::string name_;
    int error_ = 0;
    bool short_ = false;
    unsigned long left_ = 0;
    unsigned long calls_ = 0;
};

} // namespace penstock::faults
