// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "run_entry.hpp"

#include <boost/test/unit_test.hpp>

#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace json = penstock::json;
using penstock::packet;
using penstock::testing::packets;
using text_package::cut_entry;
using text_package::grep_entry;
using text_package::lines_entry;
using text_package::sort_entry;
using text_package::uniq_entry;

// lines, grep, sort, uniq and cut: what programs of Unix do with lines, with values of a field.
BOOST_AUTO_TEST_SUITE(text_values)

namespace
{

packet of(json::array values)
{
    packet made;
    made.set_values("text", std::move(values));
    return made;
}

// The values of the only packet, which has several or one, as JSON.
std::string values(const penstock::component_entry& entry, json::array given,
                   const json::object& parameters = {})
{
    auto result = run_entry(entry, parameters, packets(of(std::move(given))));
    if (!result.failed.empty())
        return result.failed[0].second;
    return result.out().empty() ? "dropped" : penstock::write_json(result.out()[0].get("text"));
}

std::string lines_of(std::string_view text, const json::object& parameters = {})
{
    auto result = run_entry(lines_entry, parameters, packets(packet({{"text", text}})));
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    BOOST_TEST(result.out()[0].is_multivalued("text"));
    return penstock::write_json(result.out()[0].get("text"));
}

} // namespace

BOOST_AUTO_TEST_CASE(a_text_is_cut_into_lines)
{
    BOOST_TEST(lines_of("a\nb\r\n\nc") == R"(["a","b","","c"])");
    BOOST_TEST(lines_of("a\n") == R"(["a"])");
    BOOST_TEST(lines_of("") == "[]");
    BOOST_TEST(lines_of("\n\n") == R"(["",""])");
    BOOST_TEST(lines_of("a\n\nb\r\n\r\n", {{"empty", "drop"}}) == R"(["a","b"])");
    BOOST_TEST(values(lines_entry, {"a\nb", 7, "c"}) == R"(["a","b",7,"c"])");
    BOOST_TEST(values(lines_entry, {"a\nb"}, {{"lines", 1}}) ==
               "field \"text\": has more lines than 1; fewer were expected");
}

BOOST_AUTO_TEST_CASE(values_with_a_pattern_stay)
{
    const json::array given{"one error", "Two", "error", 3};
    BOOST_TEST(values(grep_entry, given, {{"pattern", "error"}}) == R"(["one error","error"])");
    BOOST_TEST(values(grep_entry, given, {{"pattern", "^error|3"}}) == R"(["error",3])");
    BOOST_TEST(values(grep_entry, given, {{"pattern", "TWO"}, {"ignore_case", true}}) ==
               R"(["Two"])");
    BOOST_TEST(values(grep_entry, given, {{"pattern", "error"}, {"invert", true}}) ==
               R"(["Two",3])");
    BOOST_TEST(values(grep_entry, {"a.b", "axb"}, {{"pattern", "a.b"}, {"fixed", true}}) ==
               R"(["a.b"])");
    BOOST_TEST(values(grep_entry, given, {{"pattern", "none"}}) == "dropped");
    BOOST_TEST(values(grep_entry, given, {{"pattern", "none"}, {"drop", false}}) == "[]");
}

