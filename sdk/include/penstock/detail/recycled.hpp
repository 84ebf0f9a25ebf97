// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/export.hpp>

#include <cstddef>
#include <functional>
#include <new>
#include <string>
#include <type_traits>
#include <unordered_map>
#include <utility>

// A sanitizer sees what is used after it was freed only of memory that the C library gets back.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define PENSTOCK_RECYCLES 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define PENSTOCK_RECYCLES 0
#endif
#endif
#ifndef PENSTOCK_RECYCLES
#define PENSTOCK_RECYCLES 1
#endif

namespace penstock::detail
{

/// Memory of small objects of the host and of packets, which are made on one thread and freed on
/// another: a request's 14 were 3,100 of the 23,000 instructions of its HTTP thread, and 2,500 of
/// the 19,000 of its lane. Each thread keeps some freed blocks of each size, and hands what it has
/// too many of to threads that have none (magazines and a depot, after Bonwick and Adams,
/// "Magazines and Vmem", USENIX 2001, §3). All that wait there are 4 MiB at most; the rest goes
/// back to the C library, of the size first that most bytes are of. Larger blocks come from it and
/// go back at once. [any thread]
class block_cache
{
public:
    /// The largest block that is kept, in bytes.
    static constexpr std::size_t largest = 2040;

    /// Returns memory of that size, aligned as by `operator new`. Throws std::bad_alloc.
    [[nodiscard]] PENSTOCK_EXPORT static void* take(std::size_t size);

    /// Takes back what take() returned for that size. Ends the program if it is there already; as
    /// take() does when a block was written to meanwhile.
    PENSTOCK_EXPORT static void give(void* block, std::size_t size) noexcept;
};

/// Base of a class whose objects are recycled. Objects of a derived class are too, whatever their
/// size; they are deleted as what they are, or by a virtual destructor.
class recycled
{
public:
#if PENSTOCK_RECYCLES
    [[nodiscard]] static void* operator new(std::size_t size)
    {
        return block_cache::take(size);
    }
    static void operator delete(void* block, std::size_t size) noexcept
    {
        block_cache::give(block, size);
    }

    /// No block has more than the usual alignment.
    static void* operator new(std::size_t size, std::align_val_t alignment) = delete;
#endif

protected:
    ~recycled() = default;
};

/// Allocates elements of containers, and objects with their counts, from recycled memory.
template <typename T>
class recycling_allocator
{
public:
    using value_type = T;
    using is_always_equal = std::true_type;

    recycling_allocator() = default;

    template <typename U>
    recycling_allocator(const recycling_allocator<U>& /*other*/) noexcept
    {
    }

    [[nodiscard]] T* allocate(std::size_t count)
    {
        if (count > static_cast<std::size_t>(-1) / sizeof(T))
            throw std::bad_array_new_length();
#if PENSTOCK_RECYCLES
        return static_cast<T*>(block_cache::take(count * sizeof(T)));
#else
        return static_cast<T*>(::operator new(count * sizeof(T)));
#endif
    }

    void deallocate(T* block, [[maybe_unused]] std::size_t count) noexcept
    {
#if PENSTOCK_RECYCLES
        block_cache::give(block, count * sizeof(T));
#else
        ::operator delete(block);
#endif
    }

    friend bool operator==(const recycling_allocator&, const recycling_allocator&) noexcept
    {
        return true;
    }

private:
    static_assert(alignof(T) <= __STDCPP_DEFAULT_NEW_ALIGNMENT__);
};

template <typename Key, typename T, typename Hash = std::hash<Key>>
using recycling_map = std::unordered_map<Key, T, Hash, std::equal_to<Key>,
                                         recycling_allocator<std::pair<const Key, T>>>;

using recycled_string = std::basic_string<char, std::char_traits<char>, recycling_allocator<char>>;

} // namespace penstock::detail
