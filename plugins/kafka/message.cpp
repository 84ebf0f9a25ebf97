// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "message.hpp"

#include "topic_name.hpp"

#include <penstock/json_text.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <stdexcept>

namespace kafka_package
{
namespace
{

namespace json = penstock::json;

// What is told by other headers.
constexpr std::array<std::string_view, 4> elsewhere{"mimetype", "charset", "message_id",
                                                    "content-type"};

std::string type_of_data(const penstock::packet& from)
{
    std::string type(from.meta_text("mimetype").value_or("application/octet-stream"));
    if (const auto charset = from.meta_text("charset"))
        type.append("; charset=").append(*charset);
    const bool is_printable =
        std::ranges::all_of(type, [](char c) { return c >= ' ' && c <= '~'; });
    return is_printable ? type : "application/octet-stream";
}

} // namespace

message::message(std::size_t place, const penstock::packet& from, content what, destination to)
    : place_(place), to_(std::move(to))
{
    if (to_.topic.empty())
        throw std::invalid_argument("topic: is empty; a name was expected");
    if (!is_topic_name(to_.topic))
        throw std::invalid_argument("topic: is no name of a topic; at most 249 letters, digits, "
                                    "dots, underscores and dashes were expected");
    const bool has_fields = what == content::fields && from.field_count() != 0;
    if (!has_fields && from.data().empty())
        throw std::invalid_argument("has no data; some was expected");
    headers_.emplace_back("content-type", has_fields ? "application/json" : type_of_data(from));
    if (from.id() != penstock::packet_id{})
        headers_.emplace_back("message_id", from.id().text());
    add_meta(from.meta());
    if (has_fields)
        from.write_fields(text_);
    else
        data_ = from.data().view();
}

void message::add_meta(const json::object& meta)
{
    for (const auto& [name, value] : meta)
    {
        const std::string_view key = name;
        if (key.empty() || value.is_null() || key.starts_with("kafka_") ||
            std::ranges::find(elsewhere, key) != elsewhere.end())
            continue;
        if (key.find('\0') != std::string_view::npos) // the library would cut it there
            throw std::invalid_argument("meta: has a NUL in a name; names without were expected");
        if (value.is_double() && !std::isfinite(value.get_double()))
            throw std::invalid_argument(
                "meta: " + std::string(key) +
                " is a number that is not finite; a finite one was expected");
        headers_.emplace_back(key, value.is_string() ? std::string(value.get_string())
                                                     : penstock::write_json(value));
    }
}

} // namespace kafka_package
