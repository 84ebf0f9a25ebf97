// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/supervise/shared_memory.hpp"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

namespace penstock::host::supervise
{

namespace
{

[[noreturn]] void refuse(const char* what)
{
    throw std::system_error(errno, std::generic_category(), what);
}

void* map(std::size_t size, int flags, int memory)
{
    void* const place = ::mmap(nullptr, size, PROT_READ | PROT_WRITE, flags, memory, 0);
    if (place == MAP_FAILED)
        refuse("the page of supervisor and worker cannot be mapped");
    return place;
}

} // namespace

descriptor shared_memory::make()
{
    // Sealed: a page that was cut off under the supervisor would end it at the next look.
    constexpr int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;
    descriptor memory(::memfd_create("penstock", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (memory.number() < 0 || ::ftruncate(memory.number(), sizeof(layout)) != 0 ||
        ::fcntl(memory.number(), F_ADD_SEALS, seals) != 0)
        refuse("the page of supervisor and worker cannot be made");
    return memory;
}

// The layout is what is there: zeroes, or what the worker before left.
shared_memory::shared_memory(int memory)
    : layout_(static_cast<layout*>(map(sizeof(layout), MAP_SHARED, memory)))
{
}

shared_memory::shared_memory()
    : layout_(
          static_cast<layout*>(map(sizeof(layout), MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1)))
{
}

shared_memory::~shared_memory()
{
    ::munmap(layout_, sizeof(layout));
}

void shared_memory::clear() noexcept
{
    head().crash.progress.store(crash_note::nothing);
    head().slots_used.store(0);
    char* const rest = reinterpret_cast<char*>(layout_->slots.data());
    const std::size_t head_size = static_cast<std::size_t>(rest - reinterpret_cast<char*>(layout_));
    // Frees the memory; what is read there afterwards is zero.
    ::madvise(rest, sizeof(layout) - head_size, MADV_REMOVE);
}

} // namespace penstock::host::supervise
