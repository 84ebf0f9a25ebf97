// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "json_form.hpp"
#include "protobuf_reader.hpp"
#include "protobuf_writer.hpp"
#include "records.hpp"

#include <boost/test/unit_test.hpp>

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

BOOST_AUTO_TEST_SUITE(otlp_forms)

using namespace otlp_package;
using namespace std::string_literals;

namespace
{

// The examples of the specification, shortened:
// https://github.com/open-telemetry/opentelemetry-proto/tree/v1.5.0/examples
const char* const logs = R"({"resourceLogs":[{"resource":{"attributes":[
    {"key":"service.name","value":{"stringValue":"my.service"}}]},
  "scopeLogs":[{"scope":{"name":"my.library","version":"1.0.0","attributes":[
    {"key":"my.scope.attribute","value":{"stringValue":"some scope attribute"}}]},
  "logRecords":[{"timeUnixNano":"1544712660300000000","observedTimeUnixNano":"1544712660300000000",
    "severityNumber":10,"severityText":"Information","traceId":"5B8EFFF798038103D269B633813FC60C",
    "spanId":"EEE19B7EC3C1B174","body":{"stringValue":"Example log record"},"attributes":[
    {"key":"boolean","value":{"boolValue":true}},{"key":"int","value":{"intValue":"10"}},
    {"key":"double","value":{"doubleValue":637.704}},
    {"key":"array","value":{"arrayValue":{"values":[{"stringValue":"many"},{"stringValue":"values"}]}}},
    {"key":"map","value":{"kvlistValue":{"values":[
      {"key":"some.map.key","value":{"stringValue":"some value"}}]}}}]}]}]}]})";

const char* const metrics = R"({"resourceMetrics":[{"scopeMetrics":[{"metrics":[
  {"name":"my.counter","unit":"1","description":"I am a Counter","sum":{"aggregationTemporality":1,
    "isMonotonic":true,"dataPoints":[{"asDouble":5,"startTimeUnixNano":"1544712660300000000",
    "timeUnixNano":"1544712660300000000"}]}},
  {"name":"my.gauge","gauge":{"dataPoints":[{"asInt":"10"},{"asDouble":"NaN"}]}},
  {"name":"my.histogram","histogram":{"aggregationTemporality":1,"dataPoints":[{"count":"2","sum":2,
    "bucketCounts":["1","1"],"explicitBounds":[1],"min":0,"max":2,
    "exemplars":[{"asDouble":0.5,"spanId":"eee19b7ec3c1b174"}]}]}},
  {"name":"my.exponential","exponentialHistogram":{"aggregationTemporality":1,"dataPoints":[{
    "count":"3","sum":10,"scale":-1,"zeroCount":"1","positive":{"offset":-2,"bucketCounts":["0","2"]},
    "zeroThreshold":0.25}]}},
  {"name":"my.summary","summary":{"dataPoints":[{"count":"2","sum":3,
    "quantileValues":[{"quantile":0.5,"value":1.5}]}]}}]}]}]})";

const char* const spans = R"({"resourceSpans":[{"schemaUrl":"https://r","scopeSpans":[{"spans":[{
  "traceId":"5b8efff798038103d269b633813fc60c","spanId":"eee19b7ec3c1b174","parentSpanId":"",
  "name":"I'm a server span","kind":2,"flags":257,"events":[{"timeUnixNano":"1","name":"e"}],
  "links":[{"spanId":"eee19b7ec3c1b173"}],"status":{"code":2,"message":"m"}}]}]}]})";

json::object from_json(signal of, std::string_view text)
{
    return read_json(request_message(of), penstock::parse_json(text));
}

std::vector<std::string> texts(std::vector<record> records)
{
    std::vector<std::string> made;
    for (record& each : records)
        made.push_back(penstock::write_json(json::value(fields_of(std::move(each)))));
    return made;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_log_record_has_plain_values)
{
    const auto found = texts(records_of(signal::logs, from_json(signal::logs, logs)));
    BOOST_TEST_REQUIRE(found.size() == 1U);
    BOOST_TEST(
        found.front() ==
        R"({"time":"2018-12-13T14:51:00.300000000Z","severity_number":10,)"
        R"("severity_text":"Information","body":"Example log record",)"
        R"("attributes":{"boolean":true,"int":10,"double":637.704,"array":["many","values"],)"
        R"("map":{"some.map.key":"some value"}},"trace_id":"5b8efff798038103d269b633813fc60c",)"
        R"("span_id":"eee19b7ec3c1b174","observed_time":"2018-12-13T14:51:00.300000000Z",)"
        R"("resource":{"attributes":{"service.name":"my.service"}},)"
        R"("scope":{"name":"my.library","version":"1.0.0",)"
        R"("attributes":{"my.scope.attribute":"some scope attribute"}}})");
}

BOOST_AUTO_TEST_CASE(a_data_point_has_what_its_metric_has)
{
    const auto found = texts(records_of(signal::metrics, from_json(signal::metrics, metrics)));
    BOOST_TEST_REQUIRE(found.size() == 6U);
    BOOST_TEST(found[0] == R"({"start_time":"2018-12-13T14:51:00.300000000Z",)"
                           R"("time":"2018-12-13T14:51:00.300000000Z","value":5.0,"type":"sum",)"
                           R"("name":"my.counter","description":"I am a Counter","unit":"1",)"
                           R"("aggregation_temporality":1,"is_monotonic":true})");
    BOOST_TEST(found[1] == R"({"value":10,"type":"gauge","name":"my.gauge"})");
    BOOST_TEST(found[2] == R"({"value":"NaN","type":"gauge","name":"my.gauge"})");
}

