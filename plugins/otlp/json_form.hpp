// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "schema.hpp"

#include <penstock/json.hpp>

namespace otlp_package
{

namespace json = penstock::json;

/// Reads a message in OTLP's form of JSON (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding)
/// as an object with the names and forms of packets, as read_protobuf() does. Members that the schema
/// does not know are passed over. [any thread] Throws std::invalid_argument for what is no such
/// message.
[[nodiscard]] json::object read_json(const message& as, const json::value& from);

/// Writes an object, with the names and forms of packets, in OTLP's form of JSON. Members that the
/// schema does not know, and null, are left out. [any thread] Throws std::invalid_argument for a
/// value that its field cannot have.
[[nodiscard]] json::object write_json_form(const message& as, const json::object& from);

} // namespace otlp_package
