// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <string_view>

namespace msgpack_package
{

/// What becomes of bytes where a text may stand.
enum class binary
{
    refuse, ///< a msgpack_error
    as_text ///< they are read as a text
};

/// Reads one value that is whole, within the bounds of the options; their choices for what JSON
/// alone has are not looked at. A timestamp becomes its text in RFC 3339. The value is built as its
/// bytes are read, and never beyond a bound. [any thread] Throws msgpack_error.
[[nodiscard]] penstock::json::value
read_value(std::string_view bytes, const penstock::json_options& options, binary binaries);

} // namespace msgpack_package
