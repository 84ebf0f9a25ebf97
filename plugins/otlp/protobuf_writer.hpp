// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "schema.hpp"

#include <penstock/json.hpp>

#include <string>

namespace otlp_package
{

namespace json = penstock::json;

/// Writes an object, with the names and forms of packets, as a message of protobuf. Members that the
/// schema does not know, and null, are left out. [any thread] Throws std::invalid_argument for a
/// value that its field cannot have.
[[nodiscard]] std::string write_protobuf(const message& as, const json::object& from);

} // namespace otlp_package
