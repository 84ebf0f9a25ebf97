// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

/// The messages of OTLP 1.5 (https://opentelemetry.io/docs/specs/otlp/, the files *.proto of
/// opentelemetry-proto 1.5.0), as tables that both encodings are read and written by.
namespace otlp_package
{

/// The type of a field, which decides its form in protobuf, in JSON and in a packet.
enum class kind
{
    text,
    hex, ///< bytes of an id: hexadecimal digits in JSON and in packets
    boolean,
    uint32, ///< enumerations too
    sint32,
    fixed32,
    int64,
    uint64,
    fixed64,
    sfixed64,
    real,
    whole_part, ///< sfixed64 beside a `real_part` of the same name in packets: one of the two
    real_part,
    nano_time,  ///< fixed64, nanoseconds since 1970: RFC 3339 in packets
    any,        ///< AnyValue
    attributes, ///< a list of KeyValue: an object in packets
    nested      ///< a message
};

struct message;

/// A field of a message.
struct field
{
    std::uint32_t number;
    std::string_view name; ///< in packets
    std::string_view json; ///< in JSON
    otlp_package::kind kind;
    const message* of = nullptr; ///< of a nested one
    bool is_list = false;
};

/// A message, by its fields in order of their numbers.
struct message
{
    std::span<const field> fields;
};

/// The most keys of one list of attributes: keys of one hash, which anybody can make, are looked up
/// one after the other.
inline constexpr std::size_t most_attributes = 1'024;

/// What is sent and received.
enum class signal
{
    logs,
    traces,
    metrics
};

/// ExportLogsServiceRequest, ExportTraceServiceRequest, ExportMetricsServiceRequest.
[[nodiscard]] const message& request_message(signal of);

/// The answers to them.
[[nodiscard]] const message& response_message(signal of);

/// google.rpc.Status, the body of an answer that refuses.
[[nodiscard]] const message& status_message();

/// The forms of a metric: gauge, sum, histogram, exponential_histogram, summary. Each has
/// `data_points`.
[[nodiscard]] std::span<const field> metric_forms();

/// The message of one record: LogRecord, Span, or Metric.
[[nodiscard]] const message& record_message(signal of);

/// The field of a name in packets; null if there is none.
[[nodiscard]] const field* find_field(const message& in, std::string_view name);

} // namespace otlp_package
