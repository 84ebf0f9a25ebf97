// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "place.hpp"

#include <stdexcept>
#include <utility>

namespace search_package
{
namespace
{

std::optional<std::string> text_of(const penstock::json::value& value)
{
    if (value.is_null())
        return std::nullopt;
    try
    {
        std::string text =
            value.is_string() ? std::string(value.get_string()) : penstock::write_json(value);
        return text.empty() ? std::nullopt : std::optional(std::move(text));
    }
    catch (const std::invalid_argument&) // a number that JSON cannot hold
    {
        return std::nullopt;
    }
}

} // namespace

place::place(std::string_view where)
{
    constexpr std::string_view meta = "/meta/";
    constexpr std::string_view fields = "/fields/";
    field_ = !where.starts_with(meta);
    meta_ = !where.starts_with(fields);
    if (!field_)
        where.remove_prefix(meta.size());
    if (!meta_)
        where.remove_prefix(fields.size());
    name_ = where;
}

const penstock::json::value* place::find(const penstock::packet& packet) const
{
    const penstock::json::value* value = meta_ ? packet.find_meta(name_) : nullptr;
    return value == nullptr && field_ ? packet.find(name_) : value;
}

std::optional<std::string> place::text(const penstock::packet& packet) const
{
    const penstock::json::value* value = find(packet);
    return value == nullptr ? std::nullopt : text_of(*value);
}

std::vector<std::string> place::texts(const penstock::packet& packet) const
{
    std::vector<std::string> texts;
    const auto add = [&](const penstock::json::value& value)
    {
        if (auto text = text_of(value))
            texts.push_back(std::move(*text));
    };
    const penstock::json::value* value = find(packet);
    if (value != nullptr && value->is_array())
        for (const penstock::json::value& each : value->get_array())
            add(each);
    else if (value != nullptr)
        add(*value);
    return texts;
}

void place::put(penstock::packet& packet, std::string_view text) const
{
    if (meta_)
        packet.set_meta(name_, text);
    else
        packet.set(name_, text);
}

} // namespace search_package
