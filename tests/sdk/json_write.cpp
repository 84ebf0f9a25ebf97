// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// JSON that is written.

#include <penstock/json.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdint>
#include <limits>
#include <string>

using penstock::parse_json;
using penstock::write_json;
namespace json = penstock::json;

BOOST_AUTO_TEST_CASE(a_double_is_written_so_that_it_stays_one)
{
    BOOST_TEST(write_json(1.0) == "1.0");
    BOOST_TEST(write_json(-0.0) == "-0.0");
    BOOST_TEST(write_json(0.1) == "0.1");
    BOOST_TEST(write_json(1e300) == "1e+300");
    BOOST_TEST(write_json(123456789.0) == "123456789.0");
    BOOST_TEST(write_json(1) == "1");
    BOOST_TEST(write_json(18446744073709551615U) == "18446744073709551615");
    BOOST_TEST(write_json(std::numeric_limits<std::int64_t>::min()) == "-9223372036854775808");
}

BOOST_AUTO_TEST_CASE(what_is_not_finite_is_not_written)
{
    for (const double number : {HUGE_VAL, -HUGE_VAL, std::nan("")})
    {
        std::string out = "before";
        BOOST_CHECK_THROW((void)write_json(json::value(number)), std::invalid_argument);
        BOOST_CHECK_THROW(write_json(json::value{1, number}, out), std::invalid_argument);
        BOOST_CHECK_THROW(write_json(json::object{{"a", number}}, out), std::invalid_argument);
        BOOST_TEST(out == "before");
    }
}

BOOST_AUTO_TEST_CASE(text_is_escaped_where_it_must_be)
{
    std::string every;
    for (int c = 0; c < 0x80; ++c)
        every += static_cast<char>(c);
    const json::value value = every.c_str() + 1;
    BOOST_TEST(write_json(json::value(json::string(every))).find('\n') == std::string::npos);
    BOOST_TEST(parse_json(write_json(json::value(json::string(every)))).as_string() == every);
    BOOST_TEST(write_json("\"\\/\b\f\n\r\t\x01\x1f\x7f\u2028") ==
               "\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\u2028\"");
    BOOST_TEST(write_json(json::object{{"\n", ""}, {"", "x"}}) == "{\"\\n\":\"\",\"\":\"x\"}");
}

// Else nobody could read what a component has set.
BOOST_AUTO_TEST_CASE(text_of_other_bytes_is_written_as_utf_8)
{
    const auto written = [](std::string_view text)
    { return std::string(parse_json(write_json(json::value(text))).as_string()); };
    const std::string replaced = "\xef\xbf\xbd";
    BOOST_TEST(written("\xff") == replaced);
    BOOST_TEST(written("a \"long\" text of more than sixteen bytes \xc3\xb6\n\xc3 and more \xfe") ==
               "a \"long\" text of more than sixteen bytes \xc3\xb6\n" + replaced + " and more " +
                   replaced);
    BOOST_TEST(written("\xed\xa0\x80") == replaced + replaced + replaced);
    for (std::size_t before = 0; before < 40; ++before)
        for (const std::string text : {"\xc3\xb6", "\xe2\x82\xac\"", "\\\xf0\x9f\x98\x80"})
            BOOST_TEST(written(std::string(before, 'x') + text + 'y') ==
                       std::string(before, 'x') + text + 'y');
    BOOST_TEST(write_json(json::object{{"\xff", 1}}) == "{\"" + replaced + "\":1}");
}

BOOST_AUTO_TEST_CASE(writing_appends)
{
    std::string out = "a";
    write_json(json::value{}, out);
    write_json(json::array{}, out);
    write_json(json::object{}, out);
    write_json(json::object{{"k", {1, 2}}}, out);
    BOOST_TEST(out == "anull[]{}{\"k\":[1,2]}");
}
