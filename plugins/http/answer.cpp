// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "answer.hpp"
#include "token.hpp"

#include "../reading/ascii.hpp"

#include <penstock/json.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

namespace http_package
{
namespace
{

namespace json = penstock::json;

constexpr std::int64_t usual_status = 200;
constexpr std::int64_t least_status = 200;
constexpr std::int64_t greatest_status = 599;
constexpr std::size_t longest_type = 255;
constexpr std::size_t longest_shown = 64;

struct body
{
    std::optional<penstock::bytes> made; // nothing: the data of the packet
    std::string_view usual_type;
};

std::optional<std::int64_t> whole_number(const json::value& value)
{
    if (value.is_string())
    {
        const std::string_view text = value.get_string();
        std::int64_t number = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
        const bool fits = error == std::errc() && end == text.data() + text.size();
        return fits ? std::optional(number) : std::nullopt;
    }
    if (value.is_double() && value.get_double() >= least_status &&
        value.get_double() <= greatest_status)
    {
        const auto number = static_cast<std::int64_t>(value.get_double());
        return static_cast<double>(number) == value.get_double() ? std::optional(number)
                                                                 : std::nullopt;
    }
    return value.is_int64() ? std::optional(value.get_int64()) : std::nullopt;
}

std::string shown(const json::value& value)
{
    std::string text;
    try
    {
        text = penstock::write_json(value);
    }
    catch (const std::invalid_argument&) // a number that JSON cannot hold
    {
        text = "no JSON";
    }
    if (text.size() > longest_shown)
        text.resize(longest_shown);
    return text;
}

std::int64_t status_of(const penstock::packet& packet)
{
    const json::value* said = packet.find_meta("status");
    if (said == nullptr || said->is_null())
        return usual_status;
    const auto number = whole_number(*said);
    if (!number || *number < least_status || *number > greatest_status)
        throw std::invalid_argument("status: is " + shown(*said) +
                                    "; a whole number from 200 to 599 was expected");
    return *number;
}

// Parameters are the reader's to judge, as long as they end neither the line nor the header.
bool is_media_type(std::string_view text)
{
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos || text.size() > longest_type)
        return false;
    const std::string_view rest = text.substr(slash + 1);
    const std::size_t end = std::min(rest.find_first_of("; "), rest.size());
    const std::string_view parameters = rest.substr(end);
    const std::size_t first = std::min(parameters.find_first_not_of(' '), parameters.size());
    return is_token(text.substr(0, slash)) && is_token(rest.substr(0, end)) &&
           (first == parameters.size() || parameters[first] == ';') &&
           std::ranges::all_of(parameters, [](char c) { return c >= ' ' && c <= '~'; });
}

std::string charset_of(const penstock::packet& packet)
{
    const auto named = packet.meta_text("charset");
    return named && is_token(*named) ? std::string(*named) : "utf-8";
}

bool is_text_without_charset(std::string_view type)
{
    const std::string lower = reading::lower(type);
    return lower.starts_with("text/") && lower.find("charset=") == std::string::npos;
}

body body_of(const penstock::packet& packet)
{
    if (!packet.data().empty())
        return {std::nullopt, "application/octet-stream"};
    const json::value* field = packet.find("body");
    if (field == nullptr || field->is_null())
        return {penstock::bytes(), "text/plain"};
    if (field->is_string())
        return {penstock::bytes(std::string(field->get_string())), "text/plain"};
    return {penstock::bytes(penstock::write_json(*field)), "application/json"};
}

std::string type_of(const penstock::packet& packet, const body& body)
{
    const json::value* said = packet.find_meta("mimetype");
    std::string type(body.usual_type);
    if (said != nullptr && !said->is_null())
    {
        if (!said->is_string() || !is_media_type(said->get_string()))
            throw std::invalid_argument("mimetype: is " + shown(*said) +
                                        "; a media type was expected, as text/html");
        type = said->get_string();
    }
    if (is_text_without_charset(type))
        type += "; charset=" + (body.made ? std::string("utf-8") : charset_of(packet));
    return type;
}

} // namespace

void make_answer(penstock::packet& packet)
{
    const std::int64_t status = status_of(packet);
    body body = body_of(packet);
    const std::string type = type_of(packet, body);
    packet.set_meta("status", json::value(status));
    packet.set_meta("mimetype", type);
    if (body.made)
        packet.set_data(*std::move(body.made));
}

} // namespace http_package
