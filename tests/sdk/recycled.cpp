// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/bytes.hpp>
#include <penstock/detail/recycled.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>
#include <atomic>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <functional>
#include <memory>
#include <new>
#include <ranges>
#include <string>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace
{

// Those of the C library that this program has.
std::atomic<std::int64_t> allocations{0};

} // namespace

void* operator new(std::size_t size)
{
    allocations += 1;
    if (void* const made = std::malloc(size))
        return made;
    throw std::bad_alloc();
}

void* operator new(std::size_t size, const std::nothrow_t& /*how*/) noexcept
{
    void* const made = std::malloc(size);
    allocations += made != nullptr ? 1 : 0;
    return made;
}

void operator delete(void* freed) noexcept
{
    allocations -= freed != nullptr ? 1 : 0;
    std::free(freed);
}

void operator delete(void* freed, std::size_t /*size*/) noexcept
{
    operator delete(freed);
}

BOOST_AUTO_TEST_SUITE(recycled)

using penstock::detail::block_cache;

namespace
{

constexpr std::size_t size = 200;

std::vector<void*> taken(std::size_t count, std::size_t of = size)
{
    std::vector<void*> blocks(count);
    std::ranges::generate(blocks, [of] { return block_cache::take(of); });
    return blocks;
}

void give_all(const std::vector<void*>& blocks, std::size_t of = size)
{
    for (void* const each : blocks)
        block_cache::give(each, of);
}

// Whether a process that does this ends by SIGABRT.
bool aborts(const std::function<void()>& does)
{
    const pid_t child = fork();
    if (child == 0)
    {
        std::signal(SIGABRT, SIG_DFL);
        dup2(open("/dev/null", O_WRONLY | O_CLOEXEC), STDERR_FILENO);
        does();
        std::_Exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status) && WTERMSIG(status) == SIGABRT;
}

// Gives a block back as a thread ends, once what the thread has is gone.
struct late
{
    ~late()
    {
        if (block != nullptr)
            block_cache::give(block, size);
        block_cache::give(block_cache::take(1600), 1600);
    }

    void* block = nullptr;
};

} // namespace

BOOST_AUTO_TEST_CASE(a_thread_gets_the_block_again_that_it_gave_back_last)
{
    void* const first = block_cache::take(size);
    block_cache::give(first, size);
    BOOST_TEST(block_cache::take(size) == first);
    block_cache::give(first, size);
}

BOOST_AUTO_TEST_CASE(blocks_of_all_sizes_have_room_for_what_was_asked)
{
    for (const std::size_t each : {0UL, 1UL, 24UL, 25UL, 40UL, 41UL, 2040UL, 2041UL, 1UL << 20})
    {
        const std::vector<void*> blocks = taken(100, each);
        for (std::size_t n = 0; n < blocks.size(); ++n)
            std::memset(blocks[n], static_cast<int>(n), each);
        for (std::size_t n = 0; n < blocks.size() && each != 0; ++n)
        {
            const auto* const bytes = static_cast<const unsigned char*>(blocks[n]);
            BOOST_TEST(bytes[0] == n);
            BOOST_TEST(bytes[each - 1] == n);
        }
        give_all(blocks, each);
    }
}

BOOST_AUTO_TEST_CASE(what_one_thread_frees_is_allocated_by_another)
{
    constexpr std::size_t own = 1000; // of no other test
    std::vector<void*> passed = taken(100, own);
    std::thread([&] { give_all(passed, own); }).join();
    std::vector<void*> again;
    std::int64_t allocated = -1;
    std::thread(
        [&]
        {
            again = taken(1, own);
            const auto before = allocations.load();
            const std::vector<void*> more = taken(50, own);
            allocated = allocations.load() - before;
            again.insert(again.end(), more.begin(), more.end());
        })
        .join();
    BOOST_TEST(allocated == 1); // the list of them
    std::ranges::sort(passed);
    std::ranges::sort(again);
    BOOST_TEST(std::ranges::includes(passed, again));
    give_all(again, own);
}

