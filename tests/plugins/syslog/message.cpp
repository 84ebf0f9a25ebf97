// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "message.hpp"

#include <penstock/json.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(syslog_message)

using namespace syslog_package;

namespace
{

constexpr std::time_t first_of_december = 1'796'083'200; // 2026-12-01T00:00:00Z

message read(std::string_view text, std::time_t now = first_of_december)
{
    return read_message(text, {now, false});
}

// All parts, one behind the other.
std::string parts(const message& of)
{
    return std::string(of.format) + '|' + std::to_string(of.facility) + '|' +
           std::to_string(of.severity) + '|' + of.timestamp + '|' + of.host + '|' + of.app + '|' +
           of.procid + '|' + of.msgid + '|' + penstock::write_json(of.structured_data) + '|' +
           of.text;
}

} // namespace

BOOST_AUTO_TEST_CASE(the_examples_of_rfc_5424_are_read)
{
    BOOST_TEST(parts(read("<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - "
                          "\xef\xbb\xbf'su root' failed for lonvick on /dev/pts/8")) ==
               "rfc5424|4|2|2003-10-11T22:14:15.003Z|mymachine.example.com|su||ID47|{}|'su root' "
               "failed for lonvick on /dev/pts/8");
    BOOST_TEST(parts(read("<165>1 2003-08-24T05:14:15.000003-07:00 192.0.2.1 myproc 8710 - - %% "
                          "It's time to make the do-nuts.")) ==
               "rfc5424|20|5|2003-08-24T05:14:15.000003-07:00|192.0.2.1|myproc|8710||{}|%% It's "
               "time to make the do-nuts.");
    BOOST_TEST(
        parts(read("<165>1 2003-10-11T22:14:15.003Z mymachine.example.com evntslog - ID47 "
                   "[exampleSDID@32473 iut=\"3\" eventSource=\"Application\" "
                   "eventID=\"1011\"][examplePriority@32473 class=\"high\"]")) ==
        R"(rfc5424|20|5|2003-10-11T22:14:15.003Z|mymachine.example.com|evntslog||ID47|{"exampleSDID@32473":{"iut":"3","eventSource":"Application","eventID":"1011"},"examplePriority@32473":{"class":"high"}}|)");
}

BOOST_AUTO_TEST_CASE(values_of_structured_data_are_unescaped_and_may_come_again)
{
    const message told = read(R"(<13>1 - - - - - [a x="1\"\\\]\n" y="" x="2"] [not data])");
    BOOST_TEST(penstock::write_json(told.structured_data) ==
               R"({"a":{"x":["1\"\\]\\n","2"],"y":""}})");
    BOOST_TEST(told.text == "[not data]");
}

BOOST_AUTO_TEST_CASE(structured_data_with_very_many_names_is_text)
{
    std::string many = "<13>1 - - - - - [a";
    for (int i = 0; i < 1000; ++i)
        many += " n" + std::to_string(i) + "=\"\"";
    const message told = read(many + "] x");
    BOOST_TEST(told.format == "none");
    BOOST_TEST(told.structured_data.empty());
}

BOOST_AUTO_TEST_CASE(the_examples_of_rfc_3164_are_read_in_the_nearest_year)
{
    BOOST_TEST(parts(read("<34>Oct 11 22:14:15 mymachine su: 'su root' failed for lonvick on "
                          "/dev/pts/8")) ==
               "rfc3164|4|2|2026-10-11T22:14:15Z|mymachine|su|||{}|'su root' failed for lonvick on "
               "/dev/pts/8");
    BOOST_TEST(parts(read("<13>Feb  5 17:32:18 10.0.0.99 Use the BFG!")) ==
               "rfc3164|1|5|2027-02-05T17:32:18Z|10.0.0.99||||{}|Use the BFG!");
    BOOST_TEST(parts(read("<0>Dec 31 23:59:59 h sshd[42]: in", first_of_december - 330 * 86'400)) ==
               "rfc3164|0|0|2025-12-31T23:59:59Z|h|sshd|42||{}|in");
}

BOOST_AUTO_TEST_CASE(a_leap_day_is_of_a_leap_year)
{
    BOOST_TEST(read("<13>Feb 29 00:00:00 h a: b", 1'709'210'000).timestamp ==
               "2024-02-29T00:00:00Z");
    BOOST_TEST(read("<13>Feb 29 00:00:00 h a: b").format == "none"); // 2025 to 2027
}

BOOST_AUTO_TEST_CASE(messages_of_local_programs_and_of_rsyslog_are_read)
{
    BOOST_TEST(parts(read("<30>Dec  1 00:00:00 cron[7]: (root) CMD (x)\n")) ==
               "rfc3164|3|6|2026-12-01T00:00:00Z||cron|7||{}|(root) CMD (x)");
    BOOST_TEST(parts(read("<30>2026-12-01T01:02:03.004+01:00 host kernel: [1.5] up")) ==
               "rfc3164|3|6|2026-12-01T01:02:03.004+01:00|host|kernel|||{}|[1.5] up");
}

BOOST_AUTO_TEST_CASE(what_is_neither_is_text)
{
    BOOST_TEST(parts(read("hello")) == "none|1|5||||||{}|hello");
    BOOST_TEST(parts(read("<192>hello")) == "none|1|5||||||{}|<192>hello");
    BOOST_TEST(parts(read("<11>")) == "none|1|3||||||{}|");
    BOOST_TEST(parts(read("<11>1 yesterday h a - - - x")) ==
               "none|1|3||||||{}|1 yesterday h a - - - x");
    BOOST_TEST(parts(read("<11>1 - h a - - [x y] z")) == "none|1|3||||||{}|1 - h a - - [x y] z");
    BOOST_TEST(parts(read("<11>Foo 11 22:14:15 h a: b")) ==
               "none|1|3||||||{}|Foo 11 22:14:15 h a: b");
    BOOST_TEST(read("<11>\xff\r\n").text == "\xef\xbf\xbd");
}

BOOST_AUTO_TEST_CASE(facilities_and_severities_have_keywords)
{
    BOOST_TEST(facility_name(10) == "authpriv");
    BOOST_TEST(facility_name(23) == "local7");
    BOOST_TEST(severity_name(4) == "warning");
}

BOOST_AUTO_TEST_SUITE_END()
