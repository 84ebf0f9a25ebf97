// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/engine/crash_policy.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(crash_policies)

using namespace penstock::host;
using namespace std::chrono_literals;
using penstock::packet_id;

namespace
{

constexpr std::chrono::system_clock::time_point start{std::chrono::hours(500'000)};

blame crash_of(std::uint64_t packet, const std::string& node, std::chrono::seconds after,
               const std::string& reason = "SIGSEGV")
{
    return {{0, packet}, "g", node, node + "/x@1", reason, start + after};
}

} // namespace

BOOST_AUTO_TEST_CASE(a_packet_is_quarantined_after_three_crashes_at_one_node)
{
    std::vector<blame> blames{crash_of(1, "a", 0s), crash_of(1, "a", 1s)};
    BOOST_TEST(judge_crashes(blames).empty());
    blames.push_back(crash_of(1, "b", 2s)); // another node
    BOOST_TEST(judge_crashes(blames).empty());
    blames.push_back(crash_of(1, "a", 3s, "SIGABRT"));
    const auto policies = judge_crashes(blames);
    BOOST_REQUIRE(policies.contains("g"));
    const crash_policy& found = policies.find("g")->second;
    BOOST_REQUIRE(found.quarantine.size() == 1u);
    BOOST_TEST((found.quarantine.front().packet == packet_id{0, 1}));
    BOOST_TEST(found.quarantine.front().node == "a");
    BOOST_TEST(found.quarantine.front().attempts == 3u);
    BOOST_TEST(found.quarantine.front().reason == "crash: SIGABRT in a/x@1, 3 times");
    BOOST_TEST(found.pause_reason == "");
}

BOOST_AUTO_TEST_CASE(crashes_without_a_packet_are_held_against_nobody)
{
    const std::vector<blame> blames(20, crash_of(0, "a", 0s));
    BOOST_TEST(judge_crashes(blames).empty());
}

BOOST_AUTO_TEST_CASE(a_component_is_suspect_after_three_packets_in_ten_minutes)
{
    std::vector<blame> blames{crash_of(1, "a", 0s), crash_of(2, "a", 299s), crash_of(2, "a", 300s)};
    BOOST_TEST(judge_crashes(blames).empty());
    blames.push_back(crash_of(3, "a", 601s)); // the first is too long ago
    BOOST_TEST(judge_crashes(blames).empty());
    blames.push_back(crash_of(4, "a", 700s));
    const auto policies = judge_crashes(blames);
    BOOST_REQUIRE(policies.contains("g"));
    BOOST_TEST(policies.find("g")->second.paused_node == "a");
    BOOST_TEST(policies.find("g")->second.pause_reason.starts_with("component a/x@1 has crashed"));
    BOOST_TEST(policies.find("g")->second.quarantine.empty());
}

BOOST_AUTO_TEST_CASE(graphs_are_judged_apart)
{
    std::vector<blame> blames{crash_of(1, "a", 0s), crash_of(1, "a", 0s), crash_of(1, "a", 0s)};
    blames[1].graph = "other";
    BOOST_TEST(judge_crashes(blames).empty());
}

BOOST_AUTO_TEST_SUITE_END()
