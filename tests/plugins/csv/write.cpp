// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "csv_bodies.hpp"

#include <boost/test/unit_test.hpp>

#include <array>
#include <cstdint>
#include <limits>
#include <random>

using namespace csv_bodies;

BOOST_AUTO_TEST_SUITE(csv_write)

BOOST_AUTO_TEST_CASE(packets_of_a_request_are_rows_below_the_names_of_the_first_ones_fields)
{
    auto result = write(packets(packet({{"b", "1"}, {"a", "x"}}), packet({{"a", "y"}})));
    BOOST_TEST(data_of(result.out()) == (strings{"b,a\r\n1,x\r\n,y\r\n"}),
               boost::test_tools::per_element());
    BOOST_TEST(penstock::write_json(result.out()[0].meta()) ==
               R"({"mimetype":"text/csv","charset":"utf-8"})");
    BOOST_TEST(result.out()[0].fields().empty());
}

BOOST_AUTO_TEST_CASE(the_graph_may_say_the_columns_and_their_order)
{
    const json::object columns{{"columns", json::array{"a", "c"}}};
    BOOST_TEST(data_of(write(packets(packet({{"b", "1"}, {"a", "x"}})), columns).out()) ==
                   (strings{"a,c\r\nx,\r\n"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(columns_stand_as_in_the_first_packet_and_letters_of_any_language_stay)
{
    BOOST_TEST(data_of(write(packets(packet({{"column2", "é"}, {"column10", "語"}}),
                                     packet({{"column10", "x"}, {"column2", "y"}})))
                           .out()) == (strings{"column2,column10\r\né,語\r\ny,x\r\n"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_packet_with_other_fields_than_the_first_fails_alone)
{
    auto result = write(
        packets(packet({{"a", "1"}}), packet({{"a", "2"}, {"z", "3"}}), packet({{"a", "4"}})));
    BOOST_TEST(data_of(result.out()) == (strings{"a\r\n1\r\n4\r\n"}),
               boost::test_tools::per_element());
    BOOST_TEST(reasons_of(result) ==
                   (strings{"field \"z\": is none of the first packet of its document; fields that "
                            "are columns were expected"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(each_document_has_a_header_of_its_own_or_none_has)
{
    const auto two = [] { return packets(packet({{"a", "1"}}), packet({{"b", "2"}})); };
    BOOST_TEST(data_of(write(two(), {{"count", 1}}).out()) == (strings{"a\r\n1\r\n", "b\r\n2\r\n"}),
               boost::test_tools::per_element());
    BOOST_TEST(data_of(write(two(), {{"count", 1}, {"header", false}}).out()) ==
                   (strings{"1\r\n", "2\r\n"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(values_of_a_field_are_joined_and_what_is_no_text_is_written_as_json)
{
    packet given;
    given.set_values("a", {"x", 1, nullptr, "y"});
    given.set("b", nullptr);
    given.set("c", 1.0);
    given.set("d", true);
    given.set("e", json::object{{"k", "v"}});
    given.set("f", json::array{"one", "value"});
    given.set_values("g", {});
    auto result = write(packets(std::move(given)), {{"header", false}});
    BOOST_TEST(
        data_of(result.out()) ==
            (strings{"x;1;;y,,1.0,true,\"{\"\"k\"\":\"\"v\"\"}\",\"[\"\"one\"\",\"\"value\"\"]"
                     "\",\r\n"}),
        boost::test_tools::per_element());
    BOOST_TEST(
        data_of(
            write(packets(packet({{"a", json::array{"x", "y"}}})), {{"separator", " | "}}).out()) ==
            (strings{"a\r\nx | y\r\n"}),
        boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_a_reader_would_misread_is_in_quotes)
{
    const auto line = [](std::string_view value, json::object parameters = {})
    {
        parameters["header"] = false;
        return data_of(write(packets(packet({{"a", value}})), parameters).out()).at(0);
    };
    BOOST_TEST(line("a") == "a\r\n");
    BOOST_TEST(line("") == "\"\"\r\n");
    BOOST_TEST(line("a,b") == "\"a,b\"\r\n");
    BOOST_TEST(line("a\"b") == "\"a\"\"b\"\r\n");
    BOOST_TEST(line("\n") == "\"\n\"\r\n");
    BOOST_TEST(line("\r") == "\"\r\"\r\n");
    BOOST_TEST(line("#a") == "#a\r\n");
    BOOST_TEST(line("#a", {{"comment", "#"}}) == "\"#a\"\r\n");
    BOOST_TEST(line("\xef\xbb\xbf") == "\"\xef\xbb\xbf\"\r\n");
    BOOST_TEST(line("a\xff") == "a\xef\xbf\xbd\r\n");
    BOOST_TEST(line("a;'b'", {{"delimiter", ";"}, {"quote", "'"}}) == "'a;''b'''\r\n");
    BOOST_TEST(line("x", {{"line_end", "lf"}}) == "x\n");
}

BOOST_AUTO_TEST_CASE(without_quotes_what_needs_them_fails)
{
    auto result =
        write(packets(packet({{"a", "x"}, {"b", "1"}}), packet({{"a", "y,z"}})), {{"quote", ""}});
    BOOST_TEST(data_of(result.out()) == (strings{"a,b\r\nx,1\r\n"}),
               boost::test_tools::per_element());
    BOOST_TEST(reasons_of(result) ==
                   (strings{"field \"a\": cannot be told apart without quotes; a value without "
                            "delimiter and end of line was expected"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(packets_without_fields_are_dropped_and_what_cannot_be_written_fails)
{
    auto result = write(packets(packet(), packet({{"", "x"}}),
                                packet({{"n", std::numeric_limits<double>::infinity()}}),
                                packet({{"a", "1"}})));
    BOOST_TEST(result.dropped.size() == 1u);
    BOOST_TEST(reasons_of(result) ==
                   (strings{"a field has no name, which a column needs",
                            "field \"n\": number: not finite; expected one that JSON can hold"}),
               boost::test_tools::per_element());
    BOOST_TEST(data_of(result.out()) == (strings{"a\r\n1\r\n"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_packet_of_data_alone_fails_and_the_others_are_written)
{
    packet raw;
    raw.set_data(penstock::bytes("raw"));
    auto result = write(packets(std::move(raw), packet({{"a", "1"}})));
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].first.data().view() == "raw");
    BOOST_TEST(result.failed[0].second.starts_with("has data and no fields; "));
    BOOST_TEST(data_of(result.out()) == (strings{"a\r\n1\r\n"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_table_with_tabs_says_so)
{
    auto result = write(packets(packet({{"a", "x,y"}, {"b", "1"}})), {{"delimiter", "\t"}});
    BOOST_TEST(data_of(result.out()) == (strings{"a\tb\r\nx,y\t1\r\n"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.out()[0].meta("mimetype") == "text/tab-separated-values");
}

BOOST_AUTO_TEST_CASE(what_is_written_is_read_back_as_the_same_fields)
{
    std::mt19937_64 random(20261129);
    const auto any_text = [&random]
    {
        constexpr std::array pieces{"a",
                                    "b",
                                    ",",
                                    ";",
                                    "\t",
                                    "\"",
                                    "'",
                                    "\n",
                                    "\r",
                                    "\r\n",
                                    "#",
                                    " ",
                                    "\xef\xbb\xbf",
                                    "\xc3\xa9",
                                    "\xf0\x9f\x90\x8c",
                                    "\x01"};
        std::string text;
        for (std::uint64_t n = random() % 6; n > 0; --n)
            text += pieces[random() % pieces.size()];
        return text;
    };
    for (int round = 0; round < 1000; ++round)
    {
        json::object dialect{{"delimiter", std::array{",", ";", "\t", "b"}[random() % 4]},
                             {"quote", std::array{"\"", "'"}[random() % 2]},
                             {"comment", std::array{"", "#", "a"}[random() % 3]},
                             {"header", random() % 4 != 0}};
        std::vector<std::string> names;
        for (std::uint64_t n = 1 + random() % 4; n > 0; --n)
            names.push_back(any_text() + std::to_string(n));
        if (!dialect.at("header").as_bool())
            for (std::size_t n = 0; n < names.size(); ++n)
                names[n] = "column" + std::to_string(n + 1);
        std::vector<packet> given;
        strings expected;
        for (std::uint64_t n = 1 + random() % 5; n > 0; --n)
        {
            packet each;
            for (const std::string& name : names)
                each.set(name, any_text());
            expected.push_back(penstock::write_json(each.fields()));
            given.push_back(std::move(each));
        }
        json::object writer = dialect;
        writer["line_end"] = random() % 2 == 0 ? "crlf" : "lf";
        auto written = write(std::move(given), writer);
        BOOST_TEST_REQUIRE(written.out().size() == 1u);
        dialect["lazy_quotes"] = random() % 2 == 0;
        auto again = read(written.out()[0].data().view(), dialect);
        BOOST_TEST(reasons_of(again) == strings(), boost::test_tools::per_element());
        BOOST_TEST(fields_of(again.out()) == expected, boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_SUITE_END()
