// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "run_entry.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <memory>
#include <random>

namespace json = penstock::json;
using penstock::packet;
using penstock::testing::packets;
using route_package::batch_entry;

BOOST_AUTO_TEST_SUITE(route_batch)

namespace
{

packet numbered(std::int64_t n)
{
    packet made;
    made.set("n", n);
    made.set_meta("id", n);
    return made;
}

std::vector<packet> five()
{
    return packets(numbered(1), numbered(2), numbered(3), numbered(4), numbered(5));
}

} // namespace

BOOST_AUTO_TEST_CASE(packets_of_a_request_become_one_with_the_fields_of_each)
{
    auto result = run_entry(batch_entry, {}, packets(numbered(1), numbered(2)));
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"packets":[{"n":1},{"n":2}]})"}),
               boost::test_tools::per_element());
    BOOST_TEST(penstock::write_json(result.out()[0].meta()) == R"({"id":1,"packet_count":2})");
    BOOST_TEST(result.out()[0].is_multivalued("packets"));
    BOOST_TEST(result.dropped.empty());
    BOOST_TEST(result.failed.empty());
}

BOOST_AUTO_TEST_CASE(a_batch_ends_at_its_bounds)
{
    for (const char* of : {"request", "any"})
        BOOST_TEST(
            fields_of(
                run_entry(batch_entry, {{"count", 2}, {"field", "b"}, {"of", of}}, five()).out()) ==
                (strings{R"({"b":[{"n":1},{"n":2}]})", R"({"b":[{"n":3},{"n":4}]})",
                         R"({"b":[{"n":5}]})"}),
            boost::test_tools::per_element());
    BOOST_TEST(run_entry(batch_entry, {{"bytes", 1}}, five()).out().size() == 5u);
}

BOOST_AUTO_TEST_CASE(packets_of_any_request_wait_for_others_for_a_time)
{
    using namespace std::chrono_literals;
    using penstock::testing::at;
    penstock::testing::timed_inputs given;
    given["in"] =
        penstock::testing::timetable(at(0s, numbered(1)), at(2s, numbered(2)), at(4s, numbered(3)));
    auto result = penstock::testing::run(
        [] { return std::unique_ptr<penstock::component>(batch_entry.make()); },
        {{"of", "any"}, {"wait", "3s"}}, std::move(given), {});
    BOOST_TEST(fields_of(result.out()) ==
                   (strings{R"({"packets":[{"n":1},{"n":2}]})", R"({"packets":[{"n":3}]})"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_trigger_goes_on_between_the_batches)
{
    packet trigger;
    trigger.set_meta("requestmethod", "DELETE");
    auto result = run_entry(batch_entry, {}, packets(numbered(1), std::move(trigger), numbered(2)));
    BOOST_TEST(fields_of(result.out()) ==
                   (strings{R"({"packets":[{"n":1}]})", "{}", R"({"packets":[{"n":2}]})"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_packet_with_data_fails_alone)
{
    auto result = run_entry(batch_entry, {}, packets(numbered(1), body("raw"), numbered(2)));
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"packets":[{"n":1},{"n":2}]})"}),
               boost::test_tools::per_element());
    BOOST_TEST_REQUIRE(result.failed.size() == 1u);
    BOOST_TEST(result.failed[0].second ==
               "has data, which no field can hold; a packet that was read was expected");
}

BOOST_AUTO_TEST_CASE(what_is_gathered_is_split_into_the_same_fields)
{
    std::mt19937_64 random(20261129);
    for (int round = 0; round < 200; ++round)
    {
        std::vector<packet> given;
        for (std::uint64_t n = 1 + random() % 9; n > 0; --n)
        {
            packet each;
            each.set("first", static_cast<std::int64_t>(random() % 100));
            for (std::uint64_t m = random() % 4; m > 0; --m)
                each.append("tags", std::to_string(random() % 10));
            if (random() % 3 == 0)
                each.set("nested", json::object{{"a", json::array{1, nullptr}}});
            given.push_back(std::move(each));
        }
        const strings expected = fields_of(given);
        auto gathered = run_entry(batch_entry, {{"count", 1 + random() % 5}}, std::move(given));
        auto again = run_entry(route_package::split_entry, {{"field", "packets"}, {"keep", false}},
                               std::move(gathered.out()));
        strings found = fields_of(again.out());
        for (std::size_t n = 0; n < std::min(found.size(), expected.size()); ++n)
            BOOST_TEST((penstock::parse_json(found[n]) == penstock::parse_json(expected[n])));
        BOOST_TEST(found.size() == expected.size());
    }
}

BOOST_AUTO_TEST_SUITE_END()
