// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/packet.hpp>

#include <string>
#include <string_view>

namespace route_package
{

/// A field or a meta of packets: /fields/NAME, /meta/NAME, or NAME, a field.
struct value_place
{
    std::string name;
    bool is_meta;

    explicit value_place(std::string_view text) : is_meta(text.starts_with("/meta/"))
    {
        for (const std::string_view begin : {"/meta/", "/fields/"})
            if (text.starts_with(begin))
            {
                text.remove_prefix(begin.size());
                break;
            }
        name = text;
    }

    /// The value, or the list of values of a field; null when absent. Valid as packet::find() is.
    [[nodiscard]] const penstock::json::value* find_in(const penstock::packet& packet) const
    {
        return is_meta ? packet.find_meta(name) : packet.find(name);
    }

    /// The values; none when absent.
    [[nodiscard]] penstock::json::array values_in(const penstock::packet& packet) const
    {
        if (!is_meta)
            return packet.values(name);
        const penstock::json::value* const found = packet.find_meta(name);
        return found == nullptr ? penstock::json::array() : penstock::json::array{*found};
    }
};

} // namespace route_package
