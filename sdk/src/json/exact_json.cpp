// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "exact_json.hpp"

#include "json_handler.hpp"

#include <penstock/detail/utf8.hpp>
#include <penstock/detail/value_builder.hpp>

#include <boost/json/basic_parser_impl.hpp>

#include <algorithm>
#include <functional>
#include <string>

namespace penstock
{

json_error::json_error(const std::string& what, std::size_t line, std::size_t column,
                       std::size_t offset)
    : std::runtime_error(what), line_(line), column_(column), offset_(offset)
{
}

namespace detail
{

namespace
{

// Counts lines and columns, the latter in characters, as editors do: a byte order mark is none.
[[noreturn]] void refuse(std::string_view text, std::size_t offset, std::string_view what)
{
    const auto before = text.substr(0, offset);
    const auto line = 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
    const auto start = before.rfind('\n');
    const auto row =
        start == std::string_view::npos ? without_mark(before) : before.substr(start + 1);
    const auto column =
        1 + static_cast<std::size_t>(std::count_if(
                row.begin(), row.end(),
                [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
    throw json_error("line " + std::to_string(line) + ", column " + std::to_string(column) + ": " +
                         std::string(what),
                     line, column, offset);
}

constexpr std::string_view half_a_pair =
    "half a surrogate pair; expected \\ud800 to \\udbff, then \\udc00 to \\udfff";

// Whether `before` ends with \ud800 to \udbff, perhaps with the start of another escape.
bool ends_in_half_a_pair(std::string_view before)
{
    if (before.ends_with('\\'))
        before.remove_suffix(1);
    const auto escape = before.substr(before.size() - std::min<std::size_t>(before.size(), 6));
    return escape.size() == 6 && escape.starts_with("\\u") && (escape[2] | 0x20) == 'd' &&
           std::string_view("89abAB").find(escape[3]) != std::string_view::npos;
}

std::string explain(boost::json::error_code ec, std::string_view text, std::size_t offset,
                    const json_options& options)
{
    using boost::json::error;
    if (ec == error::incomplete)
        return "the text ends too early; expected the rest of the value";
    if (ec == error::too_deep)
        return "nested too deep; expected at most " + std::to_string(options.depth) + " levels";
    if (ec == error::exponent_overflow)
        return "a number no double can hold; expected one below 1.8e308";
    if (ec == error::illegal_leading_surrogate || ec == error::illegal_trailing_surrogate ||
        ec == error::expected_utf16_escape)
        return std::string(half_a_pair);
    if (ec == error::expected_hex_digit)
        return "a bad escape; expected four hexadecimal digits";
    if (ec != error::syntax)
        return ec.message();
    if (ends_in_half_a_pair(text.substr(0, offset)))
        return std::string(half_a_pair);
    const auto c = offset < text.size() ? static_cast<unsigned char>(text[offset]) : 0;
    if (c > 0x20 && c < 0x7F)
        return std::string("unexpected '") + static_cast<char>(c) + "'; expected JSON";
    if (c >= 0x80)
        return "bad UTF-8; expected JSON";
    constexpr std::string_view digits = "0123456789abcdef";
    return std::string("unexpected byte 0x") + digits[c >> 4] + digits[c & 15] + "; expected JSON";
}

template <class Builder>
void read(boost::json::basic_parser<json_handler<Builder>>& parser, std::string_view text,
          const json_options& options)
{
    const auto body = without_mark(text);
    boost::json::error_code ec;
    const auto consumed =
        text.size() - body.size() + parser.write_some(false, body.data(), body.size(), ec);
    if (!ec)
    {
        if (consumed < text.size())
            refuse(text, consumed, "text after the value; expected the end");
        return;
    }
    const auto& refused = parser.handler().refused;
    if (refused.what.empty())
        refuse(text, consumed, explain(ec, text, consumed, options));
    const std::less_equal<const char*> is_before;
    const bool is_in_text =
        is_before(text.data(), refused.at) && is_before(refused.at, text.data() + text.size());
    refuse(text, is_in_text ? static_cast<std::size_t>(refused.at - text.data()) : consumed,
           refused.what);
}

boost::json::parse_options limits(const json_options& options)
{
    boost::json::parse_options limits;
    limits.max_depth = options.depth;
    return limits;
}

} // namespace

json::value read_exactly(std::string_view text, const json_options& options)
{
    boost::json::basic_parser<json_handler<value_builder>> parser(limits(options), options);
    read(parser, text, options);
    return parser.handler().release();
}

void check_exactly(std::string_view text, const json_options& options)
{
    boost::json::basic_parser<json_handler<no_builder>> parser(limits(options), options);
    read(parser, text, options);
}

} // namespace detail

} // namespace penstock
