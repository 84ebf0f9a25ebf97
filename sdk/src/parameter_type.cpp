// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/detail/problem_text.hpp>
#include <penstock/detail/quantity.hpp>
#include <penstock/parameter.hpp>

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <utility>

namespace penstock::detail
{

namespace
{

constexpr std::string_view duration_expected =
    R"(a duration such as "500ms", "2s", "1m" or "1h", or milliseconds, was expected)";
constexpr std::string_view seconds_expected =
    R"(a duration such as "2s", "1m" or "1h", or seconds, was expected)";
constexpr std::string_view size_expected =
    R"(a size such as "512B", "64KiB", "16MiB" or "4GiB", or bytes, was expected)";

[[noreturn]] void refuse(std::string_view wrong, std::string_view expected)
{
    throw parameter_error(std::string(wrong) + "; " + std::string(expected));
}

[[noreturn]] void refuse_kind(const json::value& value, std::string_view expected)
{
    refuse("is " + std::string(kind_of(value)), expected);
}

template <class Integer>
Integer read_integer(const json::value& value, std::string_view expected)
{
    if (!value.is_number())
        refuse_kind(value, expected);
    if (const double* number = value.if_double())
    {
        if (std::trunc(*number) != *number)
            refuse("is a fraction", expected);
        // Both ends are powers of two, so doubles hold them exactly.
        const double end = std::ldexp(1.0, std::numeric_limits<Integer>::digits);
        const double least = std::is_signed_v<Integer> ? -end : 0.0;
        if (*number < least || *number >= end)
            refuse("is out of range", expected);
        return static_cast<Integer>(*number);
    }
    const bool fits = value.is_int64() ? std::in_range<Integer>(value.get_int64())
                                       : std::in_range<Integer>(value.get_uint64());
    if (!fits)
        refuse("is out of range", expected);
    return value.is_int64() ? static_cast<Integer>(value.get_int64())
                            : static_cast<Integer>(value.get_uint64());
}

template <class Integer>
std::string integer_expected()
{
    return "an integer from " + std::to_string(std::numeric_limits<Integer>::min()) + " to " +
           std::to_string(std::numeric_limits<Integer>::max()) + " was expected";
}

// Reads digits and a unit, or a plain number that is already in the smallest one.
std::uint64_t read_amount(const json::value& value, std::span<const quantity_unit> units,
                          std::uint64_t most, std::string_view expected)
{
    const json::string* const text = value.if_string();
    if (text == nullptr)
    {
        const auto count = read_integer<std::uint64_t>(value, expected);
        if (count > most)
            refuse("is out of range", expected);
        return count;
    }
    const parsed_quantity found = parse_quantity(*text, units, most);
    if (found.error == std::errc::result_out_of_range)
        refuse("is out of range", expected);
    if (found.error != std::errc{})
        refuse("is a text that cannot be read", expected);
    return found.amount;
}

} // namespace

std::string_view kind_of(const json::value& value) noexcept
{
    switch (value.kind())
    {
    case json::kind::null: return "null";
    case json::kind::bool_: return "a boolean";
    case json::kind::string: return "a text";
    case json::kind::array: return "a list";
    case json::kind::object: return "an object";
    default: return "a number";
    }
}

json::object parameter_type<bool>::schema()
{
    return {{"type", "boolean"}};
}

bool parameter_type<bool>::read(const json::value& value)
{
    if (!value.is_bool())
        refuse_kind(value, "true or false was expected");
    return value.get_bool();
}

json::value parameter_type<bool>::write(const bool& value)
{
    return value;
}

#define PENSTOCK_INTEGER_TYPE(T, ...)                         \
    json::object parameter_type<T>::schema()                  \
    {                                                         \
        return {{"type", "integer"}, __VA_ARGS__};            \
    }                                                         \
    T parameter_type<T>::read(const json::value& value)       \
    {                                                         \
        return read_integer<T>(value, integer_expected<T>()); \
    }                                                         \
    json::value parameter_type<T>::write(const T& value)      \
    {                                                         \
        return value;                                         \
    }

PENSTOCK_INTEGER_TYPE(std::int32_t, {"minimum", std::numeric_limits<std::int32_t>::min()},
                      {"maximum", std::numeric_limits<std::int32_t>::max()})
PENSTOCK_INTEGER_TYPE(std::uint32_t, {"minimum", 0},
                      {"maximum", std::numeric_limits<std::uint32_t>::max()})
PENSTOCK_INTEGER_TYPE(std::int64_t, {"minimum", std::numeric_limits<std::int64_t>::min()},
                      {"maximum", std::numeric_limits<std::int64_t>::max()})
PENSTOCK_INTEGER_TYPE(std::uint64_t, {"minimum", 0},
                      {"maximum", std::numeric_limits<std::uint64_t>::max()})
#undef PENSTOCK_INTEGER_TYPE

json::object parameter_type<float>::schema()
{
    return {{"type", "number"}};
}

float parameter_type<float>::read(const json::value& value)
{
    const double number = parameter_type<double>::read(value);
    if (std::abs(number) > static_cast<double>(std::numeric_limits<float>::max()))
        refuse("is out of range", "a number of single precision was expected");
    return static_cast<float>(number);
}

json::value parameter_type<float>::write(const float& value)
{
    // The shortest digits that read back as this float: 0.1, not 0.10000000149011612.
    std::array<char, 64> digits;
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), value);
    double shortest = 0;
    std::from_chars(digits.data(), end, shortest);
    return shortest;
}

