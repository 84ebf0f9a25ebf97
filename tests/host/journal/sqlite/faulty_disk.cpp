// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/journal/sqlite/faulty_disk.hpp"

#include <cstddef>
#include <new>

#include <sqlite3.h>

namespace penstock::host::testing
{

namespace
{

// SQLite gives the file's memory: this, and behind it that of the real file.
struct faulty_file
{
    sqlite3_file base;
    faulty_disk* disk;

    [[nodiscard]] sqlite3_file* real() noexcept
    {
        return reinterpret_cast<sqlite3_file*>(this + 1);
    }
};

faulty_file& of(sqlite3_file* file)
{
    return *reinterpret_cast<faulty_file*>(file);
}

template <auto Method, class... Arguments>
auto pass(sqlite3_file* file, Arguments... arguments)
{
    sqlite3_file* real = of(file).real();
    return (real->pMethods->*Method)(real, arguments...);
}

/// Whether what is asked for now is to go well.
bool goes_well(faulty_disk& disk)
{
    int left = disk.fails_after.load();
    while (left > 0)
        if (disk.fails_after.compare_exchange_weak(left, left - 1))
            return true;
    return false;
}

int write(sqlite3_file* file, const void* from, int count, sqlite3_int64 offset)
{
    faulty_disk& disk = *of(file).disk;
    ++disk.writes;
    if (const int code = disk.write_fails; code != SQLITE_OK && !goes_well(disk))
        return code;
    return pass<&sqlite3_io_methods::xWrite>(file, from, count, offset);
}

int sync(sqlite3_file* file, int flags)
{
    faulty_disk& disk = *of(file).disk;
    ++disk.syncs_asked;
    if (const int code = disk.sync_fails; code != SQLITE_OK && !goes_well(disk))
        return code;
    return disk.syncs ? pass<&sqlite3_io_methods::xSync>(file, flags) : SQLITE_OK;
}

int close(sqlite3_file* file)
{
    return of(file).real()->pMethods == nullptr ? SQLITE_OK
                                                : pass<&sqlite3_io_methods::xClose>(file);
}

const sqlite3_io_methods methods = {
    .iVersion = 2, // no memory mapping
    .xClose = close,
    .xRead = pass<&sqlite3_io_methods::xRead, void*, int, sqlite3_int64>,
    .xWrite = write,
    .xTruncate = pass<&sqlite3_io_methods::xTruncate, sqlite3_int64>,
    .xSync = sync,
    .xFileSize = pass<&sqlite3_io_methods::xFileSize, sqlite3_int64*>,
    .xLock = pass<&sqlite3_io_methods::xLock, int>,
    .xUnlock = pass<&sqlite3_io_methods::xUnlock, int>,
    .xCheckReservedLock = pass<&sqlite3_io_methods::xCheckReservedLock, int*>,
    .xFileControl = pass<&sqlite3_io_methods::xFileControl, int, void*>,
    .xSectorSize = pass<&sqlite3_io_methods::xSectorSize>,
    .xDeviceCharacteristics = pass<&sqlite3_io_methods::xDeviceCharacteristics>,
    .xShmMap = pass<&sqlite3_io_methods::xShmMap, int, int, int, volatile void**>,
    .xShmLock = pass<&sqlite3_io_methods::xShmLock, int, int, int>,
    .xShmBarrier = pass<&sqlite3_io_methods::xShmBarrier>,
    .xShmUnmap = pass<&sqlite3_io_methods::xShmUnmap, int>,
    .xFetch = nullptr,
    .xUnfetch = nullptr,
};

int open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* opened)
{
    auto* made = new (static_cast<void*>(file)) faulty_file{};
    made->disk = static_cast<faulty_disk*>(vfs->pAppData);
    sqlite3_vfs* real = sqlite3_vfs_find(nullptr);
    const int code = real->xOpen(real, name, made->real(), flags, opened);
    if (made->real()->pMethods != nullptr)
        made->base.pMethods = &methods;
    return code;
}

} // namespace

faulty_disk::faulty_disk()
    : name_("faulty" + std::to_string(reinterpret_cast<std::uintptr_t>(this))),
      vfs_(std::make_unique<sqlite3_vfs>(*sqlite3_vfs_find(nullptr)))
{
    vfs_->szOsFile += static_cast<int>(sizeof(faulty_file));
    vfs_->zName = name_.c_str();
    vfs_->pAppData = this;
    vfs_->pNext = nullptr;
    vfs_->xOpen = open;
    sqlite3_vfs_register(vfs_.get(), 0);
}

faulty_disk::~faulty_disk()
{
    sqlite3_vfs_unregister(vfs_.get());
}

} // namespace penstock::host::testing
