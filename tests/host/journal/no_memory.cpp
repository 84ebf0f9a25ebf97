// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Entries for which there is no memory. A program of its own, as it replaces the allocator.
#include "tests/host/journal/journals.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <cstddef>
#include <cstdlib>
#include <new>

namespace
{

thread_local bool has_no_memory = false;

} // namespace

// Where these are inlined, the compiler sees a pointer of `new` that `free` gets.
[[gnu::noinline]] void* operator new(std::size_t bytes)
{
    void* const made = has_no_memory ? nullptr : std::malloc(bytes);
    if (made == nullptr)
        throw std::bad_alloc();
    return made;
}

[[gnu::noinline]] void operator delete(void* what) noexcept
{
    std::free(what);
}

[[gnu::noinline]] void operator delete(void* what, std::size_t) noexcept
{
    std::free(what);
}

BOOST_AUTO_TEST_SUITE(without_memory)

using namespace penstock::host;
using namespace penstock::host::testing;

namespace
{

// What the waiters of a test were told.
struct told
{
    std::atomic<int> issued{0};
    std::atomic<int> kept{0};
    std::atomic<int> refused{0};
};

class counting_waiter final : public append_waiter
{
public:
    counting_waiter(told& all, bool is_urgent) : told_(all), is_urgent_(is_urgent) {}

    void issued(issue) noexcept override { ++told_.issued; }
    void settled(commit how) noexcept override
    {
        ++(how == commit::kept ? told_.kept : told_.refused);
    }
    [[nodiscard]] bool is_urgent() const noexcept override { return is_urgent_; }

private:
    told& told_;
    const bool is_urgent_;
};

// Appends an entry, with no memory from then on.
void append_without_memory(journal& to, told& all, bool is_urgent = true)
{
    auto what = std::make_unique<journal_entry>();
    what->graph = "test";
    what->head = penstock::bytes("{}");
    what->idempotency_key = is_urgent ? "a key that is too long to be without memory" : "";
    auto waiter = std::make_unique<counting_waiter>(all, is_urgent);
    has_no_memory = true;
    try
    {
        to.append(std::move(what), std::move(waiter));
    }
    catch (...)
    {
        has_no_memory = false;
        throw;
    }
    has_no_memory = false;
}

constexpr int many = 100; // a queue allocates for a few at a time

} // namespace

BOOST_AUTO_TEST_CASE(a_journal_in_a_file_refuses_entries_and_tells_of_each)
{
    const scratch where(in_memory());
    told all;
    {
        sqlite_journal journal(where.options());
        for (int i = 0; i < many; ++i)
            append_without_memory(journal, all);
        BOOST_TEST(journal.flush());
    }
    BOOST_TEST(all.refused > 0);
    BOOST_TEST(all.issued == many);
    BOOST_TEST(all.kept + all.refused == many);
}

BOOST_AUTO_TEST_CASE(a_journal_in_a_file_writes_what_it_cannot_note_as_done)
{
    const scratch where(in_memory());
    told all;
    sqlite_journal journal(where.options());
    for (int i = 0; i < many; ++i)
        append_without_memory(journal, all, false);
    BOOST_TEST(journal.flush());
    BOOST_TEST(all.kept > 0);
    BOOST_TEST(all.kept + all.refused == many);
}

BOOST_AUTO_TEST_CASE(a_journal_in_memory_refuses_entries_and_tells_of_each)
{
    memory_journal journal;
    told all;
    for (int i = 0; i < many; ++i)
        append_without_memory(journal, all);
    BOOST_TEST(all.refused > 0);
    BOOST_TEST(all.issued == many);
    BOOST_TEST(all.kept + all.refused == many);
}

BOOST_AUTO_TEST_SUITE_END()
