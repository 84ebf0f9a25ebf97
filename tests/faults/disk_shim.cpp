// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Stands between a program and its disk (LD_PRELOAD). Below the directory PENSTOCK_DISK it writes
// what the program does to the log PENSTOCK_DISK_LOG, and lets the Nth call of a kind fail as told
// by PENSTOCK_DISK_FAULT, such as `pwrite:EIO:17`, `write:short:3` or `fdatasync:EIO:1`; with 0
// none fails, and with a name behind it, as in `pwrite:EIO:17:-wal`, nothing counts but what goes to
// files whose names end so. How many calls of the kind there were is the last line of the log. With
// PENSTOCK_DISK_MARKS nothing but marks is logged. PENSTOCK_DISK_SYNC is how many microseconds a
// sync takes longer.
//
// All calls go to the kernel directly: the functions of the C library by these names are these.
#include "tests/faults/watched_disk.hpp"

#include <cstdarg>

#include <fcntl.h>
#include <sys/types.h>
#include <sys/uio.h>

namespace
{

using disk = penstock::faults::watched_disk;

mode_t mode_of(int flags, va_list rest)
{
    return (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, mode_t) : 0;
}

} // namespace

[[gnu::destructor]] static void tell_calls()
{
    disk::instance().tell_calls();
}

// The names of the C library, and what else a program may be compiled to call by them.
extern "C"
{
    [[gnu::visibility("default")]] void penstock_disk_mark(const char* text, size_t length)
    {
        disk::instance().mark({text, length});
    }

    [[gnu::visibility("default")]] int open(const char* path, int flags, ...)
    {
        va_list rest;
        va_start(rest, flags);
        const mode_t mode = mode_of(flags, rest);
        va_end(rest);
        return disk::instance().open(AT_FDCWD, path, flags, mode);
    }

    [[gnu::visibility("default")]] int open64(const char* path, int flags, ...)
    {
        va_list rest;
        va_start(rest, flags);
        const mode_t mode = mode_of(flags, rest);
        va_end(rest);
        return disk::instance().open(AT_FDCWD, path, flags, mode);
    }

    [[gnu::visibility("default")]] int openat(int directory, const char* path, int flags, ...)
    {
        va_list rest;
        va_start(rest, flags);
        const mode_t mode = mode_of(flags, rest);
        va_end(rest);
        return disk::instance().open(directory, path, flags, mode);
    }

    [[gnu::visibility("default")]] int __open_2(const char* path, int flags)
    {
        return disk::instance().open(AT_FDCWD, path, flags, 0);
    }

    [[gnu::visibility("default")]] int __open64_2(const char* path, int flags)
    {
        return disk::instance().open(AT_FDCWD, path, flags, 0);
    }

    [[gnu::visibility("default")]] int close(int file)
    {
        return disk::instance().close(file);
    }

    [[gnu::visibility("default")]] ssize_t write(int file, const void* data, size_t count)
    {
        return disk::instance().write(file, data, count);
    }

    [[gnu::visibility("default")]] ssize_t pwrite(int file, const void* data, size_t count,
                                                  off_t at)
    {
        return disk::instance().pwrite(file, data, count, at);
    }

    [[gnu::visibility("default")]] ssize_t pwrite64(int file, const void* data, size_t count,
                                                    off_t at)
    {
        return disk::instance().pwrite(file, data, count, at);
    }

    [[gnu::visibility("default")]] int ftruncate(int file, off_t size) noexcept
    {
        return disk::instance().truncate(file, size);
    }

    [[gnu::visibility("default")]] int ftruncate64(int file, off_t size) noexcept
    {
        return disk::instance().truncate(file, size);
    }

    [[gnu::visibility("default")]] int fsync(int file)
    {
        return disk::instance().sync(SYS_fsync, file);
    }

    [[gnu::visibility("default")]] int fdatasync(int file)
    {
        return disk::instance().sync(SYS_fdatasync, file);
    }

    [[gnu::visibility("default")]] int unlink(const char* path) noexcept
    {
        return disk::instance().unlink(AT_FDCWD, path, 0);
    }

    [[gnu::visibility("default")]] int unlinkat(int directory, const char* path, int flags) noexcept
    {
        return disk::instance().unlink(directory, path, flags);
    }

    [[gnu::visibility("default")]] int rename(const char* from, const char* to) noexcept
    {
        return disk::instance().rename(from, to);
    }

} // extern "C"
