// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/relief/wait_graph.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <memory>
#include <optional>
#include <vector>

BOOST_AUTO_TEST_SUITE(wait_graph_)

using namespace penstock;
using namespace penstock::host;

namespace
{

// Fibers of which each runs until it is said what it waits for.
class waiting_fibers
{
public:
    explicit waiting_fibers(std::size_t count) : of_(count, {{.ends_by_itself = true}, {}}) {}

    waiting_fibers& packets(std::size_t rank, std::vector<std::size_t> from)
    {
        of_[rank] = {{}, std::move(from)};
        return *this;
    }

    waiting_fibers& room(std::size_t rank, std::size_t consumer, std::size_t capacity)
    {
        edges_.push_back(std::make_unique<edge>(capacity, *counters_));
        of_[rank] = {{.full = edges_.back().get()}, {consumer}};
        return *this;
    }

    std::optional<std::size_t> find(std::size_t rank) { return graph().find_deadlock(rank); }
    std::vector<std::size_t> who_waits()
    {
        return graph().who_waits([](const std::vector<std::size_t>&) { return false; });
    }

private:
    wait_graph graph()
    {
        return {of_.size(), [this](std::size_t at, std::vector<std::size_t>& on)
                {
                    on.insert(on.end(), of_[at].on.begin(), of_[at].on.end());
                    return of_[at].what;
                }};
    }

    struct one_wait
    {
        fiber_wait what;
        std::vector<std::size_t> on;
    };
    std::vector<one_wait> of_;
    std::vector<std::unique_ptr<edge>> edges_;
    // g++ aligns the stacks of its address sanitizer to 32 bytes, and the counters want 64.
    std::unique_ptr<edge_counters> counters_ = std::make_unique<edge_counters>();
};

constexpr std::optional<std::size_t> nobody;

} // namespace

BOOST_AUTO_TEST_CASE(finds_nothing_while_whom_a_fiber_waits_for_can_move)
{
    BOOST_TEST((waiting_fibers(2).packets(1, {0}).find(1) == nobody));
    BOOST_TEST((waiting_fibers(2).room(0, 1, 4).find(0) == nobody));
    BOOST_TEST((waiting_fibers(3).room(0, 1, 4).room(1, 2, 4).find(0) == nobody));
}

BOOST_AUTO_TEST_CASE(finds_nothing_where_nobody_waits_for_room)
{
    BOOST_TEST(
        (waiting_fibers(3).packets(0, {}).packets(1, {0}).packets(2, {1}).find(2) == nobody));
}

// 1 forks to 2 and 3; 2 waits for packets and 3, the join, for those of 2.
BOOST_AUTO_TEST_CASE(finds_the_fork_whose_join_waits_for_the_other_branch)
{
    waiting_fibers diamond(4);
    diamond.room(1, 3, 8).packets(2, {1}).packets(3, {2});
    for (std::size_t last = 1; last < 4; ++last)
        BOOST_TEST((diamond.find(last) == std::optional<std::size_t>(1)));
}

BOOST_AUTO_TEST_CASE(finds_nothing_if_any_of_several_producers_can_move)
{
    BOOST_TEST(
        (waiting_fibers(4).room(1, 3, 8).packets(2, {1}).packets(3, {2, 0}).find(3) == nobody));
}

BOOST_AUTO_TEST_CASE(finds_the_smallest_of_several_full_edges_on_the_way)
{
    waiting_fibers nested(5);
    nested.room(1, 2, 16).room(2, 4, 4).packets(3, {1}).packets(4, {3});
    BOOST_TEST((nested.find(4) == std::optional<std::size_t>(2)));
}

// 1 waits for room before 3, which waits for what only 2 can bring; 2 is the last to wait.
BOOST_AUTO_TEST_CASE(finds_a_fiber_that_stands_still_because_of_the_one_that_waits_now)
{
    waiting_fibers join(4);
    join.packets(0, {}).room(1, 3, 8).packets(2, {0}).packets(3, {2});
    BOOST_TEST((join.find(2) == std::optional<std::size_t>(1)));
    BOOST_TEST((join.find(0) == std::optional<std::size_t>(1)));
}

BOOST_AUTO_TEST_CASE(leaves_alone_who_waits_for_room_elsewhere_and_will_get_it)
{
    waiting_fibers apart(5);
    apart.packets(0, {}).room(1, 3, 8).packets(2, {0}).packets(4, {2});
    BOOST_TEST((apart.find(4) == nobody));
}

BOOST_AUTO_TEST_CASE(lists_who_is_held_up_and_on_whom_they_depend)
{
    waiting_fibers fibers(5);
    fibers.packets(0, {}).room(1, 2, 8).packets(2, {3}).packets(3, {0}).packets(4, {0});
    BOOST_TEST(fibers.who_waits() == (std::vector<std::size_t>{1, 2, 3, 0}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(lists_nobody_where_all_wait_for_packets)
{
    BOOST_TEST(waiting_fibers(2).packets(0, {}).packets(1, {0}).who_waits().empty());
}

BOOST_AUTO_TEST_SUITE_END()
