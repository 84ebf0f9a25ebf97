// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Collating relies on this: the nth request of one input is the nth of the other, whatever the
// branches between did.
#include "tests/packages/branches.hpp"
#include "tests/packages/stage.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <map>
#include <set>

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

namespace
{

// Sends each packet on, and up to two of its children behind it.
void multiply(input& in, output& out, function_component&)
{
    while (auto packet = in.receive())
    {
        mark(*packet, "left");
        std::vector<penstock::packet> children;
        for (std::int64_t i = 0; i < number_of(*packet) % 3; ++i)
        {
            children.push_back(packet->clone());
            children.back().set("child", i);
        }
        out.send(std::move(*packet));
        for (penstock::packet& each : children)
            out.send(std::move(each));
    }
}

// Of each request, what came by `in` and by `in2` must alternate, then the rest; `left_gives` tells
// how many packets of a request come by the left.
void check_collated(const way& left,
                    const std::function<std::size_t(std::size_t request)>& left_gives,
                    std::size_t deaths = 0)
{
    for (const auto& [lanes, deploys] : join_settings)
    {
        const joined result = join("route/collate", "{}", left, lanes, deploys);
        BOOST_TEST_CONTEXT(lanes << " lanes, " << deploys << " deploys")
        {
            BOOST_TEST(result.settled);
            BOOST_TEST(result.left == 0U);
            BOOST_TEST(result.dead == deaths);
            std::map<std::size_t, std::string> sides;
            for (const json::object& fields : result.packets)
                sides[fields.at("request").to_number<std::size_t>()] +=
                    fields.contains("left") ? 'l' : 'r';
            for (std::size_t request = 0; request < joined_requests; ++request)
            {
                std::string expected;
                const std::size_t from_left = left_gives(request);
                const std::size_t from_right = numbers_of(request).size();
                for (std::size_t i = 0; i < std::max(from_left, from_right); ++i)
                {
                    if (i < from_left)
                        expected += 'l';
                    if (i < from_right)
                        expected += 'r';
                }
                BOOST_TEST(sides[request] == expected, "request " << request);
            }
        }
    }
}

std::function<std::size_t(std::size_t)> sum(std::function<std::size_t(std::int64_t)> of_packet)
{
    return [of_packet](std::size_t request)
    {
        std::size_t all = 0;
        for (const std::int64_t n : numbers_of(request))
            all += of_packet(n);
        return all;
    };
}

} // namespace

BOOST_AUTO_TEST_SUITE(collate_alternates_within_a_request)

BOOST_AUTO_TEST_CASE(when_both_branches_pass)
{
    check_collated(pass("left"), sum([](std::int64_t) { return 1; }));
}

BOOST_AUTO_TEST_CASE(when_a_branch_filters)
{
    check_collated(filter_most, sum([](std::int64_t n) { return n % 3 == 0 ? 1 : 0; }));
}

BOOST_AUTO_TEST_CASE(when_a_branch_drops_everything)
{
    check_collated(drop_all, sum([](std::int64_t) { return 0; }));
}

BOOST_AUTO_TEST_CASE(when_a_branch_multiplies)
{
    check_collated(multiply,
                   sum([](std::int64_t n) { return 1 + static_cast<std::size_t>(n % 3); }));
}

BOOST_AUTO_TEST_CASE(when_a_branch_is_slower)
{
    check_collated(dawdle, sum([](std::int64_t) { return 1; }));
}

BOOST_AUTO_TEST_CASE(when_a_branch_breaks_down)
{
    check_collated(break_down, sum([](std::int64_t n) { return breaks(n) ? 0 : 1; }),
                   count(breaks));
}

BOOST_AUTO_TEST_CASE(when_a_branch_breaks_down_over_a_request)
{
    const std::set<std::int64_t> gone = blamed();
    check_collated(break_down_over_a_request,
                   sum([&](std::int64_t n) { return gone.contains(n) ? 0 : 1; }), gone.size());
}

BOOST_AUTO_TEST_SUITE_END()
