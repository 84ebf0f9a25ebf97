// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "run_entry.hpp"

#include <penstock/detail/packet_access.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdint>
#include <ctime>
#include <limits>
#include <memory>
#include <utility>
#include <vector>

namespace json = penstock::json;
using namespace std::chrono_literals;
using penstock::packet;
using penstock::testing::at;
using penstock::testing::packets;
using penstock::testing::timetable;
using route_package::window_entry;

BOOST_AUTO_TEST_SUITE(route_window)

namespace
{

// An event at so many seconds.
packet event(double time, json::object more = {}, std::uint64_t id = 0)
{
    packet made(std::move(more));
    made.set("t", time);
    penstock::detail::packet_access::set_id(made, {0, id});
    return made;
}

const json::object ten_seconds{{"size", "10s"}, {"time", "t"}};

json::object with(json::object more)
{
    for (const auto& [name, value] : ten_seconds)
        more.insert({{name, value}});
    return more;
}

// Results as `start count`, and those that were late.
strings spans(const std::vector<packet>& results)
{
    strings list;
    for (const packet& each : results)
        list.push_back(each.text("window_start").substr(11, 8) + " " +
                       each.text("window_end").substr(11, 8) + " " +
                       penstock::write_json(each.get("count")));
    return list;
}

std::unique_ptr<penstock::component> make()
{
    return std::unique_ptr<penstock::component>(window_entry.make());
}

} // namespace

BOOST_AUTO_TEST_CASE(packets_are_counted_in_windows_side_by_side)
{
    auto result = run_entry(window_entry, ten_seconds,
                            packets(event(1), event(9.999), event(10), event(12), event(35)));
    BOOST_TEST(spans(result.out()) ==
                   (strings{"00:00:00 00:00:10 2", "00:00:10 00:00:20 2", "00:00:30 00:00:40 1"}),
               boost::test_tools::per_element());
    BOOST_TEST(meta_of(result.out(), "closed_by") ==
                   (strings{R"("time")", R"("time")", R"("idle")"}),
               boost::test_tools::per_element());
    BOOST_TEST(meta_of(result.out(), "id")[0] == R"("1970-01-01T00:00:00Z")");
    BOOST_TEST(result.metrics["windows"] == 3);
    BOOST_TEST(result.failed.empty());
    BOOST_TEST(result.dropped.empty());
}