BOOST_AUTO_TEST_CASE(of_what_is_free_four_mebibytes_and_a_little_of_each_thread_stay)
{
    const std::vector<void*> blocks = taken(100'000);
    const auto before = allocations.load();
    give_all(blocks);
    const auto kept = 100'000 - (before - allocations.load());
    BOOST_TEST(kept * 200 <= (4 << 20) + 2 * 8192);
    BOOST_TEST(kept * 200 > 3 << 20);

    // Those that the C library got and gives again are not taken for free ones, written to or not.
    give_all(taken(100'000));
}

BOOST_AUTO_TEST_CASE(a_thread_leaves_nothing_behind_when_it_ends)
{
    constexpr std::size_t own = 1500; // of no other test
    const auto before = allocations.load();
    std::thread([] { give_all(taken(2, own), own); }).join();
    BOOST_TEST(allocations.load() == before);
}

BOOST_AUTO_TEST_CASE(a_thread_may_free_and_allocate_while_it_ends)
{
    const auto before = allocations.load();
    std::thread(
        []
        {
            thread_local late last; // made before the thread has blocks, and so ends after them
            last.block = ::operator new(size);
            block_cache::give(block_cache::take(1600), 1600);
        })
        .join();
    BOOST_TEST(allocations.load() == before);
}

BOOST_AUTO_TEST_CASE(a_block_that_is_freed_twice_ends_the_program)
{
    BOOST_TEST(aborts(
        []
        {
            const std::vector<void*> blocks = taken(2);
            give_all(blocks);
            block_cache::give(blocks.front(), size);
        }));
}

BOOST_AUTO_TEST_CASE(a_count_that_was_changed_in_a_freed_block_ends_the_program)
{
    BOOST_TEST(aborts(
        []
        {
            void* const block = block_cache::take(size);
            block_cache::give(block, size);
            --*static_cast<std::uint32_t*>(block);
            block_cache::give(block_cache::take(size), size);
        }));
    BOOST_TEST(!aborts([] { give_all(taken(2)); }));
}

BOOST_AUTO_TEST_CASE(objects_go_back_as_what_they_are_and_when_their_making_fails)
{
    struct base : penstock::detail::recycled
    {
        base() = default;
        base(const base&) = delete;
        base& operator=(const base&) = delete;
        virtual ~base() = default;
    };
    struct larger final : base
    {
        explicit larger(bool fails)
        {
            if (fails)
                throw std::bad_alloc();
        }

        std::array<char, 500> rest{};
    };
    // Twice: the second time nothing is new.
    for (const bool is_counted : {false, true})
    {
        const auto before = allocations.load();
        std::unique_ptr<base> made = std::make_unique<larger>(false);
        made.reset();
        BOOST_CHECK_THROW(std::make_unique<larger>(true), std::bad_alloc);
        if (is_counted && PENSTOCK_RECYCLES)
            BOOST_TEST(allocations.load() == before);
    }
}

BOOST_AUTO_TEST_CASE(containers_and_counted_objects_get_their_memory_back)
{
    using penstock::detail::recycling_allocator;
    for (const bool is_counted : {false, true})
    {
        const auto before = allocations.load();
        {
            const std::vector<int, recycling_allocator<int>> numbers(100, 7);
            penstock::detail::recycling_map<int, std::string> names;
            names.emplace(1, "one");
            const auto counted = std::allocate_shared<int>(recycling_allocator<int>(), 3);
            BOOST_TEST(numbers.back() + *counted == 10);
            BOOST_TEST(names.at(1) == "one");
        }
        if (is_counted)
            BOOST_TEST(allocations.load() == before);
    }
}

BOOST_AUTO_TEST_CASE(a_copy_of_bytes_holds_them_when_the_text_is_gone)
{
    for (const std::size_t length : {0UL, 1UL, 1000UL, 5000UL})
    {
        std::string text(length, 'x');
        const penstock::bytes copied = penstock::bytes::copy_of(text);
        text.assign(length, 'y');
        BOOST_TEST(copied.view() == std::string(length, 'x'));
    }
}

BOOST_AUTO_TEST_SUITE_END()
