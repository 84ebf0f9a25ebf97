// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "run_entry.hpp"

#include <boost/test/unit_test.hpp>

using dates_package::normalize_entry;
namespace json = penstock::json;

BOOST_AUTO_TEST_SUITE(dates_normalize)

namespace
{

// What becomes of a value, as JSON; the reason if its packet fails.
std::string made(json::value value, json::object parameters = {})
{
    parameters["fields"] = {"d"};
    auto result =
        run_entry(normalize_entry, parameters,
                  penstock::testing::packets(penstock::packet({{"d", std::move(value)}})));
    if (!result.failed.empty())
        return result.failed[0].second;
    BOOST_REQUIRE(result.out().size() == 1);
    return penstock::write_json(result.out()[0].get("d"));
}

// The same for a date by one format.
std::string by(std::string_view format, json::value value)
{
    return made(std::move(value), {{"formats", json::array{format}}});
}

constexpr const char* no_date = R"(field "d": is no date; one of the formats was expected)";

} // namespace

BOOST_AUTO_TEST_CASE(usual_formats_become_rfc_3339)
{
    BOOST_TEST(made("2026-12-01T01:02:03Z") == R"("2026-12-01T01:02:03Z")");
    BOOST_TEST(made("2026-12-01 01:02:03.5+01:00") == R"("2026-12-01T00:02:03.500Z")");
    BOOST_TEST(made("Tue, 1 Dec 2026 01:02:03 -0500") == R"("2026-12-01T06:02:03Z")");
    BOOST_TEST(made("01 Dec 2026 01:02 GMT") == R"("2026-12-01T01:02:00Z")");
    BOOST_TEST(made("2026-12-01T01:02:03") == R"("2026-12-01T01:02:03Z")");
    BOOST_TEST(made(" 2026-12-01 ") == R"("2026-12-01T00:00:00Z")");
}

BOOST_AUTO_TEST_CASE(a_month_or_a_day_that_is_missing_is_the_first)
{
    const json::object pypes{{"formats", {"%m/%d/%Y", "%m/%Y", "%Y"}}};
    BOOST_TEST(made("12/31/2010", pypes) == R"("2010-12-31T00:00:00Z")");
    BOOST_TEST(made("12/2010", pypes) == R"("2010-12-01T00:00:00Z")");
    BOOST_TEST(made("2010", pypes) == R"("2010-01-01T00:00:00Z")");
    BOOST_TEST(made(2010, pypes) == R"("2010-01-01T00:00:00Z")");
    BOOST_TEST(made("02/30/2010", pypes) == no_date);
    BOOST_TEST(made("12/31/10", pypes) == no_date);
}

BOOST_AUTO_TEST_CASE(names_of_months_and_days_are_english_in_any_case)
{
    BOOST_TEST(by("%d/%b/%Y:%T %z", "10/Oct/2000:13:55:36 -0700") == R"("2000-10-10T20:55:36Z")");
    BOOST_TEST(by("%A, %B %d, %Y", "tuesday, DECEMBER 1, 2026") == R"("2026-12-01T00:00:00Z")");
    BOOST_TEST(by("%a %d.%m.%Y", "Mon 01.12.2026") == no_date); // it was a Tuesday
    BOOST_TEST(by("%I:%M %p %d.%m.%Y", "01:30 PM 01.12.2026") == R"("2026-12-01T13:30:00Z")");
}

BOOST_AUTO_TEST_CASE(years_of_two_digits_are_of_1969_to_2068)
{
    BOOST_TEST(by("%d.%m.%y", "31.12.69") == R"("1969-12-31T00:00:00Z")");
    BOOST_TEST(by("%d.%m.%y", "31.12.68") == R"("2068-12-31T00:00:00Z")");
}

BOOST_AUTO_TEST_CASE(years_have_four_digits)
{
    BOOST_TEST(by("%Y", "1000") == R"("1000-01-01T00:00:00Z")");
    BOOST_TEST(by("%F", "1850-06-15") == R"("1850-06-15T00:00:00Z")");
    BOOST_TEST(by("%F", "9999-12-31") == R"("9999-12-31T00:00:00Z")");
    BOOST_TEST(by("%Y", "999") == no_date);
    BOOST_TEST(by("%Y", "-2026") == no_date);
    BOOST_TEST(by("%Y", "20261") == no_date);
}

