// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "schema.hpp"

#include <algorithm>
#include <array>

namespace otlp_package
{
namespace tables
{

using enum kind;

// A field of a message, and a list of messages.
constexpr field one(std::uint32_t number, std::string_view name, std::string_view json,
                    const message& of)
{
    return {number, name, json, kind::nested, &of, false};
}

constexpr field list(std::uint32_t number, std::string_view name, std::string_view json,
                     const message& of)
{
    return {number, name, json, kind::nested, &of, true};
}

constexpr field dropped(std::uint32_t number)
{
    return {number, "dropped_attributes_count", "droppedAttributesCount", uint32};
}

constexpr field start(std::uint32_t number)
{
    return {number, "start_time", "startTimeUnixNano", nano_time};
}

constexpr field time_of(std::uint32_t number)
{
    return {number, "time", "timeUnixNano", nano_time};
}

constexpr std::array resource_fields{field{1, "attributes", "attributes", attributes}, dropped(2)};
constexpr message resource{resource_fields};

constexpr std::array scope_fields{field{1, "name", "name", text},
                                  field{2, "version", "version", text},
                                  field{3, "attributes", "attributes", attributes}, dropped(4)};
constexpr message scope{scope_fields};

constexpr std::array log_fields{time_of(1),
                                field{2, "severity_number", "severityNumber", uint32},
                                field{3, "severity_text", "severityText", text},
                                field{5, "body", "body", any},
                                field{6, "attributes", "attributes", attributes},
                                dropped(7),
                                field{8, "flags", "flags", fixed32},
                                field{9, "trace_id", "traceId", hex},
                                field{10, "span_id", "spanId", hex},
                                field{11, "observed_time", "observedTimeUnixNano", nano_time},
                                field{12, "event_name", "eventName", text}};
constexpr message log_record{log_fields};

constexpr std::array event_fields{time_of(1), field{2, "name", "name", text},
                                  field{3, "attributes", "attributes", attributes}, dropped(4)};
constexpr message event{event_fields};

constexpr std::array link_fields{field{1, "trace_id", "traceId", hex},
                                 field{2, "span_id", "spanId", hex},
                                 field{3, "trace_state", "traceState", text},
                                 field{4, "attributes", "attributes", attributes},
                                 dropped(5),
                                 field{6, "flags", "flags", fixed32}};
constexpr message link{link_fields};

constexpr std::array span_status_fields{field{2, "message", "message", text},
                                        field{3, "code", "code", uint32}};
constexpr message span_status{span_status_fields};

constexpr std::array span_fields{field{1, "trace_id", "traceId", hex},
                                 field{2, "span_id", "spanId", hex},
                                 field{3, "trace_state", "traceState", text},
                                 field{4, "parent_span_id", "parentSpanId", hex},
                                 field{5, "name", "name", text},
                                 field{6, "kind", "kind", uint32},
                                 start(7),
                                 field{8, "end_time", "endTimeUnixNano", nano_time},
                                 field{9, "attributes", "attributes", attributes},
                                 dropped(10),
                                 list(11, "events", "events", event),
                                 field{12, "dropped_events_count", "droppedEventsCount", uint32},
                                 list(13, "links", "links", link),
                                 field{14, "dropped_links_count", "droppedLinksCount", uint32},
                                 one(15, "status", "status", span_status),
                                 field{16, "flags", "flags", fixed32}};
constexpr message span{span_fields};

constexpr std::array exemplar_fields{
    time_of(2),
    field{3, "value", "asDouble", real_part},
    field{4, "span_id", "spanId", hex},
    field{5, "trace_id", "traceId", hex},
    field{6, "value", "asInt", whole_part},
    field{7, "filtered_attributes", "filteredAttributes", attributes}};
constexpr message exemplar{exemplar_fields};

constexpr std::array number_fields{start(2),
                                   time_of(3),
                                   field{4, "value", "asDouble", real_part},
                                   list(5, "exemplars", "exemplars", exemplar),
                                   field{6, "value", "asInt", whole_part},
                                   field{7, "attributes", "attributes", attributes},
                                   field{8, "flags", "flags", uint32}};
constexpr message number_point{number_fields};

constexpr std::array histogram_point_fields{
    start(2),
    time_of(3),
    field{4, "count", "count", fixed64},
    field{5, "sum", "sum", real},
    field{6, "bucket_counts", "bucketCounts", fixed64, nullptr, true},
    field{7, "explicit_bounds", "explicitBounds", real, nullptr, true},
    list(8, "exemplars", "exemplars", exemplar),
    field{9, "attributes", "attributes", attributes},
    field{10, "flags", "flags", uint32},
    field{11, "min", "min", real},
    field{12, "max", "max", real}};
constexpr message histogram_point{histogram_point_fields};

constexpr std::array bucket_fields{
    field{1, "offset", "offset", sint32},
    field{2, "bucket_counts", "bucketCounts", uint64, nullptr, true}};
constexpr message buckets{bucket_fields};

constexpr std::array exponential_point_fields{field{1, "attributes", "attributes", attributes},
                                              start(2),
                                              time_of(3),
                                              field{4, "count", "count", fixed64},
                                              field{5, "sum", "sum", real},
                                              field{6, "scale", "scale", sint32},
                                              field{7, "zero_count", "zeroCount", fixed64},
                                              one(8, "positive", "positive", buckets),
                                              one(9, "negative", "negative", buckets),
                                              field{10, "flags", "flags", uint32},
                                              list(11, "exemplars", "exemplars", exemplar),
                                              field{12, "min", "min", real},
                                              field{13, "max", "max", real},
                                              field{14, "zero_threshold", "zeroThreshold", real}};
constexpr message exponential_point{exponential_point_fields};

constexpr std::array quantile_fields{field{1, "quantile", "quantile", real},
                                     field{2, "value", "value", real}};
constexpr message quantile{quantile_fields};

constexpr std::array summary_point_fields{start(2),
                                          time_of(3),
                                          field{4, "count", "count", fixed64},
                                          field{5, "sum", "sum", real},
                                          list(6, "quantile_values", "quantileValues", quantile),
                                          field{7, "attributes", "attributes", attributes},
                                          field{8, "flags", "flags", uint32}};
constexpr message summary_point{summary_point_fields};

constexpr field temporality{2, "aggregation_temporality", "aggregationTemporality", uint32};

constexpr std::array gauge_fields{list(1, "data_points", "dataPoints", number_point)};
constexpr message gauge{gauge_fields};
constexpr std::array sum_fields{list(1, "data_points", "dataPoints", number_point), temporality,
                                field{3, "is_monotonic", "isMonotonic", boolean}};
constexpr message sum{sum_fields};
constexpr std::array histogram_fields{list(1, "data_points", "dataPoints", histogram_point),
                                      temporality};
constexpr message histogram{histogram_fields};
constexpr std::array exponential_fields{list(1, "data_points", "dataPoints", exponential_point),
                                        temporality};
constexpr message exponential_histogram{exponential_fields};
constexpr std::array summary_fields{list(1, "data_points", "dataPoints", summary_point)};
constexpr message summary{summary_fields};

constexpr std::array metric_fields{
    field{1, "name", "name", text},
    field{2, "description", "description", text},
    field{3, "unit", "unit", text},
    one(5, "gauge", "gauge", gauge),
    one(7, "sum", "sum", sum),
    one(9, "histogram", "histogram", histogram),
    one(10, "exponential_histogram", "exponentialHistogram", exponential_histogram),
    one(11, "summary", "summary", summary),
    field{12, "metadata", "metadata", attributes}};
constexpr message metric{metric_fields};

constexpr field url_of_schema{3, "schema_url", "schemaUrl", text};

constexpr std::array scope_logs_fields{one(1, "scope", "scope", scope),
                                       list(2, "records", "logRecords", log_record), url_of_schema};
constexpr message scope_logs{scope_logs_fields};
constexpr std::array scope_spans_fields{one(1, "scope", "scope", scope),
                                        list(2, "records", "spans", span), url_of_schema};
constexpr message scope_spans{scope_spans_fields};
constexpr std::array scope_metrics_fields{one(1, "scope", "scope", scope),
                                          list(2, "records", "metrics", metric), url_of_schema};
constexpr message scope_metrics{scope_metrics_fields};

constexpr std::array resource_logs_fields{one(1, "resource", "resource", resource),
                                          list(2, "scopes", "scopeLogs", scope_logs),
                                          url_of_schema};
constexpr message resource_logs{resource_logs_fields};
constexpr std::array resource_spans_fields{one(1, "resource", "resource", resource),
                                           list(2, "scopes", "scopeSpans", scope_spans),
                                           url_of_schema};
constexpr message resource_spans{resource_spans_fields};
constexpr std::array resource_metrics_fields{one(1, "resource", "resource", resource),
                                             list(2, "scopes", "scopeMetrics", scope_metrics),
                                             url_of_schema};
constexpr message resource_metrics{resource_metrics_fields};

constexpr std::array logs_request_fields{list(1, "resources", "resourceLogs", resource_logs)};
constexpr message logs_request{logs_request_fields};
constexpr std::array traces_request_fields{list(1, "resources", "resourceSpans", resource_spans)};
constexpr message traces_request{traces_request_fields};
constexpr std::array metrics_request_fields{
    list(1, "resources", "resourceMetrics", resource_metrics)};
constexpr message metrics_request{metrics_request_fields};

constexpr field wrong{2, "message", "errorMessage", text};
constexpr std::array rejected_logs_fields{field{1, "rejected", "rejectedLogRecords", int64}, wrong};
constexpr message rejected_logs{rejected_logs_fields};
constexpr std::array rejected_spans_fields{field{1, "rejected", "rejectedSpans", int64}, wrong};
constexpr message rejected_spans{rejected_spans_fields};
constexpr std::array rejected_points_fields{field{1, "rejected", "rejectedDataPoints", int64},
                                            wrong};
constexpr message rejected_points{rejected_points_fields};

constexpr std::array logs_response_fields{
    one(1, "partial_success", "partialSuccess", rejected_logs)};
constexpr message logs_response{logs_response_fields};
constexpr std::array traces_response_fields{
    one(1, "partial_success", "partialSuccess", rejected_spans)};
constexpr message traces_response{traces_response_fields};
constexpr std::array metrics_response_fields{
    one(1, "partial_success", "partialSuccess", rejected_points)};
constexpr message metrics_response{metrics_response_fields};

constexpr std::array status_fields{field{1, "code", "code", uint32},
                                   field{2, "message", "message", text}};
constexpr message status{status_fields};

} // namespace tables

const message& request_message(signal of)
{
    return of == signal::logs     ? tables::logs_request
           : of == signal::traces ? tables::traces_request
                                  : tables::metrics_request;
}

const message& response_message(signal of)
{
    return of == signal::logs     ? tables::logs_response
           : of == signal::traces ? tables::traces_response
                                  : tables::metrics_response;
}

const message& status_message()
{
    return tables::status;
}

std::span<const field> metric_forms()
{
    return std::span(tables::metric_fields).subspan(3, 5);
}

const message& record_message(signal of)
{
    return of == signal::logs     ? tables::log_record
           : of == signal::traces ? tables::span
                                  : tables::metric;
}

const field* find_field(const message& in, std::string_view name)
{
    const auto found = std::ranges::find(in.fields, name, &field::name);
    return found == in.fields.end() ? nullptr : &*found;
}

} // namespace otlp_package
