// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/log/combined_writes.hpp"

#include "host/journal/journal_queries.hpp"

#include <cstddef>
#include <cstdint>
#include <new>
#include <string_view>

#include <sqlite3.h>

namespace penstock::host
{

namespace
{

// Less than 128 KiB, which SQLite's own VFS cannot write at a time (seekAndWriteFd in its
// os_unix.c).
constexpr std::size_t most_bytes = std::size_t{120} << 10;

/// What is to be written from one place on.
struct collected
{
    sqlite3_int64 begin = 0;
    std::string bytes;
};

// SQLite gives the file's memory: this, and behind it that of the file below.
struct log_file
{
    sqlite3_file base;
    collected* waiting;

    [[nodiscard]] sqlite3_file* below() noexcept
    {
        return reinterpret_cast<sqlite3_file*>(this + 1);
    }
};

log_file& of(sqlite3_file* file) noexcept
{
    return *reinterpret_cast<log_file*>(file);
}

template <auto Method, class... Arguments>
int pass(sqlite3_file* file, Arguments... arguments)
{
    sqlite3_file* const below = of(file).below();
    return (below->pMethods->*Method)(below, arguments...);
}

// Linux keeps what one call writes in pieces of the cache as large as that, and counts all of such
// a piece as written when the next commit goes on within it: a fifth more for commits of 10 pages.
// The disk gets the same, but who watches the host sees what is counted.
constexpr std::size_t many_bytes = most_bytes - (std::size_t{8} << 10);
constexpr std::size_t piece_of_few = std::size_t{8} << 10;

// What could not be written is of a transaction that fails by it: SQLite commits none of which it
// was told that a page could not be written or read.
int write_collected(sqlite3_file* file)
{
    collected& waiting = *of(file).waiting;
    if (waiting.bytes.empty())
        return SQLITE_OK;
    const std::string_view all = waiting.bytes;
    const std::size_t piece = all.size() < many_bytes ? piece_of_few : most_bytes;
    int code = SQLITE_OK;
    for (std::size_t at = 0; at < all.size() && code == SQLITE_OK; at += piece)
    {
        const std::string_view part = all.substr(at, piece);
        code = pass<&sqlite3_io_methods::xWrite, const void*>(
            file, part.data(), static_cast<int>(part.size()),
            waiting.begin + static_cast<sqlite3_int64>(at));
    }
    waiting.bytes.clear();
    return code;
}

/// Calls the method of the file below, which knows of all writes then.
template <auto Method, class... Arguments>
int pass_behind(sqlite3_file* file, Arguments... arguments)
{
    if (const int code = write_collected(file); code != SQLITE_OK)
        return code;
    return pass<Method>(file, arguments...);
}

int write(sqlite3_file* file, const void* from, int count, sqlite3_int64 offset)
{
    collected& waiting = *of(file).waiting;
    const auto size = static_cast<std::size_t>(count); // a page of a log: 64 KiB at most
    const bool follows =
        offset == waiting.begin + static_cast<sqlite3_int64>(waiting.bytes.size()) &&
        waiting.bytes.size() + size <= most_bytes;
    if (!follows)
        if (const int code = write_collected(file); code != SQLITE_OK)
            return code;
    if (waiting.bytes.empty())
        waiting.begin = offset;
    waiting.bytes.append(static_cast<const char*>(from), size); // there is room
    return SQLITE_OK;
}

int close(sqlite3_file* file)
{
    delete of(file).waiting;
    return pass<&sqlite3_io_methods::xClose>(file);
}

const sqlite3_io_methods methods = {
    .iVersion = 1, // what comes later is of databases
    .xClose = close,
    .xRead = pass_behind<&sqlite3_io_methods::xRead, void*, int, sqlite3_int64>,
    .xWrite = write,
    .xTruncate = pass_behind<&sqlite3_io_methods::xTruncate, sqlite3_int64>,
    .xSync = pass_behind<&sqlite3_io_methods::xSync, int>,
    .xFileSize = pass_behind<&sqlite3_io_methods::xFileSize, sqlite3_int64*>,
    .xLock = pass<&sqlite3_io_methods::xLock, int>,
    .xUnlock = pass<&sqlite3_io_methods::xUnlock, int>,
    .xCheckReservedLock = pass<&sqlite3_io_methods::xCheckReservedLock, int*>,
    .xFileControl = pass<&sqlite3_io_methods::xFileControl, int, void*>,
    .xSectorSize = pass<&sqlite3_io_methods::xSectorSize>,
    .xDeviceCharacteristics = pass<&sqlite3_io_methods::xDeviceCharacteristics>,
    .xShmMap = nullptr,
    .xShmLock = nullptr,
    .xShmBarrier = nullptr,
    .xShmUnmap = nullptr,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

sqlite3_vfs* below(sqlite3_vfs* vfs) noexcept
{
    return static_cast<sqlite3_vfs*>(vfs->pAppData);
}

int open_log(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* opened)
{
    auto* const made = new (static_cast<void*>(file)) log_file{};
    const int code = below(vfs)->xOpen(below(vfs), name, made->below(), flags, opened);
    if (made->below()->pMethods == nullptr)
        return code;
    try
    {
        made->waiting = new collected;
        made->waiting->bytes.reserve(most_bytes);
    }
    catch (const std::bad_alloc&)
    {
        delete made->waiting;
        made->below()->pMethods->xClose(made->below());
        return SQLITE_NOMEM;
    }
    made->base.pMethods = &methods;
    return code;
}

int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* opened)
{
    if ((flags & SQLITE_OPEN_WAL) != 0)
        return open_log(vfs, name, file, flags, opened);
    return below(vfs)->xOpen(below(vfs), name, file, flags, opened);
}

} // namespace

combined_writes::combined_writes(const std::string& below)
    : name_("penstock_log_" + std::to_string(reinterpret_cast<std::uintptr_t>(this)))
{
    sqlite3_vfs* const found = sqlite3_vfs_find(below.empty() ? nullptr : below.c_str());
    if (found == nullptr)
        throw journal_error(below + ": no such file system of SQLite; one was expected");
    vfs_ = std::make_unique<sqlite3_vfs>(*found);
    vfs_->szOsFile += static_cast<int>(sizeof(log_file));
    vfs_->zName = name_.c_str();
    vfs_->pAppData = found;
    vfs_->pNext = nullptr;
    vfs_->xOpen = open;
    sqlite3_vfs_register(vfs_.get(), 0);
}

combined_writes::~combined_writes()
{
    sqlite3_vfs_unregister(vfs_.get());
}

} // namespace penstock::host
