// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "components.hpp"
#include "run_entry.hpp"

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The bytes of a text of hexadecimal digits, with spaces anywhere: `"82 a161"`.
inline std::string bytes_of(std::string_view digits)
{
    constexpr std::string_view values = "0123456789abcdef";
    std::string bytes;
    bool is_first = true;
    for (const char digit : digits)
    {
        const std::size_t value = values.find(digit);
        if (value == std::string_view::npos)
            continue;
        if (is_first)
            bytes += static_cast<char>(value << 4);
        else
            bytes.back() = static_cast<char>(bytes.back() | static_cast<char>(value));
        is_first = !is_first;
    }
    return bytes;
}

/// The map of one short key: `{"a": value}`, its value in hexadecimal digits.
inline std::string map_of(std::string_view value)
{
    return bytes_of("81 a161") + bytes_of(value);
}

/// Runs msgpack/read over one body.
inline penstock::testing::result read_msgpack(std::string_view data,
                                              const penstock::json::object& parameters = {},
                                              const penstock::json::object& meta = {})
{
    return run_entry(msgpack_package::read_entry, parameters,
                     penstock::testing::packets(body(data, meta)));
}

/// The reasons of what failed, in order.
inline strings reasons_of(const penstock::testing::result& result)
{
    strings reasons;
    for (const auto& [packet, reason] : result.failed)
        reasons.push_back(reason);
    return reasons;
}

/// Writes a value as MessagePack, each part of it in the widest form that there is.
inline std::string written_wide(const penstock::json::value& value)
{
    const auto sized = [](char first, std::uint64_t number, unsigned width)
    {
        std::string made(1, first);
        for (unsigned shift = 8 * width; shift > 0;)
            made += static_cast<char>(number >> (shift -= 8) & 0xffU);
        return made;
    };
    switch (value.kind())
    {
    case penstock::json::kind::null: return "\xc0";
    case penstock::json::kind::bool_: return value.get_bool() ? "\xc3" : "\xc2";
    case penstock::json::kind::int64:
        return sized('\xd3', static_cast<std::uint64_t>(value.get_int64()), 8);
    case penstock::json::kind::uint64: return sized('\xcf', value.get_uint64(), 8);
    case penstock::json::kind::double_:
        return sized('\xcb', std::bit_cast<std::uint64_t>(value.get_double()), 8);
    case penstock::json::kind::string:
        return sized('\xdb', value.get_string().size(), 4) + std::string(value.get_string());
    case penstock::json::kind::array: {
        std::string made = sized('\xdd', value.get_array().size(), 4);
        for (const penstock::json::value& each : value.get_array())
            made += written_wide(each);
        return made;
    }
    case penstock::json::kind::object: break;
    }
    std::string made = sized('\xdf', value.get_object().size(), 4);
    for (const auto& [key, each] : value.get_object())
        made += written_wide(penstock::json::string(key)) + written_wide(each);
    return made;
}
