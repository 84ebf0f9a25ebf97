// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/detail/recycled.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <new>
#include <utility>

namespace penstock::detail
{

namespace
{

// Sizes are those that glibc rounds to, 24, 40, 56 and so on: no memory is lost between the two.
constexpr std::size_t size_step = 16;
constexpr std::size_t smallest = 24;
constexpr std::size_t size_count = (block_cache::largest - smallest) / size_step + 1;

// A magazine has about so many bytes, of blocks of one size; a thread has at most two of each size.
constexpr std::size_t magazine_bytes = 8192;

constexpr std::size_t most_in_depot = std::size_t{4} << 20;

struct free_block
{
    // That the block is free, where the count of a packet's body was: who ends a packet that is
    // gone changes this, and not the list.
    std::uintptr_t mark;
    free_block* next;
    free_block* next_magazine;
};

static_assert(sizeof(free_block) <= smallest);

// What no object has at that place: it would have to know where it lies.
std::uintptr_t mark_of(const free_block* block) noexcept
{
    return reinterpret_cast<std::uintptr_t>(block) ^ 0x9e37'79b9'7f4a'7c15;
}

constexpr std::size_t index_of(std::size_t size) noexcept
{
    return size <= smallest ? 0 : (size - smallest + size_step - 1) / size_step;
}

constexpr std::size_t size_of(std::size_t index) noexcept
{
    return smallest + index * size_step;
}

constexpr std::uint32_t magazine_of(std::size_t index) noexcept
{
    return static_cast<std::uint32_t>(
        std::clamp<std::size_t>(magazine_bytes / size_of(index), 4, 32));
}

[[noreturn]] void misused(const char* how) noexcept
{
    std::fputs("penstock: a block of memory was ", stderr);
    std::fputs(how, stderr);
    std::fputs("\n", stderr);
    std::abort();
}

void free_all(free_block* blocks) noexcept
{
    while (blocks != nullptr)
    {
        blocks->mark = 0; // the C library keeps it, and who gets the block next may not write there
        ::operator delete(std::exchange(blocks, blocks->next));
    }
}

// What threads have too many of, for those that have none. Nobody waits for it: a child of fork()
// would do so for ever.
class depot
{
public:
    // Takes a magazine; once there are too many, frees of the size that most bytes are of.
    void put(std::size_t index, free_block* blocks) noexcept
    {
        const std::unique_lock lock(mutex_, std::try_to_lock);
        if (!lock.owns_lock())
            return free_all(blocks);
        blocks->next_magazine = std::exchange(magazines_[index], blocks);
        ++counts_[index];
        bytes_ += bytes_of(index);
        if (bytes_ > most_in_depot)
            free_all(pop(fullest()));
    }

    [[nodiscard]] free_block* get(std::size_t index) noexcept
    {
        const std::unique_lock lock(mutex_, std::try_to_lock);
        return lock.owns_lock() && counts_[index] != 0 ? pop(index) : nullptr;
    }

private:
    static constexpr std::size_t bytes_of(std::size_t index) noexcept
    {
        return size_of(index) * magazine_of(index);
    }

    free_block* pop(std::size_t index) noexcept
    {
        --counts_[index];
        bytes_ -= bytes_of(index);
        return std::exchange(magazines_[index], magazines_[index]->next_magazine);
    }

    [[nodiscard]] std::size_t fullest() const noexcept
    {
        std::size_t found = 0;
        for (std::size_t index = 0; index < size_count; ++index)
            if (counts_[index] * bytes_of(index) > counts_[found] * bytes_of(found))
                found = index;
        return found;
    }

    std::mutex mutex_;
    std::array<free_block*, size_count> magazines_{};
    std::array<std::uint32_t, size_count> counts_{};
    std::size_t bytes_ = 0;
};

constinit depot all_threads;

// The free blocks that a thread has.
class thread_blocks
{
public:
    thread_blocks() noexcept
    {
        for (std::size_t index = 0; index < size_count; ++index)
            shelves_[index].room = 2 * magazine_of(index);
    }

    thread_blocks(const thread_blocks&) = delete;
    thread_blocks& operator=(const thread_blocks&) = delete;
    ~thread_blocks();

    // Those of this thread; null as it ends, or without memory for them.
    [[nodiscard]] static thread_blocks* here() noexcept
    {
        return found != nullptr ? found : begin();
    }

    [[nodiscard]] void* take(std::size_t index)
    {
        shelf& of = shelves_[index];
        if (of.first == nullptr && !refill(of, index))
            return ::operator new(size_of(index));
        free_block* const block = std::exchange(of.first, of.first->next);
        __builtin_prefetch(of.first, 1); // another core wrote it: the next take() would wait for it
        ++of.room;
        if (block->mark != mark_of(block))
            misused("changed after it was freed; expected no use");
        block->mark = 0;
        return block;
    }

    void give(free_block* block, std::size_t index) noexcept
    {
        shelf& of = shelves_[index];
        if (of.room == 0)
            hand_over(of, index);
        block->next = std::exchange(of.first, block);
        block->mark = mark_of(block);
        --of.room;
    }

private:
    struct shelf
    {
        free_block* first = nullptr;
        std::uint32_t room = 0; // for so many more
    };

    static thread_blocks* begin() noexcept;
    static bool refill(shelf& of, std::size_t index) noexcept;
    static void hand_over(shelf& of, std::size_t index) noexcept;

    [[gnu::tls_model("initial-exec")]] static inline constinit thread_local thread_blocks* found =
        nullptr;
    [[gnu::tls_model("initial-exec")]] static inline constinit thread_local bool has_ended = false;

    std::array<shelf, size_count> shelves_{};
};

[[gnu::noinline]] thread_blocks* thread_blocks::begin() noexcept
{
    if (has_ended)
        return nullptr;
    thread_local std::unique_ptr<thread_blocks> kept; // until the thread ends
    kept.reset(new (std::nothrow) thread_blocks);
    return found = kept.get();
}

thread_blocks::~thread_blocks()
{
    found = nullptr;
    has_ended = true;
    for (const shelf& each : shelves_)
        free_all(each.first);
}

[[gnu::noinline]] bool thread_blocks::refill(shelf& of, std::size_t index) noexcept
{
    of.first = all_threads.get(index);
    if (of.first == nullptr)
        return false;
    of.room -= magazine_of(index);
    return true;
}

[[gnu::noinline]] void thread_blocks::hand_over(shelf& of, std::size_t index) noexcept
{
    free_block* const blocks = of.first;
    free_block* last = blocks;
    for (std::uint32_t n = 1; n < magazine_of(index); ++n)
        last = last->next;
    of.first = std::exchange(last->next, nullptr);
    of.room += magazine_of(index);
    all_threads.put(index, blocks);
}

} // namespace

void* block_cache::take(std::size_t size)
{
    if (size > largest)
        return ::operator new(size);
    thread_blocks* const here = thread_blocks::here();
    return here != nullptr ? here->take(index_of(size)) : ::operator new(size_of(index_of(size)));
}

void block_cache::give(void* freed, std::size_t size) noexcept
{
    if (size > largest)
        return ::operator delete(freed);
    auto* const block = static_cast<free_block*>(freed);
    if (block == nullptr)
        return;
    if (block->mark == mark_of(block))
        misused("freed twice; expected once");
    thread_blocks* const here = thread_blocks::here();
    if (here == nullptr)
        return ::operator delete(freed);
    here->give(block, index_of(size));
}

} // namespace penstock::detail
