// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The admission of several entries at once, and of one, when something throws on the way.
#include "tests/host/engine/bench.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <limits>

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

BOOST_AUTO_TEST_SUITE(admission_of_many)

namespace
{

std::unique_ptr<entry> kept_entry(const std::string& data)
{
    auto made = bench::make_entry(data);
    made->keep = true;
    return made;
}

// The journal cannot write it.
std::unique_ptr<entry> unwritable_entry()
{
    auto made = kept_entry("b");
    made->packets.front().content.set_meta("share", std::numeric_limits<double>::infinity());
    return made;
}

} // namespace

BOOST_AUTO_TEST_CASE(lets_in_none_of_them_if_one_throws)
{
    collected got;
    bench bench;
    bench.deploy(plan_builder().door().sink(got).edge("door.out", "sink.in"));
    std::vector<std::unique_ptr<entry>> all;
    all.push_back(kept_entry("a"));
    all.push_back(unwritable_entry());
    all.push_back(kept_entry("c"));
    BOOST_CHECK_THROW(static_cast<void>(bench.graph.submit_all(all)), std::invalid_argument);
    BOOST_TEST(std::ranges::none_of(all, [](const auto& each) { return each == nullptr; }));
    BOOST_TEST_REQUIRE(bench.graph.pending().entries() == 0U);
    BOOST_TEST(bench.graph.totals().accepted == 0U);
    all[1] = kept_entry("b");
    BOOST_TEST((bench.graph.submit_all(all) == admission::accepted));
    BOOST_TEST(got.wait_for(3));
    BOOST_TEST(bench.graph.stop(30s) == 0U);
    BOOST_TEST(got.texts() == (std::vector<std::string>{"a", "b", "c"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(leaves_one_that_throws_with_the_caller_and_keeps_no_room_for_it)
{
    collected got;
    bench bench;
    bench.deploy(plan_builder().door().sink(got).edge("door.out", "sink.in"));
    std::unique_ptr<entry> one = unwritable_entry();
    BOOST_CHECK_THROW(static_cast<void>(bench.graph.submit(one)), std::invalid_argument);
    BOOST_TEST((one != nullptr));
    BOOST_TEST_REQUIRE(bench.graph.pending().entries() == 0U);
    BOOST_TEST(bench.graph.stop(30s) == 0U);
    BOOST_TEST(got.size() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
