// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "schema.hpp"

#include <penstock/json.hpp>

#include <string_view>

namespace otlp_package
{

namespace json = penstock::json;

/// How deep values may be nested, in either encoding.
inline constexpr std::size_t deepest = 64;

/// Reads a message of protobuf (https://protobuf.dev/programming-guides/encoding/) as an object with
/// the names and forms of packets. Fields that the schema does not know are passed over; bytes of a
/// text that are no UTF-8 become U+FFFD. [any thread] Throws std::invalid_argument for what is no
/// such message.
[[nodiscard]] json::object read_protobuf(const message& as, std::string_view bytes);

} // namespace otlp_package
