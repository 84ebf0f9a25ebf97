// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <lua.hpp>

namespace lua
{

// How JSON stands in Lua: texts, booleans and numbers as they are, an integer as an integer and a
// double as a float; null as `null`; an integer above 2^63 - 1 as a userdata that compares, prints
// and calculates as a float does; lists and objects as tables that know what they are, so that an
// empty one comes back as it was. Other tables are lists if they have no keys or the keys 1 to n,
// and objects if all keys are texts. All of it raises.

/// How deep lists and objects may be nested on the way out of Lua.
inline constexpr int deepest = 200;

/// Whether a list is the values of a field or one value of it.
enum class listing
{
    of_values, ///< those of a multi-valued field, and lists inside of values
    one_value  ///< a list that is the only value of a field
};

/// Gives a fresh state `null`, `list` and `object`, and what their values are marked by.
void open_values(lua_State* L);

/// Pushes a value; a list is marked as told.
void push(lua_State* L, const penstock::json::value& value, listing how = listing::of_values);

/// Returns the value at a place of the stack. Objects have their keys in order of the alphabet. The
/// bytes count as kept.
[[nodiscard]] penstock::json::value take(lua_State* L, int place);

/// Whether the table at a place is marked as the only value of a field.
[[nodiscard]] bool is_one_value(lua_State* L, int place);

/// Whether take() would return this value, but for the order of keys. What Lua cannot hold is not
/// equal to anything.
[[nodiscard]] bool is_same(lua_State* L, int place, const penstock::json::value& value);

/// The name of the type of a value for a message, `packet` or `table`; pushes what keeps it alive.
[[nodiscard]] const char* push_type_name(lua_State* L, int place);

/// Whether it is a value that conditions take for false: nil, false or null.
[[nodiscard]] bool is_false(lua_State* L, int place) noexcept;

} // namespace lua
