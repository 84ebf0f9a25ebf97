// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/groups/operation_queue.hpp"

#include "tests/host/journal/groups/appends.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(operations_in_a_queue)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::testing;

namespace
{

using clock = operation_queue::clock;

// How much of what is done is due.
constexpr auto nothing = clock::time_point::min();
constexpr auto all = clock::time_point::max();

constexpr operation_queue::group_limits wide{1'000, std::size_t{1} << 30};

operation done_of(entry_number number, std::uint64_t dead_count = 0)
{
    auto receipt = std::make_shared<kept_receipt>();
    receipt->dead_count = dead_count;
    return done_operation{number, true, std::move(receipt)};
}

operation a_flush()
{
    return flush_operation{std::make_shared<call>()};
}

/// What operations are, in order: `+1` appends entry 1, `-1` says that it is done.
std::string order_of(const operation_group& group)
{
    std::string order;
    for (const operation& each : group)
        if (const auto* append = std::get_if<append_operation>(&each))
            order += '+' + std::to_string(append->what->number);
        else if (const auto* done = std::get_if<done_operation>(&each))
            order += '-' + std::to_string(done->number);
        else
            order += std::holds_alternative<flush_operation>(each) ? 'f' : 'd';
    return order;
}

/// A queue out of which entries 1 to 9 were taken.
struct a_queue
{
    a_queue()
    {
        for (entry_number each = 1; each < 10; ++each)
            queue.push(append_of(each));
        queue.take(wide, nothing);
    }

    std::string take(clock::time_point due = nothing) { return order_of(queue.take(wide, due)); }

    operation_queue queue;
};

} // namespace

BOOST_FIXTURE_TEST_CASE(what_is_done_waits_while_entries_are_written, a_queue)
{
    queue.push(done_of(1));
    queue.push(append_of(10));
    BOOST_TEST(take() == "+10");
    BOOST_TEST(queue.lazy_since().has_value());
    queue.push(append_of(11));
    BOOST_TEST(take(all) == "+11-1");
    BOOST_TEST(!queue.lazy_since().has_value());
    BOOST_TEST(queue.is_empty());
}

BOOST_FIXTURE_TEST_CASE(what_is_done_waits_until_it_is_due_however_many_entries_come, a_queue)
{
    const auto before = clock::now();
    queue.push(done_of(1));
    queue.push(append_of(10));
    queue.push(append_of(11, false)); // nobody waits for it, nor does it make others due
    BOOST_TEST(take(before - std::chrono::milliseconds(1)) == "+10+11");
    queue.push(append_of(12));
    BOOST_TEST(take(clock::now()) == "+12-1");
}

BOOST_FIXTURE_TEST_CASE(what_is_done_is_written_if_nobody_waits, a_queue)
{
    queue.push(done_of(1));
    queue.push(done_of(2));
    BOOST_TEST(take() == "-1-2");
}

BOOST_FIXTURE_TEST_CASE(who_waits_for_what_is_no_entry_waits_for_what_is_done, a_queue)
{
    queue.push(done_of(1));
    queue.push(append_of(10));
    queue.push(a_flush());
    BOOST_TEST(take() == "+10f-1");
}

BOOST_FIXTURE_TEST_CASE(much_that_is_done_waits_no_longer, a_queue)
{
    for (int i = 0; i < 127; ++i)
        queue.push(done_of(1));
    queue.push(append_of(10));
    BOOST_TEST(take() == "+10");
    queue.push(done_of(1));
    queue.push(append_of(11));
    BOOST_TEST(queue.take(wide, nothing).size() == 129U);
}

BOOST_FIXTURE_TEST_CASE(what_is_done_waits_no_longer_once_much_was_written, a_queue)
{
    queue.push(done_of(1));
    queue.push(append_of(10, true, std::string(std::size_t{2} << 20, 'x')));
    BOOST_TEST(take() == "+10");
    queue.push(append_of(11));
    BOOST_TEST(take() == "+11-1");
    queue.push(done_of(2));
    queue.push(append_of(12));
    BOOST_TEST(take() == "+12");
}

BOOST_FIXTURE_TEST_CASE(an_entry_is_not_done_before_it_and_its_letters_are_taken, a_queue)
{
    queue.push(append_of(10, false));
    queue.push(dead_operation{nullptr});
    queue.push(done_of(10, 1));
    queue.push(done_of(1));
    BOOST_TEST(order_of(queue.take({1, 1'000}, all)) == "+10");
    queue.push(append_of(13));
    BOOST_TEST(order_of(queue.take(wide, nothing)) == "d-10+13"); // the first needs no other's mark
    BOOST_TEST(order_of(queue.take({1, 1'000}, all)) == "-1");
    queue.push(append_of(11, false));
    queue.push(append_of(12));
    queue.push(done_of(12));
    BOOST_TEST(order_of(queue.take({1, 1'000}, all)) == "+11");
    BOOST_TEST(order_of(queue.take({1, 1'000}, all)) == "+12-12");
}

BOOST_FIXTURE_TEST_CASE(what_is_done_stays_when_a_commit_fails, a_queue)
{
    queue.push(done_of(1));
    queue.push(append_of(10));
    operation_group failed = queue.take(wide, all);
    queue.push(done_of(2));
    queue.push(append_of(11));
    BOOST_TEST(order_of(queue.put_back(std::move(failed))) == "+10+11");
    BOOST_TEST(queue.lazy_since().has_value());
    BOOST_TEST(take() == "-1-2");
}

BOOST_FIXTURE_TEST_CASE(the_rest_is_all_there_is, a_queue)
{
    queue.push(append_of(10));
    queue.push(done_of(1));
    BOOST_TEST(order_of(queue.take_all()) == "+10-1");
    BOOST_TEST(queue.is_empty());
    BOOST_TEST(!queue.is_awaited());
}

BOOST_FIXTURE_TEST_CASE(a_push_wakes_for_the_first_that_is_awaited_and_for_a_group, a_queue)
{
    BOOST_TEST(queue.push(append_of(10)));
    BOOST_TEST(!queue.push(append_of(11)));
    queue.wake_at(operation_queue::group_limits{4, 1'000});
    BOOST_TEST(!queue.push(append_of(12)));
    BOOST_TEST(queue.push(append_of(13)));
    BOOST_TEST(!queue.push(append_of(14)));
    queue.wake_at(std::nullopt);
    BOOST_TEST(!queue.push(a_flush()));
}

BOOST_FIXTURE_TEST_CASE(a_push_wakes_for_many_bytes_and_for_what_is_no_entry, a_queue)
{
    const operation_queue::group_limits wanted{64, 1'000};
    queue.wake_at(wanted);
    queue.push(append_of(10));
    BOOST_TEST(queue.push(append_of(11, true, std::string(1'000, 'x'))));
    BOOST_TEST(queue.has_group(wanted));
    BOOST_TEST(take() == "+10+11");
    BOOST_TEST(!queue.has_group(wanted));
    queue.push(append_of(12));
    BOOST_TEST(queue.push(a_flush()));
    BOOST_TEST(queue.has_group(wanted));
}

BOOST_FIXTURE_TEST_CASE(entries_that_nobody_waits_for_are_no_clients, a_queue)
{
    queue.push(append_of(10, false));
    queue.push(append_of(11));
    queue.push(a_flush());
    BOOST_TEST(queue.awaited() == 2U);
    BOOST_TEST(queue.awaited_entries() == 1U);
    BOOST_TEST(awaited_entries(queue.take(wide, nothing)) == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_push_wakes_for_many_bytes_of_entries_that_nobody_waits_for, a_queue)
{
    queue.push(append_of(10));
    queue.push(append_of(11, false));
    queue.wake_at(operation_queue::group_limits{64, 1'000});
    BOOST_TEST(queue.push(append_of(12, false, std::string(1'000, 'x'))));
}

BOOST_AUTO_TEST_SUITE_END()
