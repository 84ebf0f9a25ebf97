// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "run_entry.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <filesystem>
#include <limits>
#include <string>

namespace json = penstock::json;
using penstock::packet;
using penstock::testing::packets;

// What becomes of packets by what a program answers.

BOOST_AUTO_TEST_SUITE(exec_run)

namespace
{

packet numbered(std::int64_t n)
{
    packet made;
    made.set("n", n);
    made.set_meta("id", "p" + std::to_string(n));
    return made;
}

std::vector<packet> some(std::int64_t count)
{
    std::vector<packet> list;
    for (std::int64_t n = 1; n <= count; ++n)
        list.push_back(numbered(n));
    return list;
}

// A shell that does something for each `line`, of whose number `n` is.
json::array for_each_line(const std::string& what)
{
    return {"sh", "-c", "n=0; while IFS= read -r line; do n=$((n + 1)); " + what + "; done"};
}

penstock::testing::result ask(const json::array& command, std::vector<packet> given,
                              json::object parameters = {})
{
    parameters["command"] = command;
    return run_entry(exec_package::run_entry, parameters, std::move(given));
}

strings reasons_of(const penstock::testing::result& result)
{
    strings list;
    for (const auto& [packet, reason] : result.failed)
        list.push_back(penstock::write_json(packet.fields()) + " " + reason);
    return list;
}

strings numbers(std::int64_t first, std::int64_t last)
{
    strings list;
    for (; first <= last; ++first)
        list.push_back("{\"n\":" + std::to_string(first) + "}");
    return list;
}

} // namespace

BOOST_AUTO_TEST_CASE(an_object_is_the_packet)
{
    auto result = ask({"sed", "-u", "s/n/m/"}, some(3));
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"m":1})", R"({"m":2})", R"({"m":3})"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.out()[1].meta("id") == "p2");
    BOOST_TEST(result.metrics["starts"] == 1);
}

BOOST_AUTO_TEST_CASE(more_packets_than_are_in_flight_go_through_in_order)
{
    for (const int in_flight : {1, 7, 1000})
    {
        auto result = ask({"cat"}, some(500), {{"in_flight", in_flight}});
        BOOST_TEST(fields_of(result.out()) == numbers(1, 500), boost::test_tools::per_element());
        BOOST_TEST(result.metrics["starts"] == 1);
    }
}

BOOST_AUTO_TEST_CASE(a_list_is_a_packet_each_null_drops_and_a_text_fails)
{
    auto result = ask(for_each_line("case $n in 1) echo '[{\"a\":1},{\"a\":2}]';; 2) echo null;; "
                                    "3) echo '\"no such thing\"';; 4) echo '[]';; 5) echo 7;; "
                                    "6) echo '[1]';; 7) echo '[{\"a\":3}]';; esac"),
                      some(7));
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"a":1})", R"({"a":2})", R"({"a":3})"}),
               boost::test_tools::per_element());
    BOOST_TEST(meta_of(result.out(), "id") == (strings{R"("p1.1")", R"("p1.2")", R"("p7")"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.dropped.size() == 2u);
    BOOST_TEST(reasons_of(result) ==
                   (strings{R"({"n":3} no such thing)",
                            R"({"n":5} the answer is a number or a truth value; an object, a list )"
                            "of objects, null or a text was expected",
                            R"({"n":6} the answer is a list with something else than objects; a )"
                            "list of objects was expected"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_line_may_be_all_of_a_packet)
{
    packet given = numbered(1);
    given.set_data(penstock::bytes(std::string("raw")));
    auto same = ask({"cat"}, packets(std::move(given)), {{"form", "packet"}});
    BOOST_TEST_REQUIRE(same.out().size() == 1u);
    BOOST_TEST(same.out()[0].data().view() == "raw");
    BOOST_TEST(same.out()[0].meta("id") == "p1");
    auto other = ask({"sed", "-u", "s/.*/{\"meta\":{\"a\":1},\"data\":\"x\"}/"}, some(1),
                     {{"form", "packet"}});
    BOOST_TEST_REQUIRE(other.out().size() == 1u);
    BOOST_TEST(penstock::write_json(other.out()[0].meta()) == R"({"a":1})");
    BOOST_TEST(other.out()[0].data().view() == "x");
    BOOST_TEST(other.out()[0].fields().empty());
    BOOST_TEST(ask({"sed", "-u", "s/.*/{\"fields\":1}/"}, some(1), {{"form", "packet"}})
                   .failed.at(0)
                   .second.starts_with("the answer is no packet: "));
}

BOOST_AUTO_TEST_CASE(data_and_meta_stay_when_a_line_is_the_fields)
{
    auto result = ask({"cat"}, packets(body("raw", {{"id", "x"}})));
    BOOST_TEST_REQUIRE(result.out().size() == 1u);
    BOOST_TEST(result.out()[0].data().view() == "raw");
    BOOST_TEST(result.out()[0].meta("id") == "x");
}

BOOST_AUTO_TEST_CASE(a_trigger_goes_on_in_its_place_without_being_asked)
{
    packet trigger;
    trigger.set_meta("requestmethod", "DELETE");
    auto result =
        ask({"sed", "-u", "s/n/m/"}, packets(numbered(1), std::move(trigger), numbered(2)));
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"m":1})", "{}", R"({"m":2})"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_packet_without_fields_is_a_line_as_others_are)
{
    packet asks;
    asks.set_meta("requestmethod", "GET");
    const json::array command = for_each_line("printf '{\"n\":%s,\"was\":%s}\\n' \"$n\" \"$line\"");
    auto result = ask(command, packets(packet(), std::move(asks)));
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"n":1,"was":{}})", R"({"n":2,"was":{}})"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_number_that_json_cannot_hold_fails_without_being_asked)
{
    packet odd;
    odd.set("n", std::numeric_limits<double>::infinity());
    auto result = ask({"cat"}, packets(numbered(1), std::move(odd), numbered(2)));
    BOOST_TEST(fields_of(result.out()) == numbers(1, 2), boost::test_tools::per_element());
    BOOST_TEST(result.failed.size() == 1u);
}

BOOST_AUTO_TEST_CASE(nothing_is_run_without_packets)
{
    BOOST_TEST(ask({"cat"}, {}).metrics["starts"] == 0);
}

BOOST_AUTO_TEST_CASE(arguments_are_read_by_no_shell)
{
    const json::array command{"sh", "-c",
                              "while read -r line; do printf '{\"a\":\"%s\"}\\n' \"$1\"; done",
                              "sh", "$HOME `id` ; * \xc3\xa9"};
    BOOST_TEST(fields_of(ask(command, some(1)).out()) ==
                   (strings{"{\"a\":\"$HOME `id` ; * \xc3\xa9\"}"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_program_that_is_not_there_refuses_the_deployment)
{
    BOOST_CHECK_EXCEPTION((void)ask({"no-such-program"}, {}), penstock::parameter_error,
                          [](const penstock::parameter_error& error)
                          {
                              return std::string_view(error.what())
                                         .find("program \"no-such-program\": cannot be run") !=
                                     std::string_view::npos;
                          });
    for (const json::array& wrong : {json::array{}, json::array{""}})
        BOOST_CHECK_THROW((void)ask(wrong, {}), penstock::parameter_error);
}

BOOST_AUTO_TEST_SUITE_END()