json::object parameter_type<double>::schema()
{
    return {{"type", "number"}};
}

double parameter_type<double>::read(const json::value& value)
{
    if (!value.is_number())
        refuse_kind(value, "a number was expected");
    return value.to_number<double>();
}

json::value parameter_type<double>::write(const double& value)
{
    return value;
}

json::object parameter_type<std::string>::schema()
{
    return {{"type", "string"}};
}

std::string parameter_type<std::string>::read(const json::value& value)
{
    const json::string* text = value.if_string();
    if (text == nullptr)
        refuse_kind(value, "a text was expected");
    return std::string(*text);
}

json::value parameter_type<std::string>::write(const std::string& value)
{
    return json::value(value);
}

json::object parameter_type<secret>::schema()
{
    return {{"type", "string"}, {"writeOnly", true}};
}

secret parameter_type<secret>::read(const json::value& value)
{
    return secret(parameter_type<std::string>::read(value));
}

json::value parameter_type<secret>::write(const secret& /*value*/)
{
    return "";
}

json::object parameter_type<std::chrono::seconds>::schema()
{
    return {{"type", {"string", "integer"}}, {"x-unit", "s"}, {"pattern", "^[0-9]+(s|m|h)$"}};
}

std::chrono::seconds parameter_type<std::chrono::seconds>::read(const json::value& value)
{
    using rep = std::chrono::seconds::rep;
    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<rep>::max());
    return std::chrono::seconds(
        static_cast<rep>(read_amount(value, whole_second_units(), most, seconds_expected)));
}

json::value parameter_type<std::chrono::seconds>::write(const std::chrono::seconds& value)
{
    return json::value(
        write_quantity(static_cast<std::uint64_t>(value.count()), whole_second_units()));
}

json::object parameter_type<std::chrono::milliseconds>::schema()
{
    return {{"type", {"string", "integer"}}, {"x-unit", "ms"}, {"pattern", "^[0-9]+(ms|s|m|h)$"}};
}

std::chrono::milliseconds parameter_type<std::chrono::milliseconds>::read(const json::value& value)
{
    using rep = std::chrono::milliseconds::rep;
    constexpr auto most = static_cast<std::uint64_t>(std::numeric_limits<rep>::max());
    return std::chrono::milliseconds(
        static_cast<rep>(read_amount(value, parameter_time_units(), most, duration_expected)));
}

json::value parameter_type<std::chrono::milliseconds>::write(const std::chrono::milliseconds& value)
{
    return json::value(
        write_quantity(static_cast<std::uint64_t>(value.count()), parameter_time_units()));
}

json::object parameter_type<byte_count>::schema()
{
    return {{"type", {"string", "integer"}},
            {"x-unit", "bytes"},
            {"pattern", "^[0-9]+(B|KiB|MiB|GiB|TiB)$"},
            {"minimum", 0}};
}

byte_count parameter_type<byte_count>::read(const json::value& value)
{
    return byte_count{
        read_amount(value, size_units(), std::numeric_limits<std::uint64_t>::max(), size_expected)};
}

json::value parameter_type<byte_count>::write(const byte_count& value)
{
    return json::value(write_quantity(static_cast<std::uint64_t>(value), size_units()));
}

json::object parameter_type<json::object>::schema()
{
    return {{"type", "object"}};
}

json::object parameter_type<json::object>::read(const json::value& value)
{
    if (!value.is_object())
        refuse_kind(value, "an object was expected");
    return value.get_object();
}

json::value parameter_type<json::object>::write(const json::object& value)
{
    return value;
}

json::object or_null(json::object schema)
{
    json::value* const type = schema.if_contains("type");
    if (type != nullptr && type->is_string())
        *type = json::array{*type, "null"};
    else if (type != nullptr && type->is_array())
        type->get_array().emplace_back("null");
    return schema;
}

json::object parameter_type<json::value>::schema()
{
    return {};
}

json::value parameter_type<json::value>::read(const json::value& value)
{
    return value;
}

json::value parameter_type<json::value>::write(const json::value& value)
{
    return value;
}

} // namespace penstock::detail