BOOST_AUTO_TEST_CASE(both_encodings_give_the_same_records_and_keep_all_of_them)
{
    for (const auto& [of, text] : {std::pair{signal::logs, logs}, std::pair{signal::traces, spans},
                                   std::pair{signal::metrics, metrics}})
    {
        const json::object request = from_json(of, text);
        const std::string bytes = write_protobuf(request_message(of), request);
        BOOST_TEST((read_protobuf(request_message(of), bytes) == request), text);
        BOOST_TEST((read_json(request_message(of), json::value(write_json_form(
                                                       request_message(of), request))) == request),
                   text);
        std::vector<json::object> fields;
        for (record& each : records_of(of, json::object(request)))
            fields.push_back(fields_of(std::move(each)));
        const auto all = texts(records_of(of, json::object(request)));
        BOOST_TEST(texts(records_of(of, request_of(of, std::move(fields)))) == all,
                   boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_CASE(numbers_of_protobuf_are_those_of_the_specification)
{
    // Metric 7 (sum), its 1 (data_points), there 6 (as_int, -1), 3 (time) and 2 (start), and an
    // unknown field 99.
    const std::string point = "\x31\xff\xff\xff\xff\xff\xff\xff\xff\x19\1\0\0\0\0\0\0\0"s
                              "\x11\2\0\0\0\0\0\0\0\x9a\6\1x"s;
    const std::string sum =
        "\x0a" + std::string(1, static_cast<char>(point.size())) + point + "\x10\2";
    const std::string bytes = "\x0a\1n\x3a" + std::string(1, static_cast<char>(sum.size())) + sum;
    const json::object found = read_protobuf(record_message(signal::metrics), bytes);
    BOOST_TEST(penstock::write_json(json::value(found)) ==
               R"({"name":"n","sum":{"data_points":[{"value":-1,)"
               R"("time":"1970-01-01T00:00:00.000000001Z",)"
               R"("start_time":"1970-01-01T00:00:00.000000002Z"}],"aggregation_temporality":2}})");
}

BOOST_AUTO_TEST_CASE(lists_of_numbers_are_read_packed_or_not)
{
    const field* histogram = find_field(record_message(signal::metrics), "histogram");
    const message& point = *find_field(*histogram->of, "data_points")->of;
    const std::string one = "\1\0\0\0\0\0\0\0"s;
    const json::object expected{{"bucket_counts", json::array{1, 1}}};
    BOOST_TEST((read_protobuf(point, "\x32\x10" + one + one) == expected));
    BOOST_TEST((read_protobuf(point, "\x31" + one + "\x31" + one) == expected));
}

BOOST_AUTO_TEST_CASE(what_is_broken_is_refused)
{
    const message& log = record_message(signal::logs);
    for (const std::string& each : {"\x09\1\2"s, "\x1a\5ab"s, "\x0b"s, "\x0d\0\0\0\0"s, "\x80"s,
                                    "\x2a\x02\x0a\x05"s, "\x07"s})
        BOOST_CHECK_THROW((void)read_protobuf(log, each), std::invalid_argument);
    for (const char* each :
         {"[]", R"({"traceId":"xy"})", R"({"severityNumber":"x"})", R"({"severityNumber":-1})",
          R"({"body":"x"})", R"({"attributes":{}})", R"({"attributes":[{"value":{}}]})",
          R"({"timeUnixNano":"2020-01-01"})", R"({"severityText":1})"})
        BOOST_CHECK_THROW((void)read_json(log, penstock::parse_json(each)), std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(values_that_are_nested_too_deep_are_refused)
{
    std::string value;
    for (int i = 0; i < 50; ++i)
    {
        const auto wrapped = [](char tag, const std::string& text)
        {
            std::string made(1, tag);
            std::size_t size = text.size();
            for (; size >= 128; size /= 128)
                made += static_cast<char>(size % 128 + 128);
            return made + static_cast<char>(size) + text;
        };
        value = wrapped('\x2a', wrapped('\x0a', value));
    }
    const std::string body = "\x2a" + std::string(1, static_cast<char>(value.size() % 128 + 128)) +
                             std::string(1, static_cast<char>(value.size() / 128)) + value;
    BOOST_CHECK_THROW((void)read_protobuf(record_message(signal::logs), body),
                      std::invalid_argument);
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_text_are_replaced)
{
    const json::object found = read_protobuf(record_message(signal::logs), "\x1a\2\xffz"s);
    BOOST_TEST(found.at("severity_text").as_string() == "\xef\xbf\xbdz");
}

BOOST_AUTO_TEST_CASE(records_stand_together_where_they_share_a_resource)
{
    std::vector<json::object> list;
    for (const char* name : {"a", "a", "b"})
        list.push_back({{"body", 1}, {"resource", {{"attributes", {{"service.name", name}}}}}});
    const json::object request = request_of(signal::logs, std::move(list));
    const json::array& resources = request.at("resources").as_array();
    BOOST_TEST_REQUIRE(resources.size() == 2U);
    BOOST_TEST(resources[0].at("scopes").at(0).at("records").as_array().size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
