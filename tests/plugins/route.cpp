// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "run_entry.hpp"

#include <boost/test/unit_test.hpp>

#include <penstock/detail/packet_access.hpp>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <utility>

namespace json = penstock::json;
using namespace route_package;
using penstock::packet;
using penstock::detail::packet_access;
using penstock::testing::packets;

namespace
{

packet of(const char* field, json::value value)
{
    packet packet;
    packet.set(field, std::move(value));
    return packet;
}

/// A packet with an id of its own, as all packets in a host have.
packet with_id(std::uint64_t id, const char* field)
{
    packet packet = of(field, 1);
    packet_access::set_id(packet, {0, id});
    return packet;
}

/// What a filter lets pass.
strings kept(const json::object& parameters, std::vector<packet> given)
{
    return fields_of(run_entry(drop_entry, parameters, std::move(given)).out());
}

} // namespace

BOOST_AUTO_TEST_SUITE(route_drop)

BOOST_AUTO_TEST_CASE(packets_with_a_listed_value_are_dropped)
{
    BOOST_TEST(
        kept({{"field", "a"}, {"values", json::array{"x", "y"}}},
             packets(of("a", "x"), of("a", "xx"), of("a", "y"), of("a", "X"), of("b", "x"))) ==
            (strings{R"({"a":"xx"})", R"({"a":"X"})", R"({"b":"x"})"}),
        boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(one_of_several_values_is_enough)
{
    BOOST_TEST(kept({{"field", "a"}, {"values", json::array{"x"}}},
                    packets(packet({{"a", json::array{"w", "x"}}}),
                            packet({{"a", json::array{"w"}}}), packet({{"a", json::array{}}}))) ==
                   (strings{R"({"a":["w"]})", R"({"a":[]})"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(values_are_compared_as_they_are_spelled)
{
    BOOST_TEST(kept({{"field", "a"}, {"values", json::array{"5", true, " x "}}},
                    packets(of("a", 5), of("a", "5"), of("a", 55), of("a", true), of("a", "true"),
                            of("a", "x\n"), of("a", nullptr), of("a", "null"))) ==
                   (strings{R"({"a":55})", R"({"a":null})", R"({"a":"null"})"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(null_drops_null_only)
{
    BOOST_TEST(kept({{"field", "a"}, {"values", json::array{nullptr}}},
                    packets(of("a", nullptr), of("a", "null"), of("a", ""), packet())) ==
                   (strings{R"({"a":"null"})", R"({"a":""})", "{}"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(without_values_each_packet_that_has_the_field_is_dropped)
{
    BOOST_TEST(kept({{"field", "a"}}, packets(of("a", nullptr), of("b", 1), of("a", 1))) ==
                   (strings{R"({"b":1})"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_empty_name_refuses_the_deployment)
{
    BOOST_CHECK_EXCEPTION(
        (void)run_entry(drop_entry, {{"field", ""}}, {}), penstock::parameter_error,
        [](const penstock::parameter_error& error) {
            return std::string(error.what()) == "field: is empty; the name of a field was expected";
        });
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(route_collate)

BOOST_AUTO_TEST_CASE(the_two_inputs_take_turns)
{
    auto result = run_entry(collate_entry, {}, packets(of("a", 1), of("a", 2), of("a", 3)),
                            packets(of("b", 1)));
    BOOST_TEST(fields_of(result.out()) ==
                   (strings{R"({"a":1})", R"({"b":1})", R"({"a":2})", R"({"a":3})"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(one_input_may_be_empty)
{
    auto result = run_entry(collate_entry, {}, {}, packets(of("b", 1), of("b", 2)));
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"b":1})", R"({"b":2})"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(empty_packets_are_packets)
{
    auto result = run_entry(collate_entry, {}, packets(packet()), packets(packet(), of("b", 1)));
    BOOST_TEST(fields_of(result.out()) == (strings{"{}", "{}", R"({"b":1})"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(route_merge)

BOOST_AUTO_TEST_CASE(copies_of_one_packet_find_each_other)
{
    packet x = with_id(1, "x");
    packet y = with_id(2, "y");
    packet x2 = packet_access::share(x);
    packet y2 = packet_access::share(y);
    x2.set("from_x", true);
    y2.set("from_y", true);
    // The other branch comes in another order, and with one packet more.
    auto result = run_entry(merge_entry, {}, packets(std::move(x), std::move(y)),
                            packets(with_id(3, "z"), std::move(y2), std::move(x2)));
    BOOST_TEST(fields_of(result.out()) ==
                   (strings{R"({"x":1,"from_x":true})", R"({"y":1,"from_y":true})", R"({"z":1})"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(fields_and_meta_of_the_second_win)
{
    packet first({{"a", 1}, {"b", 1}});
    packet second = packet_access::share(first);
    second.erase("a");
    second.set("b", 2);
    second.set_field_meta("b", "m", 2);
    second.set_meta("p", 2);
    first.set_field_meta("b", "lost", 1);
    first.set_meta("p", 1);
    first.set_meta("q", 1);
    auto result = run_entry(merge_entry, {}, packets(std::move(first)), packets(std::move(second)));
    BOOST_REQUIRE(result.out().size() == 1);
    const packet& out = result.out().front();
    BOOST_TEST(penstock::write_json(out.fields()) == R"({"a":1,"b":2})");
    BOOST_TEST(out.field_meta("b", "m") == 2);
    BOOST_TEST(!out.has_field_meta("b", "lost"));
    BOOST_TEST(out.meta("p") == 2);
    BOOST_TEST(out.meta("q") == 1);
}

BOOST_AUTO_TEST_CASE(a_packet_without_partner_passes_alone)
{
    auto result = run_entry(merge_entry, {}, packets(with_id(1, "a")), packets(with_id(2, "b")));
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"a":1})", R"({"b":1})"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_dropped_packet_on_one_side_does_not_shift_the_pairs)
{
    auto result = run_entry(merge_entry, {{"key", "/fields/k"}},
                            packets(packet({{"k", 1}, {"a", 1}}), packet({{"k", 2}, {"a", 2}})),
                            packets(packet({{"k", 2}, {"b", 2}})));
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"k":1,"a":1})", R"({"k":2,"a":2,"b":2})"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(of_several_with_one_key_the_nth_goes_with_the_nth)
{
    auto result = run_entry(
        merge_entry, {{"key", "/fields/k"}},
        packets(packet({{"k", 1}, {"a", 1}}), packet({{"k", 1}, {"a", 2}})),
        packets(packet({{"k", 1}, {"b", 1}}), packet({{"k", 1}, {"b", 2}}), packet({{"k", 1}})));
    BOOST_TEST(fields_of(result.out()) ==
                   (strings{R"({"k":1,"a":1,"b":1})", R"({"k":1,"a":2,"b":2})", R"({"k":1})"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_key_may_be_meta)
{
    packet first = of("a", 1);
    first.set_meta("id", "7");
    packet second = of("b", 1);
    second.set_meta("id", "7");
    auto result = run_entry(merge_entry, {{"key", "/meta/id"}}, packets(std::move(first)),
                            packets(of("c", 1), std::move(second)));
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"a":1,"b":1})", R"({"c":1})"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(packets_without_the_key_pass_alone)
{
    auto result =
        run_entry(merge_entry, {{"key", "/fields/k"}}, packets(of("a", 1)), packets(of("b", 1)));
    BOOST_TEST(result.out().size() == 2);
}

BOOST_AUTO_TEST_CASE(a_key_of_another_form_refuses_the_deployment)
{
    for (const char* key : {"k", "/fields/", "/meta", "/other/k"})
        BOOST_CHECK_EXCEPTION(
            (void)run_entry(merge_entry, {{"key", key}}, {}, {}), penstock::parameter_error,
            [&](const penstock::parameter_error& error)
            {
                return std::string(error.what()) == "key: is \"" + std::string(key) +
                                                        "\"; /fields/NAME or /meta/NAME was "
                                                        "expected";
            });
}

BOOST_AUTO_TEST_SUITE_END()
