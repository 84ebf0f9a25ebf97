// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "curl/scripted_server.hpp"
#include "export_answer.hpp"
#include "gzip.hpp"
#include "run_entry.hpp"

#include <penstock/unavailable.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <stdexcept>
#include <string>
#include <utility>

BOOST_AUTO_TEST_SUITE(otlp_publish)

namespace json = penstock::json;
using otlp_package::publish_entry;
using penstock::packet;
using penstock::testing::packets;

namespace
{

json::object to(const scripted_server& where)
{
    return {{"url", where.url()}, {"format", "json"}, {"compression", "none"}};
}

packet log_record(int n)
{
    return packet({{"body", n}});
}

scripted_answer says(unsigned status, std::string body)
{
    return {.status = status, .body = std::move(body)};
}

} // namespace

BOOST_AUTO_TEST_CASE(packets_of_a_batch_are_one_request_for_each_signal)
{
    scripted_server far([](const received_request&) { return says(200, "{}"); });
    packet point({{"name", "m"}, {"type", "gauge"}, {"value", 1.5}});
    point.set_meta("otlp", "metrics");
    auto result =
        run_entry(publish_entry, to(far), packets(log_record(1), std::move(point), log_record(2)));
    BOOST_TEST(result.delivered.size() == 3U);
    const auto requests = far.requests();
    BOOST_TEST_REQUIRE(requests.size() == 2U);
    BOOST_TEST(requests[0].target == "/v1/logs");
    BOOST_TEST(requests[0].header("content-type") == "application/json");
    BOOST_TEST(requests[0].body == R"({"resourceLogs":[{"scopeLogs":[{"logRecords":[)"
                                   R"({"body":{"intValue":"1"}},{"body":{"intValue":"2"}}]}]}]})");
    BOOST_TEST(requests[1].target == "/v1/metrics");
    BOOST_TEST(requests[1].body ==
               R"({"resourceMetrics":[{"scopeMetrics":[{"metrics":[)"
               R"({"name":"m","gauge":{"dataPoints":[{"asDouble":1.5}]}}]}]}]})");
}

BOOST_AUTO_TEST_CASE(requests_are_protobuf_and_gzip_unless_the_graph_says_otherwise)
{
    scripted_server far([](const received_request&) { return says(200, ""); });
    auto result = run_entry(publish_entry, {{"url", far.url()}}, packets(packet({{"body", "x"}})));
    BOOST_TEST(result.delivered.size() == 1U);
    const received_request sent = far.requests().front();
    BOOST_TEST(sent.header("content-type") == "application/x-protobuf");
    BOOST_TEST(sent.header("content-encoding") == "gzip");
    BOOST_TEST(otlp_package::unpacked(sent.body, 100) ==
               "\x0a\x09\x12\x07\x12\x05\x2a\x03\x0a\x01x");
}

BOOST_AUTO_TEST_CASE(a_server_that_is_busy_is_waited_for_as_long_as_it_asks_for)
{
    for (const unsigned status : {429U, 502U, 503U, 504U, 401U, 404U})
    {
        scripted_server far(
            [status](const received_request&)
            { return scripted_answer{.status = status, .headers = {"Retry-After: 7"}}; });
        try
        {
            (void)run_entry(publish_entry, to(far), packets(log_record(1)));
            BOOST_ERROR("it was not waited for");
        }
        catch (const penstock::unavailable& error)
        {
            BOOST_TEST((error.retry_after() == std::chrono::seconds(7)));
        }
    }
}

BOOST_AUTO_TEST_CASE(packets_of_which_some_were_rejected_fail_with_the_reason)
{
    scripted_server far(
        [](const received_request&)
        {
            return says(
                200, R"({"partialSuccess":{"rejectedLogRecords":"1","errorMessage":"too\nold"}})");
        });
    auto result = run_entry(publish_entry, to(far), packets(log_record(1), log_record(2)));
    BOOST_TEST_REQUIRE(result.failed.size() == 2U);
    BOOST_TEST(result.failed[0].second == "the server rejected 1 of 2 records: too old");
    BOOST_TEST(far.requests().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_warning_is_logged_and_the_packets_are_delivered)
{
    scripted_server far([](const received_request&)
                        { return says(200, R"({"partialSuccess":{"errorMessage":"be kind"}})"); });
    auto result = run_entry(publish_entry, to(far), packets(log_record(1)));
    BOOST_TEST(result.delivered.size() == 1U);
    BOOST_TEST_REQUIRE(result.log.size() == 1U);
    BOOST_TEST(result.log.front().find("the server warns: be kind") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_packet_to_blame_for_a_refused_request_fails_alone)
{
    scripted_server far(
        [](const received_request& request)
        {
            return request.body.find("\"13\"") == std::string::npos
                       ? says(200, "{}")
                       : says(400, R"({"code":3,"message":"unlucky"})");
        });
    auto result =
        run_entry(publish_entry, to(far),
                  packets(log_record(11), log_record(12), log_record(13), log_record(14)));
    BOOST_TEST(result.delivered.size() == 3U);
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].second == "status 400: unlucky");
}

BOOST_AUTO_TEST_CASE(a_packet_that_is_no_record_fails_alone)
{
    scripted_server far([](const received_request&) { return says(200, "{}"); });
    packet metric({{"name", "m"}});
    metric.set_meta("otlp", "metrics");
    auto result = run_entry(publish_entry, to(far),
                            packets(packet({{"trace_id", "xyz"}}), std::move(metric),
                                    packet({{"time", "yesterday"}}), log_record(1)));
    BOOST_TEST(result.delivered.size() == 1U);
    BOOST_TEST_REQUIRE(result.failed.size() == 3U);
    BOOST_TEST(result.failed[0].second ==
               "trace_id: is no text of hexadecimal digits; one was expected");
    BOOST_TEST(result.failed[1].second.starts_with("type: is no form of a metric"));
    BOOST_TEST(result.failed[2].second.starts_with("time: is no time of RFC 3339"));
}

BOOST_AUTO_TEST_CASE(a_body_that_unpacks_to_more_than_is_allowed_is_refused)
{
    const std::string bytes = otlp_package::packed(std::string(100'000, 'x'));
    BOOST_TEST(otlp_package::unpacked(bytes, 100'000).size() == 100'000U);
    BOOST_CHECK_THROW((void)otlp_package::unpacked(bytes, 99'999), std::length_error);
    BOOST_CHECK_THROW((void)otlp_package::unpacked(bytes.substr(0, 50), 100'000),
                      std::invalid_argument);
    BOOST_CHECK_THROW((void)otlp_package::unpacked("x", 10), std::invalid_argument);
}

BOOST_AUTO_TEST_SUITE_END()
