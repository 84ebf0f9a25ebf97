// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "exposition.hpp"

#include <boost/test/unit_test.hpp>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(exposition)

using prometheus_package::read_exposition;
using prometheus_package::sample;

namespace
{

constexpr std::size_t enough = 1000;

std::vector<sample> read(std::string_view text)
{
    return read_exposition(text, enough);
}

std::string refusal_of(std::string_view text)
{
    try
    {
        (void)read(text);
    }
    catch (const std::runtime_error& error)
    {
        return error.what();
    }
    return "none";
}

} // namespace

// The example of the format's description, with its escapes.
BOOST_AUTO_TEST_CASE(what_a_target_tells_is_read_with_types_labels_and_times)
{
    const auto found = read(R"(# HELP http_requests_total The total number of HTTP requests.
# TYPE http_requests_total counter
http_requests_total{method="post",code="200"} 1027 1395066363000
http_requests_total{method="post",code="400",}    3 1395066363000

# Escaping in label values:
msdos_file_access_time_seconds{path="C:\\DIR\\FILE.TXT",error="Cannot find file:\n\"FILE.TXT\""} 1.458255915e9
metric_without_timestamp_and_labels 12.47
something_weird{problem="division by zero"} +Inf -3982045
# TYPE http_request_duration_seconds histogram
http_request_duration_seconds_bucket{le="+Inf"} 144320
http_request_duration_seconds_sum 53423
# TYPE rpc_duration_seconds summary
rpc_duration_seconds{quantile="0.01"} 3102
rpc_duration_seconds_count 2693
rpc_duration_seconds_bucket 1
)");
    BOOST_TEST_REQUIRE(found.size() == 10U);
    BOOST_TEST(found[0].name == "http_requests_total");
    BOOST_TEST(found[0].type == "counter");
    BOOST_TEST((found[0].labels == std::vector<std::pair<std::string, std::string>>{
                                       {"method", "post"}, {"code", "200"}}));
    BOOST_TEST(found[0].value == 1027.0);
    BOOST_TEST((found[0].timestamp == 1395066363000));
    BOOST_TEST(found[1].labels.size() == 2U);
    BOOST_TEST(found[2].labels[0].second == R"(C:\DIR\FILE.TXT)");
    BOOST_TEST(found[2].labels[1].second == "Cannot find file:\n\"FILE.TXT\"");
    BOOST_TEST(found[2].value == 1.458255915e9);
    BOOST_TEST(found[2].type == "untyped");
    BOOST_TEST(!found[3].timestamp.has_value());
    BOOST_TEST(found[4].value == std::numeric_limits<double>::infinity());
    BOOST_TEST((found[4].timestamp == -3982045));
    BOOST_TEST(found[5].type == "histogram");
    BOOST_TEST(found[6].type == "histogram");
    BOOST_TEST(found[7].type == "summary");
    BOOST_TEST(found[8].type == "summary");
    BOOST_TEST(found[9].type == "untyped"); // a summary has no buckets
}

BOOST_AUTO_TEST_CASE(numbers_are_what_the_format_calls_so)
{
    BOOST_TEST(std::isnan(read("a NaN").at(0).value));
    BOOST_TEST(read("a -inf\r\n").at(0).value == -std::numeric_limits<double>::infinity());
    BOOST_TEST(read("a -1.5e-3").at(0).value == -0.0015);
    BOOST_TEST(read("a\t.5").at(0).value == 0.5);
    BOOST_TEST(read("a 1e999").at(0).value == std::numeric_limits<double>::infinity());
    BOOST_TEST(read("a -1e-999").at(0).value == 0.0);
    BOOST_TEST(read("a 0." + std::string(400, '0') + "1").at(0).value == 0.0);
    BOOST_TEST(read("").empty());
    BOOST_TEST(read("# only a comment").empty());
    for (const char* odd : {"a x", "a +", "a --1", "a 0x10", "a"})
        BOOST_TEST(refusal_of(odd).starts_with("line 1: has the value "), odd);
}

BOOST_AUTO_TEST_CASE(what_is_not_of_the_format_is_refused_by_its_line)
{
    const std::pair<const char*, const char*> odd[] = {
        {"a 1\n9a 1", "line 2: has no name of a metric; one was expected"},
        {"{a=\"1\"} 1", "line 1: has no name of a metric; one was expected"},
        {"a{1=\"\"} 1", "line 1: has no name of a label; one was expected"},
        {"a{b} 1", "line 1: has the label b without a value; = was expected"},
        {"a{b=c} 1", "line 1: has a label without a value in quotes; one was expected"},
        {"a{b=\"c} 1", "line 1: ends in the value of a label; a quote was expected"},
        {"a{b=\"\\t\"} 1",
         R"(line 1: has an odd escape in the value of a label; \\, \" or \n was expected)"},
        {"a{b=\"\" c=\"\"} 1",
         "line 1: has labels that do not end; a comma or a brace was expected"},
        {"a{b=\"\",b=\"\"} 1", "line 1: has the label b twice; one was expected"},
        {"a 1 x", "line 1: has the timestamp x; milliseconds since 1970 were expected, of the "
                  "years 0 to 9999"},
        {"a 1 253402300800000", "line 1: has the timestamp 253402300800000; milliseconds since "
                                "1970 were expected, of the years 0 to 9999"},
        {"a 1 2 3", "line 1: goes on behind the timestamp; its end was expected"},
        {"# TYPE a speed", "line 1: has the type speed; counter, gauge, histogram, summary or "
                           "untyped was expected"}};
    for (const auto& [text, why] : odd)
        BOOST_TEST(refusal_of(text) == why);
    BOOST_CHECK_EXCEPTION((void)read_exposition("a 1\nb 2\n", 1), std::runtime_error,
                          [](const std::runtime_error& error) {
                              return std::string(error.what()) ==
                                     "has more than 1 samples; at most so many were expected";
                          });
}

BOOST_AUTO_TEST_SUITE_END()
