// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Requests of OTLP in both encodings, as plugins/otlp reads them, and its answers.

#include "plugins/otlp/export_answer.hpp"
#include "plugins/otlp/json_form.hpp"
#include "plugins/otlp/nano_time.hpp"
#include "plugins/otlp/protobuf_reader.hpp"
#include "plugins/otlp/protobuf_writer.hpp"
#include "plugins/otlp/records.hpp"
#include "target.hpp"

#include <exception>
#include <stdexcept>
#include <utility>

namespace penstock::fuzz
{

namespace
{

using namespace otlp_package;

void try_request(signal of, json::object request)
{
    const message& as = request_message(of);
    const std::string bytes = write_protobuf(as, request);
    const json::object again = read_protobuf(as, bytes);
    hold(write_protobuf(as, again) == bytes, "what was written is read, and written again");
    (void)read_json(as, json::value(write_json_form(as, request)));
    for (record& each : records_of(of, std::move(request)))
        (void)write_json(json::value(fields_of(std::move(each))));
}

void try_protobuf(signal of, std::string_view input)
{
    json::object request;
    try
    {
        request = read_protobuf(request_message(of), input);
    }
    catch (const std::invalid_argument&) // it is none
    {
        return;
    }
    try_request(of, std::move(request));
}

void try_json(signal of, std::string_view input)
{
    json::object request;
    try
    {
        request = read_json(request_message(of), parse_json(input, {.depth = deepest}));
    }
    catch (const std::exception&) // it is none
    {
        return;
    }
    (void)write_protobuf(request_message(of), request);
    (void)records_of(of, std::move(request));
}

} // namespace

std::vector<std::string> seeds()
{
    const json::object logs = read_json(
        request_message(signal::logs),
        parse_json(R"({"resourceLogs":[{"scopeLogs":[{"scope":{"name":"s"},"logRecords":[)"
                   R"({"timeUnixNano":"1","body":{"kvlistValue":{"values":[{"key":"k","value":)"
                   R"({"arrayValue":{"values":[{"intValue":"-1"},{"boolValue":true},)"
                   R"({"doubleValue":0.5}]}}}]}},"traceId":"0102"}]}]}]})"));
    const json::object metrics = read_json(
        request_message(signal::metrics),
        parse_json(
            R"({"resourceMetrics":[{"scopeMetrics":[{"metrics":[{"name":"m","histogram":)"
            R"({"dataPoints":[{"count":"2","bucketCounts":["1","1"],"explicitBounds":[1]}]}},)"
            R"({"sum":{"dataPoints":[{"asInt":"1"},{"asDouble":"NaN"}]}},)"
            R"({"exponentialHistogram":{"dataPoints":[{"scale":-3,"positive":)"
            R"({"offset":-1,"bucketCounts":["1"]}}]}}]}]}]})"));
    return {write_protobuf(request_message(signal::logs), logs),
            write_protobuf(request_message(signal::metrics), metrics),
            write_json(json::value(write_json_form(request_message(signal::logs), logs))),
            write_json(json::value(write_json_form(request_message(signal::metrics), metrics))),
            R"({"partialSuccess":{"rejectedLogRecords":"1","errorMessage":"x"}})",
            "2026-01-02T03:04:05.000000006+01:00"};
}

void try_input(std::string_view input)
{
    for (const signal of : {signal::logs, signal::traces, signal::metrics})
    {
        try_protobuf(of, input);
        try_json(of, input);
        for (const encoding as : {encoding::protobuf, encoding::json})
            try
            {
                (void)read_answer(of, as, input);
            }
            catch (const std::invalid_argument&) // it is none
            {
            }
    }
    (void)read_refusal(encoding::protobuf, input);
    if (const auto time = nanoseconds_of(input))
        hold(nanoseconds_of(rfc3339(*time)) == time, "a time that was written is read");
}

} // namespace penstock::fuzz
