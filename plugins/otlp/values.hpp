// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "nano_time.hpp"
#include "schema.hpp"
#include "texts.hpp"

#include <penstock/json.hpp>

#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace otlp_package
{

namespace json = penstock::json;

/// Ends the reading of a value that its field cannot have.
[[noreturn]] inline void refuse_value(const field& of, const char* expected)
{
    throw std::invalid_argument(std::string(of.name) + ": is no " + expected +
                                "; one was expected");
}

/// Reads an integer, or a text of its digits, as OTLP's JSON has those of 64 bits. [any thread]
template <class Integer>
[[nodiscard]] std::optional<Integer> integer_of(const json::value& value)
{
    if (const json::string* text = value.if_string())
    {
        Integer number{};
        const auto [end, error] =
            std::from_chars(text->data(), text->data() + text->size(), number);
        if (error != std::errc() || end != text->data() + text->size())
            return std::nullopt;
        return number;
    }
    boost::system::error_code error;
    const auto number = value.to_number<Integer>(error);
    return error ? std::nullopt : std::optional(number);
}

/// The same; throws std::invalid_argument if it is none.
template <class Integer>
[[nodiscard]] Integer require_integer(const field& of, const json::value& value)
{
    const auto number = integer_of<Integer>(value);
    if (!number)
        refuse_value(of, "integer in its range");
    return *number;
}

/// Reads a number, or one of the texts `NaN`, `Infinity`, `-Infinity`. Throws std::invalid_argument
/// if it is none. [any thread]
[[nodiscard]] inline double require_real(const field& of, const json::value& value)
{
    if (value.is_double())
        return value.get_double();
    if (value.is_int64())
        return static_cast<double>(value.get_int64());
    if (value.is_uint64())
        return static_cast<double>(value.get_uint64());
    if (value == "NaN")
        return std::numeric_limits<double>::quiet_NaN();
    if (value == "Infinity")
        return std::numeric_limits<double>::infinity();
    if (value == "-Infinity")
        return -std::numeric_limits<double>::infinity();
    refuse_value(of, "number");
}

/// Reads a text; throws std::invalid_argument if it is none. [any thread]
[[nodiscard]] inline std::string_view require_text(const field& of, const json::value& value)
{
    if (!value.is_string())
        refuse_value(of, "text");
    return value.get_string();
}

/// Reads the bytes of an id; throws std::invalid_argument if they are none. [any thread]
[[nodiscard]] inline std::string require_hex(const field& of, const json::value& value)
{
    auto bytes = bytes_of_hex(require_text(of, value));
    if (!bytes)
        refuse_value(of, "text of hexadecimal digits");
    return *bytes;
}

/// Reads a time of RFC 3339, or nanoseconds since 1970; throws std::invalid_argument if it is none.
/// [any thread]
[[nodiscard]] inline std::uint64_t require_time(const field& of, const json::value& value)
{
    std::optional<std::uint64_t> time = integer_of<std::uint64_t>(value);
    if (!time && value.is_string())
        time = nanoseconds_of(value.get_string());
    if (!time)
        refuse_value(of, "time of RFC 3339 from 1970 to 2554, or integer of nanoseconds");
    return *time;
}

/// Whether a value of a packet belongs to this field: of `value`, whole numbers to one field and
/// others to the other.
[[nodiscard]] inline bool is_meant(const field& of, const json::value& value)
{
    if (value.is_null())
        return of.kind == kind::any;
    if (of.kind == kind::whole_part)
        return value.is_int64();
    return of.kind != kind::real_part || !value.is_int64();
}

} // namespace otlp_package
