// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "packets.hpp"

#include <cstddef>
#include <string_view>

namespace lua
{

// The keys of the registry, their addresses: what marks handles, and the tables of this call.
inline constexpr char handle_key = 0;
inline constexpr char tables_key = 0;

/// The text at a place, which is one.
[[nodiscard]] inline std::string_view name_at(lua_State* L, int place)
{
    std::size_t size = 0;
    const char* const text = lua_tolstring(L, place, &size);
    return {text, size};
}

/// The key under which the tables of a part of a packet stand.
[[nodiscard]] inline lua_Integer key_of(std::size_t slot, part part)
{
    return static_cast<lua_Integer>(slot * 2 + (part == part::meta ? 2 : 1));
}

} // namespace lua
