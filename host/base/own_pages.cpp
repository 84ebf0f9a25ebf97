// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/base/own_pages.hpp"

#include <new>
#include <utility>

#include <sys/mman.h>

namespace penstock::host
{

namespace
{

std::span<std::byte> map_pages(std::size_t size)
{
    if (size == 0) // which mmap refuses
        return {};
    void* const place =
        ::mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (place == MAP_FAILED)
        throw std::bad_alloc();
    return {static_cast<std::byte*>(place), size};
}

} // namespace

own_pages::own_pages(std::size_t size) : bytes_(map_pages(size)) {}

own_pages::own_pages(own_pages&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}

own_pages& own_pages::operator=(own_pages&& other) noexcept
{
    std::swap(bytes_, other.bytes_);
    return *this;
}

own_pages::~own_pages()
{
    if (!bytes_.empty())
        ::munmap(bytes_.data(), bytes_.size());
}

} // namespace penstock::host