BOOST_AUTO_TEST_CASE(a_single_text_stays_one_or_its_packet_is_dropped)
{
    auto result = run_entry(grep_entry, {{"pattern", "é+"}},
                            packets(packet({{"text", "caféé"}}), packet({{"text", "cafe"}})));
    BOOST_TEST(fields_of(result.out()) == strings{R"({"text":"caféé"})"},
               boost::test_tools::per_element());
    BOOST_TEST(result.dropped.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_pattern_that_is_none_is_refused)
{
    BOOST_TEST(refusal(grep_entry, {{"pattern", "("}}).find("is no regular expression") !=
               std::string::npos);
    BOOST_TEST(refusal(grep_entry, {{"pattern", "("}, {"fixed", true}}) == "none");
    BOOST_TEST(refusal(grep_entry, {}) != "none");
}

BOOST_AUTO_TEST_CASE(values_are_sorted_by_text_or_number)
{
    BOOST_TEST(values(sort_entry, {"b", "a", "B", 10, 9}) == R"([10,9,"B","a","b"])");
    BOOST_TEST(values(sort_entry, {"b", "A", "a"}, {{"ignore_case", true}}) == R"(["A","a","b"])");
    BOOST_TEST(values(sort_entry, {"10 x", "9", "none", "-1.5"}, {{"by", "number"}}) ==
               R"(["none","-1.5","9","10 x"])");
    BOOST_TEST(values(sort_entry, {"2 a", "1", "2 b"},
                      {{"by", "number"}, {"order", "descending"}}) == R"(["2 a","2 b","1"])");
    BOOST_TEST(values(sort_entry, {"\u00e9", "z", "\u20ac"}) == R"(["z","é","€"])");
}

BOOST_AUTO_TEST_CASE(numbers_are_what_sort_takes_for_them)
{
    const json::object by_number{{"by", "number"}};
    BOOST_TEST(values(sort_entry, {"1", "inf", "infinity", "nan(1)", "-inf"}, by_number) ==
               R"x(["inf","infinity","nan(1)","-inf","1"])x");
    BOOST_TEST(values(sort_entry, {"1e999", "5", "-1e999", "1e-999", "-5"}, by_number) ==
               R"(["-1e999","-5","1e-999","5","1e999"])");
    const std::string with_signs = values(sort_entry, {"+5", "4", "6", "+-1"}, by_number);
    BOOST_TEST(with_signs == "[\"+-1\",\"4\",\"+5\",\"6\"]");
    const std::string whole = values(sort_entry,
                                     {9007199254740993, 9007199254740992, 18446744073709551615U,
                                      18446744073709551614U, -9007199254740993, -9007199254740992},
                                     by_number);
    BOOST_TEST(whole == "[-9007199254740993,-9007199254740992,9007199254740992,9007199254740993,"
                        "18446744073709551614,18446744073709551615]");
    BOOST_TEST(values(sort_entry, {"9007199254740993", "9007199254740992.5", "3"}, by_number) ==
               R"(["3","9007199254740992.5","9007199254740993"])");
}

BOOST_AUTO_TEST_CASE(values_that_are_there_twice_go)
{
    const json::array given{"a", "a", "b", "A", "a", "1", 1};
    BOOST_TEST(values(uniq_entry, given) == R"(["a","b","A","a","1",1])");
    BOOST_TEST(values(uniq_entry, given, {{"among", "all"}}) == R"(["a","b","A","1",1])");
    BOOST_TEST(values(uniq_entry, given, {{"among", "all"}, {"ignore_case", true}}) ==
               R"(["a","b","1",1])");
    auto result = run_entry(uniq_entry, {{"counts", "n"}}, packets(of({"a", "a", "b", "a"})));
    BOOST_TEST(fields_of(result.out()) == strings{R"({"text":["a","b","a"],"n":[2,1,1]})"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(counts_have_a_field_of_their_own)
{
    BOOST_TEST(refusal(uniq_entry, {{"counts", "text"}}).find("counts: ") != std::string::npos);
    BOOST_TEST(refusal(uniq_entry, {{"to", "n"}, {"counts", "n"}}).find("counts: ") !=
               std::string::npos);
    BOOST_TEST(refusal(uniq_entry, {{"to", "n"}, {"counts", "text"}}).find("counts: ") !=
               std::string::npos);
    BOOST_TEST(refusal(uniq_entry, {{"to", "n"}, {"counts", "m"}}) == "none");
}

BOOST_AUTO_TEST_CASE(parts_of_values_are_cut_out)
{
    const json::array given{"a,b,c,d", "a", "", 7};
    const auto cut = [&](json::array parts, json::object more = {})
    {
        more["parts"] = std::move(parts);
        more["delimiter"] = ",";
        return values(cut_entry, given, more);
    };
    BOOST_TEST(cut({"2"}) == R"(["b","","",7])");
    BOOST_TEST(cut({"3", "1"}) == R"(["c,a","a","",7])");
    BOOST_TEST(cut({"2-3"}, {{"join", " "}}) == R"(["b c","","",7])");
    BOOST_TEST(cut({"-2", "4-"}) == R"(["a,b,d","a","",7])");
    BOOST_TEST(values(cut_entry, {"a::b:c"}, {{"parts", {"1-2"}}, {"delimiter", "::"}}) ==
               R"(["a::b:c"])");
    for (const char* const part : {"", "0", "-", "3-2", "x", "1-x", "99999999999999999999"})
        BOOST_TEST(refusal(cut_entry, {{"parts", {part}}}).find("was expected") !=
                       std::string::npos,
                   part);
    BOOST_TEST(refusal(cut_entry, {{"parts", json::array{}}}) != "none");
    BOOST_TEST(refusal(cut_entry, {{"parts", {"1"}}, {"delimiter", ""}}) != "none");
}

// The log of a printer's server, on the way that an example of pypes sends it.
BOOST_AUTO_TEST_CASE(a_log_goes_through_lines_grep_sort_cut_and_uniq)
{
    const std::string_view log =
        "localhost - - [10/Oct/2000:13:55:36 -0700] \"GET /b HTTP/1.1\" 200\n"
        "localhost - - [10/Oct/2000:13:55:37 -0700] \"POST / HTTP/1.1\" 200\n"
        "localhost - - [10/Oct/2000:13:55:38 -0700] \"GET /a HTTP/1.1\" 200\n"
        "localhost - - [10/Oct/2000:13:55:38 -0700] \"GET /a HTTP/1.1\" 200\n";
    const auto pass = [](const penstock::component_entry& entry, const json::object& parameters,
                         std::vector<packet> given)
    { return std::move(run_entry(entry, parameters, std::move(given)).out()); };
    std::vector<packet> lines = pass(lines_entry, {}, packets(packet({{"text", log}})));
    std::vector<packet> posts =
        pass(grep_entry, {{"pattern", "POST"}, {"fixed", true}}, packets(lines.at(0).clone()));
    BOOST_TEST(posts.at(0).values("text").size() == 1U);

    std::vector<packet> gets = pass(grep_entry, {{"pattern", "\"GET"}}, std::move(lines));
    gets = pass(sort_entry, {{"order", "descending"}}, std::move(gets));
    gets = pass(cut_entry, {{"parts", {"4", "6", "7"}}, {"delimiter", " "}}, std::move(gets));
    gets = pass(uniq_entry, {}, std::move(gets));
    BOOST_TEST(fields_of(gets) == strings{R"({"text":["[10/Oct/2000:13:55:38 \"GET /a",)"
                                          R"("[10/Oct/2000:13:55:36 \"GET /b"]})"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(other_fields_and_packets_without_the_field_stay)
{
    packet order;
    order.set_meta("requestmethod", "DELETE");
    auto result = run_entry(sort_entry, {{"field", "a"}, {"to", "b"}},
                            packets(packet({{"a", json::array{2, 1}}, {"c", 1}}),
                                    packet({{"c", 2}}), std::move(order)));
    BOOST_TEST(fields_of(result.out()) ==
                   (strings{R"({"a":[2,1],"c":1,"b":[1,2]})", R"({"c":2})", "{}"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_value_that_json_cannot_hold_fails)
{
    BOOST_TEST(values(sort_entry, {std::numeric_limits<double>::infinity(), "a"})
                   .starts_with("field \"text\": "));
}

BOOST_AUTO_TEST_SUITE_END()
