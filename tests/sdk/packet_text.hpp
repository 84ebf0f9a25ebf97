// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/packet.hpp>

namespace penstock::packet_text
{

inline const json::value none = nullptr;

inline json::value value_of(const char* text)
{
    return penstock::parse_json(text);
}

inline json::array list(const char* text)
{
    return value_of(text).as_array();
}

// Each field with the list of its values.
inline json::value attributes(const packet& p)
{
    json::object all;
    for (const auto& name : p.names())
        all.emplace(name, p.values(name));
    return all;
}

// The packet's meta, and that of its fields.
inline json::value metas(const packet& p)
{
    json::object of_fields;
    for (const auto& name : p.names())
    {
        if (!p.field_meta(name).empty())
            of_fields.emplace(name, p.field_meta(name));
    }
    return json::array{p.meta(), of_fields};
}

} // namespace penstock::packet_text
