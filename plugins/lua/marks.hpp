// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>

#include <lua.hpp>

namespace lua
{

// The keys of the registry under which the metatables of marked values stand: their addresses.
inline constexpr char list_key = 0;
inline constexpr char one_value_key = 0;
inline constexpr char object_key = 0;
inline constexpr char unsigned_key = 0;

/// Whether a value has the metatable of that key.
[[nodiscard]] bool is_marked(lua_State* L, int place, const char* key);

/// The unsigned integer at a place, or null.
[[nodiscard]] std::uint64_t* to_unsigned(lua_State* L, int place);

} // namespace lua
