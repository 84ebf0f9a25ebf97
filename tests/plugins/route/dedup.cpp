// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "run_entry.hpp"

#include <penstock/detail/packet_access.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdint>
#include <limits>
#include <memory>

namespace json = penstock::json;
using penstock::packet;
using penstock::testing::packets;
using route_package::dedup_entry;

BOOST_AUTO_TEST_SUITE(route_dedup)

namespace
{

packet of(json::object fields, std::uint64_t id = 0)
{
    packet made(std::move(fields));
    penstock::detail::packet_access::set_id(made, {0, id});
    return made;
}

packet with_meta(std::string_view id, json::object fields = {})
{
    packet made(std::move(fields));
    made.set_meta("id", id);
    return made;
}

std::unique_ptr<penstock::component> make()
{
    return std::unique_ptr<penstock::component>(dedup_entry.make());
}

} // namespace

BOOST_AUTO_TEST_CASE(of_packets_with_the_same_content_the_first_goes_on)
{
    auto result =
        run_entry(dedup_entry, {},
                  packets(of({{"a", 1}, {"b", 2}}), of({{"b", 2}, {"a", 1}}), of({{"a", 1}}),
                          of({{"a", "1"}}), body("x"), body("x"), body("y")));
    BOOST_TEST(fields_of(result.out()) ==
                   (strings{R"({"a":1,"b":2})", R"({"a":1})", R"({"a":"1"})", "{}", "{}"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.dropped.size() == 2u);
    BOOST_TEST(result.metrics["duplicates"] == 2);
}

BOOST_AUTO_TEST_CASE(data_that_looks_like_fields_is_no_duplicate_of_them)
{
    BOOST_TEST(
        run_entry(dedup_entry, {}, packets(of({{"a", 1}}), body("\"a\"1\n"))).dropped.empty());
}

BOOST_AUTO_TEST_CASE(a_key_is_all_that_the_graph_names_in_fields_and_meta)
{
    const auto of_both = [](int a, std::string_view id)
    {
        packet made = with_meta(id, {{"a", a}, {"other", id}});
        return made;
    };
    auto result = run_entry(dedup_entry, {{"key", json::array{"/fields/a", "/meta/id"}}},
                            packets(of_both(1, "x"), of_both(1, "y"), of_both(1, "x"),
                                    of_both(2, "x"), with_meta("x"), with_meta("x")));
    BOOST_TEST(result.out().size() == 4u);
    BOOST_TEST(result.dropped.size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_packet_without_the_key_is_no_duplicate)
{
    auto result = run_entry(dedup_entry, {{"key", json::array{"/fields/a"}}},
                            packets(of({{"b", 1}}), of({{"b", 1}}), packet(), packet(),
                                    of({{"a", nullptr}}), of({{"a", nullptr}})));
    BOOST_TEST(result.out().size() == 5u);
    BOOST_TEST(run_entry(dedup_entry, {}, packets(packet(), packet())).out().size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_number_that_json_cannot_hold_equals_no_other)
{
    const auto odd = [] { return of({{"a", std::numeric_limits<double>::infinity()}}); };
    BOOST_TEST(run_entry(dedup_entry, {}, packets(odd(), odd())).out().size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_key_comes_again_when_its_window_is_over)
{
    using namespace std::chrono_literals;
    using penstock::testing::at;
    penstock::testing::timed_inputs given;
    given["in"] = penstock::testing::timetable(at(0s, of({{"a", 1}})), at(9s, of({{"a", 1}})),
                                               at(11s, of({{"a", 1}})), at(12s, of({{"a", 1}})));
    auto result = penstock::testing::run(make, {{"window", "10s"}}, std::move(given), {});
    BOOST_TEST(result.out().size() == 2u);
    BOOST_TEST(result.dropped.size() == 2u);
}

BOOST_AUTO_TEST_CASE(what_was_deleted_may_come_again)
{
    packet trigger = with_meta("x");
    trigger.set_meta("requestmethod", "DELETE");
    auto result = run_entry(dedup_entry, {{"key", json::array{"/meta/id"}}},
                            packets(with_meta("x", {{"a", 1}}), std::move(trigger),
                                    with_meta("x", {{"a", 1}}), with_meta("x", {{"a", 1}})));
    BOOST_TEST(result.out().size() == 3u);
    BOOST_TEST(result.dropped.size() == 1u);
}

BOOST_AUTO_TEST_CASE(an_order_to_delete_is_no_duplicate_whatever_it_has)
{
    packet order = with_meta("x", {{"a", 1}});
    order.set_meta("requestmethod", "DELETE");
    auto result = run_entry(
        dedup_entry, {{"key", json::array{"/meta/id"}}},
        packets(with_meta("x", {{"a", 1}}), std::move(order), with_meta("x", {{"a", 1}})));
    BOOST_TEST(result.out().size() == 3u);
}

BOOST_AUTO_TEST_CASE(keys_are_remembered_over_starts)
{
    const penstock::testing::data_directory place;
    (void)run_entry(dedup_entry, {}, packets(of({{"a", 1}}, 1)));
    auto result = run_entry(dedup_entry, {}, packets(of({{"a", 1}}, 2), of({{"a", 2}}, 3)));
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"a":2})"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_packet_that_comes_again_after_a_crash_is_no_duplicate_of_itself)
{
    const penstock::testing::data_directory place;
    penstock::testing::inputs given;
    given["in"] = packets(of({{"a", 1}}, 1), of({{"a", 1}}, 2));
    auto result = penstock::testing::run(make, {}, std::move(given), {.replays = 1});
    BOOST_TEST(result.out().size() == 1u);
    BOOST_TEST(result.dropped.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_place_that_is_neither_field_nor_meta_is_refused)
{
    for (const char* wrong : {"a", "", "/fields/", "/data"})
        BOOST_CHECK_THROW((void)run_entry(dedup_entry, {{"key", json::array{wrong}}}, {}),
                          penstock::parameter_error);
}

BOOST_AUTO_TEST_SUITE_END()