BOOST_AUTO_TEST_CASE(seconds_since_1970_are_dates)
{
    BOOST_TEST(by("epoch", "1796086923") == R"("2026-12-01T01:02:03Z")");
    BOOST_TEST(by("epoch", 1796086923) == R"("2026-12-01T01:02:03Z")");
    BOOST_TEST(by("epoch", 1796086923.25) == R"("2026-12-01T01:02:03.250Z")");
    BOOST_TEST(by("epoch", "-0.5") == R"("1969-12-31T23:59:59.500Z")");
    BOOST_TEST(by("epoch_ms", 1796086923004) == R"("2026-12-01T01:02:03.004Z")");
    BOOST_TEST(by("epoch_ms", "-1") == R"("1969-12-31T23:59:59.999Z")");
    for (const std::string_view text : {"", "1e9", "1.", ".5", "--1", "999999999999999", "0x1"})
        BOOST_TEST(by("epoch", json::string(text)) == no_date, text);
}

BOOST_AUTO_TEST_CASE(dates_have_zones)
{
    json::object parameters{{"zone", "Europe/Berlin"}};
    BOOST_TEST(made("2026-07-01 12:00:00", parameters) == R"("2026-07-01T10:00:00Z")");
    BOOST_TEST(made("2026-12-01 12:00:00", parameters) == R"("2026-12-01T11:00:00Z")");
    BOOST_TEST(made("2026-12-01T12:00:00Z", parameters) == R"("2026-12-01T12:00:00Z")");
    // The clocks show this time twice, and skip that one.
    BOOST_TEST(made("2026-10-25 02:30:00", parameters) == R"("2026-10-25T00:30:00Z")");
    BOOST_TEST(made("2026-03-29 02:30:00", parameters) == R"("2026-03-29T01:00:00Z")");
    parameters = {{"to_zone", "America/New_York"}};
    BOOST_TEST(made("2026-12-01T01:02:03Z", parameters) == R"("2026-11-30T20:02:03-05:00")");
}

BOOST_AUTO_TEST_CASE(other_formats_can_be_written)
{
    const std::string_view date = "2026-12-01T01:02:03.25Z";
    BOOST_TEST(made(date.data(), {{"to", "%d.%m.%Y %H:%M"}}) == R"("01.12.2026 01:02")");
    BOOST_TEST(made(date.data(), {{"to", "rfc2822"}}) ==
               R"("Tue, 01 Dec 2026 01:02:03.250 +0000")");
    BOOST_TEST(made(date.data(), {{"to", "epoch_ms"}}) == "1796086923250");
    BOOST_TEST(made(date.data(), {{"to", "epoch"}}) == "1796086923.25");
    BOOST_TEST(made("2026-12-01", {{"to", "epoch"}}) == "1796083200");
}

BOOST_AUTO_TEST_CASE(each_value_of_several_is_read)
{
    BOOST_TEST(made(json::array{"2026-12-01", nullptr, "2026-12-02"}) ==
               R"(["2026-12-01T00:00:00Z",null,"2026-12-02T00:00:00Z"])");
}

BOOST_AUTO_TEST_CASE(years_are_those_of_utc_too)
{
    BOOST_TEST(made("9999-12-31T23:59:59-01:00") == no_date);
    BOOST_TEST(made("1000-01-01T00:00:00+01:00") == no_date);
    BOOST_TEST(made("0999-12-31T23:30:00-01:00") == no_date);
    BOOST_TEST(made("9999-12-31T23:59:59", {{"zone", "America/New_York"}}) == no_date);
}

BOOST_AUTO_TEST_CASE(offsets_are_less_than_a_day)
{
    BOOST_TEST(made("2026-12-01T01:02:03+99:59") == no_date);
    BOOST_TEST(made("2026-12-01T01:02:03+23:60") == no_date);
    BOOST_TEST(made("2026-12-01T01:02:03+24:00") == no_date);
    BOOST_TEST(made("2026-12-01T01:02:03-23:59") == R"("2026-12-02T01:01:03Z")");
}