BOOST_AUTO_TEST_CASE(each_key_has_windows_of_its_own)
{
    auto result = run_entry(window_entry, with({{"key", {"host"}}}),
                            packets(event(1, {{"host", "a"}}), event(2, {{"host", "b"}}),
                                    event(3, {{"host", "a"}}), event(4)));
    BOOST_TEST(
        fields_of(result.out()) ==
            (strings{
                R"({"host":"a","window_start":"1970-01-01T00:00:00Z","window_end":"1970-01-01T00:00:10Z","count":2})",
                R"({"host":"b","window_start":"1970-01-01T00:00:00Z","window_end":"1970-01-01T00:00:10Z","count":1})",
                R"({"window_start":"1970-01-01T00:00:00Z","window_end":"1970-01-01T00:00:10Z","count":1})"}),
        boost::test_tools::per_element());
    BOOST_TEST(meta_of(result.out(), "id")[0] ==
               R"("[\"a\",\"1970-01-01T00:00:00Z\",\"00000000000000000000000000000000\"]")");
    // One that was closed by time is whole.
    result = run_entry(window_entry, ten_seconds, packets(event(1), event(11)));
    BOOST_TEST(meta_of(result.out(), "id")[0] == R"("1970-01-01T00:00:00Z")");
}

BOOST_AUTO_TEST_CASE(values_are_added_up_compared_and_kept)
{
    const json::object aggregates{{"total", {{"sum", "/fields/n"}}}, {"least", {{"min", "n"}}},
                                  {"most", {{"max", "n"}}},          {"mean", {{"mean", "n"}}},
                                  {"kinds", {{"distinct", "k"}}},    {"with", {{"count", "k"}}},
                                  {"begin", {{"first", "k"}}},       {"end", {{"last", "k"}}},
                                  {"none", {{"sum", "x"}}}};
    auto result =
        run_entry(window_entry, with({{"aggregates", aggregates}}),
                  packets(event(3, {{"n", 4}, {"k", "c"}}), event(1, {{"n", "1.5"}, {"k", "a"}}),
                          event(2, {{"n", nullptr}, {"k", "a"}}), event(4)));
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    json::object fields = result.out()[0].fields();
    BOOST_TEST(fields["count"] == 4);
    BOOST_TEST(fields["total"] == 5.5);
    BOOST_TEST(fields["least"] == 1.5);
    BOOST_TEST(fields["most"] == 4);
    BOOST_TEST(fields["mean"] == 2.75);
    BOOST_TEST(fields["kinds"] == 2);
    BOOST_TEST(fields["with"] == 3);
    BOOST_TEST(fields["begin"] == "a");
    BOOST_TEST(fields["end"] == "c");
    BOOST_TEST(fields["none"].is_null());
}

BOOST_AUTO_TEST_CASE(a_sum_of_whole_numbers_is_one_and_loses_nothing_to_large_ones)
{
    const json::object aggregates{{"total", {{"sum", "n"}}}};
    const auto total = [&](json::value a, json::value b, json::value c)
    {
        auto result =
            run_entry(window_entry, with({{"aggregates", aggregates}}),
                      packets(event(1, {{"n", a}}), event(2, {{"n", b}}), event(3, {{"n", c}})));
        BOOST_TEST_REQUIRE(result.out().size() == 1U);
        return result.out()[0].get("total");
    };
    BOOST_TEST(total(9007199254740993, 1, 1) == 9007199254740995);
    BOOST_TEST(total(std::numeric_limits<std::int64_t>::max(), 1, 0).is_double());
    BOOST_TEST(total(1e100, 1.0, -1e100) == 1.0);
    BOOST_TEST(total(1e308, 1e308, 0).is_null());
}

BOOST_AUTO_TEST_CASE(a_session_ends_when_nothing_comes_for_its_gap)
{
    auto result = run_entry(window_entry, {{"kind", "session"}, {"size", "10s"}, {"time", "t"}},
                            packets(event(0), event(9), event(18), event(28), event(50)));
    BOOST_TEST(spans(result.out()) ==
                   (strings{"00:00:00 00:00:18 3", "00:00:28 00:00:28 1", "00:00:50 00:00:50 1"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_packet_between_two_sessions_joins_them)
{
    auto result = run_entry(
        window_entry, {{"kind", "session"}, {"size", "10s"}, {"time", "t"}, {"lateness", "60s"}},
        packets(event(20), event(5), event(40), event(12)));
    BOOST_TEST(spans(result.out()) == (strings{"00:00:05 00:00:20 3", "00:00:40 00:00:40 1"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_comes_later_than_it_may_goes_another_way)
{
    auto result = run_entry(window_entry, ten_seconds,
                            packets(event(5), event(12), event(6, {{"late", true}}), event(11)));
    BOOST_TEST(spans(result.out()) == (strings{"00:00:00 00:00:10 1", "00:00:10 00:00:20 2"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.sent["late"].size() == 1U);
    BOOST_TEST(result.metrics["late"] == 1);
    result = run_entry(window_entry, with({{"lateness", "10s"}}),
                       packets(event(5), event(12), event(6), event(20), event(7)));
    BOOST_TEST(spans(result.out())[0] == "00:00:00 00:00:10 2");
    BOOST_TEST(result.sent["late"].size() == 1U);
}

BOOST_AUTO_TEST_CASE(windows_are_closed_when_nothing_comes)
{
    penstock::testing::timed_inputs inputs;
    inputs.emplace("in", timetable(at(0s, event(1, {}, 1)), at(9s, event(2, {}, 2)),
                                   at(25s, event(3, {}, 3))));
    auto result = penstock::testing::run(make, ten_seconds, std::move(inputs), {});
    BOOST_TEST(spans(result.out()) == (strings{"00:00:00 00:00:10 2", "00:00:00 00:00:10 1"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.sent["late"].empty());
    const strings ids = meta_of(result.out(), "id");
    BOOST_TEST(ids[0] != ids[1]);
}

// As at a deployment: the version before closes what it has when nothing more comes to it.
BOOST_AUTO_TEST_CASE(what_comes_to_the_next_version_for_the_same_window_is_a_part_of_its_own)
{
    const penstock::testing::data_directory kept;
    auto before = run_entry(window_entry, ten_seconds, packets(event(1, {}, 1), event(2, {}, 2)));
    auto after = run_entry(window_entry, ten_seconds, packets(event(3, {}, 3), event(11, {}, 4)));
    BOOST_TEST(spans(before.out()) == strings{"00:00:00 00:00:10 2"},
               boost::test_tools::per_element());
    BOOST_TEST(spans(after.out()) == (strings{"00:00:00 00:00:10 1", "00:00:10 00:00:20 1"}),
               boost::test_tools::per_element());
    BOOST_TEST(after.sent["late"].empty());
    BOOST_TEST(meta_of(before.out(), "id")[0] != meta_of(after.out(), "id")[0]);
}

BOOST_AUTO_TEST_CASE(without_a_time_that_of_the_request_counts_and_else_that_of_arrival)
{
    const auto at_door = [](std::string_view time)
    {
        packet made({{"a", 1}});
        made.set_meta("processingtime", time);
        return made;
    };
    auto result = run_entry(window_entry, {{"size", "1m"}},
                            packets(at_door("2020-12-01T10:00:30Z"),
                                    at_door("2020-12-01T11:00:59.999+01:00"), packet({{"a", 1}})));
    BOOST_TEST_REQUIRE(result.out().size() == 2U);
    BOOST_TEST(spans(result.out())[0] == "10:00:00 10:01:00 2");
}

BOOST_AUTO_TEST_CASE(at_too_many_packets_the_window_that_ends_first_is_closed)
{
    auto result = run_entry(window_entry, with({{"packets", 2}, {"lateness", "1h"}}),
                            packets(event(11), event(1), event(12), event(2)));
    BOOST_TEST(spans(result.out()) ==
                   (strings{"00:00:00 00:00:10 1", "00:00:00 00:00:10 1", "00:00:10 00:00:20 2"}),
               boost::test_tools::per_element());
    BOOST_TEST(meta_of(result.out(), "closed_by") ==
                   (strings{R"("count")", R"("count")", R"("idle")"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.sent["late"].empty());
}

// Those of b are open when a is closed, and come again.
BOOST_AUTO_TEST_CASE(a_window_that_is_closed_early_makes_no_other_key_late)
{
    penstock::testing::data_directory kept;
    const auto of = [](const char* key, std::uint64_t id) { return event(1, {{"k", key}}, id); };
    const json::object by_key = with({{"key", {"k"}}, {"packets", 3}, {"lateness", "30s"}});
    auto before =
        run_entry(window_entry, by_key, packets(of("a", 1), of("b", 2), of("b", 3), of("a", 4)));
    BOOST_TEST(meta_of(before.out(), "closed_by")[0] == R"("count")");
    json::object state = kept.state->as_object();
    state["closed"].as_array().resize(1); // as saved when a was closed
    kept.state = state;
    auto after =
        run_entry(window_entry, by_key, packets(of("b", 2), of("b", 3), of("d", 5), of("a", 6)));
    BOOST_TEST(after.sent["late"].empty());
    BOOST_TEST(fields_of(after.out()).size() == 3U);
}

BOOST_AUTO_TEST_CASE(a_time_far_ahead_fails_alone)
{
    auto result =
        run_entry(window_entry, ten_seconds, packets(event(1), event(200'000'000'000.0), event(2)));
    BOOST_TEST(spans(result.out()) == strings{"00:00:00 00:00:10 2"},
               boost::test_tools::per_element());
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].second ==
               "t: is 8307-10-01T19:33:20Z; no time so far ahead of now was expected");
    BOOST_TEST(result.sent["late"].empty());
}

BOOST_AUTO_TEST_CASE(many_sessions_cost_no_more_each_than_few)
{
    std::vector<packet> all;
    for (std::uint64_t n = 0; n < 40'000; ++n)
        all.push_back(event(static_cast<double>(n) / 1000, {{"k", n}}, n));
    const auto begin = std::clock();
    auto result = run_entry(
        window_entry,
        {{"kind", "session"}, {"size", "10s"}, {"time", "t"}, {"key", {"k"}}, {"packets", 5000}},
        std::move(all));
    BOOST_TEST(result.out().size() == 40'000U);
    BOOST_TEST(std::clock() - begin < 20 * CLOCKS_PER_SEC); // it took minutes
}

BOOST_AUTO_TEST_CASE(what_has_no_time_or_number_fails_and_orders_to_delete_go_on)
{
    packet order;
    order.set_meta("requestmethod", "DELETE");
    auto result = run_entry(
        window_entry, with({{"aggregates", {{"s", {{"sum", "n"}}}}}, {"key", {"k"}}}),
        packets(packet({{"t", "soon"}}), packet({{"n", 1}}), event(1, {{"n", "many"}}),
                event(1, {{"n", std::numeric_limits<double>::infinity()}}),
                event(1, {{"k", std::numeric_limits<double>::infinity()}}), std::move(order)));
    BOOST_TEST(result.out().size() == 1U);
    BOOST_TEST_REQUIRE(result.failed.size() == 5U);
    BOOST_TEST(result.failed[0].second ==
               "t: is no time; RFC 3339 or seconds since 1970 were expected");
    BOOST_TEST(result.failed[2].second == "n: is no number; one was expected");
}

BOOST_AUTO_TEST_CASE(the_same_packets_again_give_the_same_results_again)
{
    const penstock::testing::data_directory kept;
    const auto given = []
    { return packets(event(1, {}, 1), event(2, {}, 2), event(11, {}, 3), event(30, {}, 4)); };
    auto once = run_entry(window_entry, ten_seconds, given());
    auto again = run_entry(window_entry, ten_seconds, given());
    BOOST_TEST(spans(once.out()).size() == 3U);
    BOOST_TEST(fields_of(again.out()) == fields_of(once.out()), boost::test_tools::per_element());
    BOOST_TEST(meta_of(again.out(), "id") == meta_of(once.out(), "id"),
               boost::test_tools::per_element());
    BOOST_TEST(again.sent["late"].empty());
}

// One request has a packet in a window that was closed and one in a window that was not: after a
// crash both come again, beside packets that the first window had not.
BOOST_AUTO_TEST_CASE(after_a_crash_nothing_is_lost_or_doubled)
{
    penstock::testing::data_directory kept;
    json::value at_crash;
    {
        auto before = run_entry(window_entry, ten_seconds,
                                packets(event(1, {}, 1), event(2, {}, 2), event(12, {}, 3)));
        BOOST_TEST(spans(before.out())[0] == "00:00:00 00:00:10 2");
        // As saved when the first window was closed, and not yet the second.
        json::object state = kept.state->as_object();
        state["watermark"] = 12'000;
        state["closed"].as_array().resize(1);
        kept.state = state;
    }
    auto after =
        run_entry(window_entry, ten_seconds,
                  packets(event(2, {}, 2), event(3, {}, 9), event(12, {}, 3), event(13, {}, 5)));
    BOOST_TEST(spans(after.out()) == (strings{"00:00:00 00:00:10 2", "00:00:10 00:00:20 2"}),
               boost::test_tools::per_element());
    BOOST_TEST(after.sent["late"].size() == 1U);
}

BOOST_AUTO_TEST_CASE(windows_that_were_closed_long_ago_are_forgotten)
{
    const penstock::testing::data_directory kept;
    const json::object few = with({{"remembered", 1}});
    const auto given = [] { return packets(event(1, {}, 1), event(11, {}, 2), event(21, {}, 3)); };
    (void)run_entry(window_entry, few, given());
    auto again = run_entry(window_entry, few, given());
    BOOST_TEST(again.sent["late"].size() == 1U);
    BOOST_TEST(again.out().size() == 2U);
}

BOOST_AUTO_TEST_CASE(parameters_that_do_not_fit_are_refused)
{
    const auto refused = [](json::object more)
    { return refusal(window_entry, with(std::move(more))); };
    BOOST_TEST(refused({{"key", {"a", "/meta/a"}}}).find("has a second field \"a\"") !=
               std::string::npos);
    BOOST_TEST(refused({{"aggregates", {{"count", {{"sum", "n"}}}}}}).find("is empty or taken") !=
               std::string::npos);
    BOOST_TEST(refused({{"aggregates", {{"a", {{"median", "n"}}}}}}).find("is no aggregate") !=
               std::string::npos);
    BOOST_TEST(refused({{"aggregates", {{"a", {{"sum", "/x"}}}}}}).find("was expected") !=
               std::string::npos);
    BOOST_TEST(refused({{"time", "/x"}}) != "none");
    BOOST_TEST(refused({}) == "none");
}

BOOST_AUTO_TEST_SUITE_END()
