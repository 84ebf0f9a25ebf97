// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include <penstock/json.hpp>

#include "json_handler.hpp"
#include "quick_json.hpp"
#include "repaired_json.hpp"

#include "../text_fields.hpp"

#include <penstock/json_text.hpp>

#include <penstock/detail/utf8.hpp>
#include <penstock/detail/value_builder.hpp>

#include <boost/json/basic_parser_impl.hpp>

#include <algorithm>
#include <functional>
#include <utility>

namespace penstock
{

json_error::json_error(const std::string& what, std::size_t line, std::size_t column,
                       std::size_t offset)
    : std::runtime_error(what), line_(line), column_(column), offset_(offset)
{
}

namespace
{

// Counts lines and columns, the latter in characters, as editors do: a byte order mark is none.
[[noreturn]] void refuse(std::string_view text, std::size_t offset, std::string_view what)
{
    const auto before = text.substr(0, offset);
    const auto line = 1 + static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n'));
    const auto start = before.rfind('\n');
    const auto row =
        start == std::string_view::npos ? detail::without_mark(before) : before.substr(start + 1);
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
void read(boost::json::basic_parser<detail::json_handler<Builder>>& parser, std::string_view text,
          const json_options& options)
{
    const auto body = detail::without_mark(text);
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

// Whether a text holds what repaired_json() may replace.
bool may_need_repair(std::string_view text, invalid_text how)
{
    if (how == invalid_text::replace && !detail::is_utf8(text))
        return true;
    constexpr std::string_view escape = "\\u";
    for (auto at = text.find(escape); at != std::string_view::npos; at = text.find(escape, at + 1))
        if (at + escape.size() < text.size() && (text[at + escape.size()] | 0x20) == 'd')
            return true;
    return false;
}

// Calls `reads(text, options)`, with a text that was repaired if the options say so.
template <class Read>
auto read_repaired(std::string_view text, json_options options, Read reads)
{
    const invalid_text how = std::exchange(options.invalid, invalid_text::refuse);
    if (how == invalid_text::refuse || !may_need_repair(text, how))
        return reads(text, options);
    try
    {
        return reads(detail::repaired_json(text, how), options);
    }
    catch (const json_error& error)
    {
        // What was replaced may have made the text longer.
        throw json_error(error.what(), error.line(), error.column(),
                         std::min(error.offset(), text.size()));
    }
}

// Reads without a look at the quick reader, which has refused the text.
json::value read_slowly(std::string_view text, const json_options& exact)
{
    boost::json::basic_parser<detail::json_handler<detail::value_builder>> parser(limits(exact),
                                                                                  exact);
    read(parser, text, exact);
    return parser.handler().release();
}

} // namespace

json::value parse_json(std::string_view text, const json_options& options)
{
    if (auto quick = detail::read_quickly(detail::without_mark(text), options))
        return *std::move(quick);
    return read_repaired(text, options, read_slowly);
}

json_text::json_text(const bytes& text, const json_options& options)
    : text_(text.slice(text.size() - detail::without_mark(text.view()).size(), text.size()))
{
    json_options narrow = options;
    narrow.members = std::min(options.members, detail::wide_object);
    if (detail::is_quickly_accepted(text_.view(), narrow))
        return;
    const auto read_and_keep = [&](std::string_view tried, const json_options& exact)
    {
        json::value read = read_slowly(tried, exact);
        if (tried.data() != text.view().data())
            text_ = bytes(std::string(detail::without_mark(tried)));
        return read;
    };
    json::value read = read_repaired(text.view(), options, read_and_keep);
    if (read.is_object() && read.get_object().size() > detail::text_fields::most)
        value_ = std::move(read);
}

json_text json_text::part(std::size_t offset, std::size_t count) const
{
    json_text part;
    part.text_ = text_.slice(offset, count);
    return part;
}

json::kind json_text::kind() const noexcept
{
    constexpr std::string_view spaces = " \t\r\n";
    const std::string_view text = text_.view();
    switch (text[text.find_first_not_of(spaces)])
    {
    case '{': return json::kind::object;
    case '[': return json::kind::array;
    case '"': return json::kind::string;
    case 't':
    case 'f': return json::kind::bool_;
    case 'n': return json::kind::null;
    default: return json::kind::double_;
    }
}

void check_json(std::string_view text, const json_options& options)
{
    if (detail::is_quickly_accepted(detail::without_mark(text), options))
        return;
    read_repaired(text, options,
                  [](std::string_view tried, const json_options& exact)
                  {
                      boost::json::basic_parser<detail::json_handler<detail::no_builder>> parser(
                          limits(exact), exact);
                      read(parser, tried, exact);
                      return true;
                  });
}

} // namespace penstock
