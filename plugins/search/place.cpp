// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "place.hpp"

#include <stdexcept>
#include <utility>

namespace search_package
{

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

std::optional<std::string> place::text(const penstock::packet& packet) const
{
    const penstock::json::value* value = meta_ ? packet.find_meta(name_) : nullptr;
    if (value == nullptr && field_)
        value = packet.find(name_);
    if (value == nullptr || value->is_null())
        return std::nullopt;
    try
    {
        std::string text =
            value->is_string() ? std::string(value->get_string()) : penstock::write_json(*value);
        return text.empty() ? std::nullopt : std::optional(std::move(text));
    }
    catch (const std::invalid_argument&) // a number that JSON cannot hold
    {
        return std::nullopt;
    }
}

void place::put(penstock::packet& packet, std::string_view text) const
{
    if (meta_)
        packet.set_meta(name_, text);
    else
        packet.set(name_, text);
}

} // namespace search_package
