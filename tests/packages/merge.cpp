// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Merging relies on this: the nth request of one input is the nth of the other, whatever the
// branches between did.
#include "tests/packages/branches.hpp"
#include "tests/packages/stage.hpp"

#include <boost/test/unit_test.hpp>

#include <map>
#include <set>

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

namespace
{

// Sends the packets of a request in the other order.
void turn_round(input& in, output& out, function_component&)
{
    while (batch request = in.receive_request())
        for (; !request.empty(); request.pop_back())
        {
            mark(request.back(), "left");
            out.send(std::move(request.back()));
        }
}

// Each packet that both branches let through must come out once, with the marks of both; each
// other as it is.
void check_merged(const way& left, const std::function<bool(std::int64_t)>& passes_left,
                  std::size_t deaths = 0)
{
    for (const auto& [lanes, deploys] : join_settings)
    {
        const joined result = join("route/merge", R"({"key": "/fields/n"})", left, lanes, deploys);
        BOOST_TEST_CONTEXT(lanes << " lanes, " << deploys << " deploys")
        {
            BOOST_TEST(result.settled);
            BOOST_TEST(result.left == 0U);
            BOOST_TEST(result.dead == deaths);
            std::map<std::int64_t, json::object> by_number;
            for (const json::object& fields : result.packets)
                BOOST_TEST(
                    by_number.emplace(fields.at("n").to_number<std::int64_t>(), fields).second);
            for (std::size_t request = 0; request < joined_requests; ++request)
                for (const std::int64_t n : numbers_of(request))
                {
                    BOOST_TEST_REQUIRE(by_number.contains(n), n);
                    BOOST_TEST(by_number[n].contains("right"), n);
                    BOOST_TEST(by_number[n].contains("left") == passes_left(n), n);
                    by_number.erase(n);
                }
            BOOST_TEST(by_number.empty());
        }
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(merge_pairs_within_a_request)

BOOST_AUTO_TEST_CASE(when_both_branches_pass)
{
    check_merged(pass("left"), [](std::int64_t) { return true; });
}

BOOST_AUTO_TEST_CASE(when_a_branch_filters)
{
    check_merged(filter_most, [](std::int64_t n) { return n % 3 == 0; });
}

BOOST_AUTO_TEST_CASE(when_a_branch_drops_everything)
{
    check_merged(drop_all, [](std::int64_t) { return false; });
}

BOOST_AUTO_TEST_CASE(when_a_branch_turns_requests_round)
{
    check_merged(turn_round, [](std::int64_t) { return true; });
}

BOOST_AUTO_TEST_CASE(when_a_branch_is_slower)
{
    check_merged(dawdle, [](std::int64_t) { return true; });
}

BOOST_AUTO_TEST_CASE(when_a_branch_breaks_down)
{
    check_merged(
        break_down, [](std::int64_t n) { return !breaks(n); }, count(breaks));
}

BOOST_AUTO_TEST_CASE(when_a_branch_breaks_down_over_a_request)
{
    const std::set<std::int64_t> gone = blamed();
    check_merged(
        break_down_over_a_request, [&](std::int64_t n) { return !gone.contains(n); }, gone.size());
}

BOOST_AUTO_TEST_SUITE_END()