BOOST_AUTO_TEST_CASE(zones_of_mail_are_read)
{
    BOOST_TEST(made("Tue, 01 Dec 2026 01:02:03 EST") == R"("2026-12-01T06:02:03Z")");
    BOOST_TEST(made("Tue, 01 Dec 2026 01:02:03 EDT") == R"("2026-12-01T05:02:03Z")");
    BOOST_TEST(made("1 Dec 2026 01:02 CST") == R"("2026-12-01T07:02:00Z")");
    BOOST_TEST(made("1 Dec 2026 01:02 PDT") == R"("2026-12-01T08:02:00Z")");
    BOOST_TEST(made("1 Dec 2026 01:02 PST") == R"("2026-12-01T09:02:00Z")");
    BOOST_TEST(made("1 Dec 2026 01:02 MDT (Denver)") == R"("2026-12-01T07:02:00Z")");
    BOOST_TEST(made("1 Dec 2026 01:02 CET") == no_date);
}

BOOST_AUTO_TEST_CASE(a_leap_second_is_the_one_after_it)
{
    BOOST_TEST(made("2016-12-31T23:59:60Z") == R"("2017-01-01T00:00:00Z")");
    BOOST_TEST(made("1990-12-31T15:59:60.5-08:00") == R"("1991-01-01T00:00:00.500Z")");
    BOOST_TEST(made("Sat, 31 Dec 2016 23:59:60 GMT") == R"("2017-01-01T00:00:00Z")");
    BOOST_TEST(made("2026-12-01T01:02:60Z") == no_date); // no minute's end in UTC
    BOOST_TEST(made("2016-12-31T23:59:61Z") == no_date);
}

BOOST_AUTO_TEST_CASE(what_no_format_reads_fails_or_stays)
{
    for (const json::value& value :
         {json::value("never"), json::value(""), json::value("2026-12-01x"), json::value(true),
          json::value("2026-12-01T24:00:00Z"), json::value("2026-12-01T01:02:60Z"),
          json::value(json::object{{"a", 1}}), json::value(std::string(1000, '2'))})
    {
        BOOST_TEST(made(value) == no_date);
        BOOST_TEST(made(value, {{"on_failure", "keep"}}) == penstock::write_json(value));
    }
}

BOOST_AUTO_TEST_CASE(formats_that_name_no_day_or_hour_are_refused)
{
    for (const char* const format : {"%Y-%U", "%Y %W", "%G-%V", "%Y-%m-%d %I:%M", "%F %I"})
        BOOST_TEST(refusal(normalize_entry, {{"fields", {"d"}}, {"formats", {format}}}) != "none",
                   format);
    for (const char* const format : {"%Y-%U-%w", "%G-W%V-%u", "%F %I:%M %p", "%Y %W %a"})
        BOOST_TEST(refusal(normalize_entry, {{"fields", {"d"}}, {"formats", {format}}}) == "none",
                   format);
    BOOST_TEST(by("%G-W%V-%u", "2026-W49-2") == R"("2026-12-01T00:00:00Z")");
}

BOOST_AUTO_TEST_CASE(formats_and_zones_are_checked)
{
    const auto has = [](const json::object& parameters, std::string_view part)
    {
        json::object all = parameters;
        all["fields"] = {"d"};
        return refusal(normalize_entry, all).find(part) != std::string::npos;
    };
    BOOST_TEST(has({{"formats", {"%d.%m."}}}, "has no year"));
    BOOST_TEST(has({{"formats", {"%Y %Z"}}}, "has %Z"));
    BOOST_TEST(has({{"formats", {"%Y %"}}}, "has %?"));
    BOOST_TEST(has({{"formats", {"%Ey"}}}, "has %?"));
    BOOST_TEST(has({{"formats", {"%555F"}}}, "has %?"));
    BOOST_TEST(has({{"to", "date"}}, "has no part of a date"));
    BOOST_TEST(has({{"zone", "Europe/Nowhere"}}, R"(is "Europe/Nowhere", which is no zone)"));
}

BOOST_AUTO_TEST_SUITE_END()
