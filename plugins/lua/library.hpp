// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "state.hpp"

#include <exception>

namespace lua
{

/// Gives a fresh state what scripts may use: the basic functions, `math`, `string`, `table`, `utf8`,
/// `json`, `null`, `list`, `object`, `html_escape`, `print`, `fail`, `clone`, `derive`. Raises.
void open_library(lua_State* L);

// Its parts; each raises. They set fields of the table at the top of the stack, or globals.
void open_strings(lua_State* L);      // strings.cpp
void open_substitution(lua_State* L); // substitution.cpp
void open_tables(lua_State* L);       // tables.cpp
void open_json(lua_State* L);         // json.cpp

/// A function of the library whose std::exception becomes an error of Lua.
template <int (*Function)(lua_State*)>
int guarded(lua_State* L)
{
    try
    {
        state::of(L).look_at_stack();
        return Function(L);
    }
    catch (const std::exception& thrown)
    {
        luaL_where(L, 1);
        lua_pushstring(L, thrown.what());
        lua_concat(L, 2);
    }
    return lua_error(L);
}

/// Sets a member of the table at the top of the stack to a function.
template <int (*Function)(lua_State*)>
void set_function(lua_State* L, const char* name)
{
    lua_pushcfunction(L, &guarded<Function>);
    lua_setfield(L, -2, name);
}

/// Sets a global to a function.
template <int (*Function)(lua_State*)>
void set_global_function(lua_State* L, const char* name)
{
    lua_pushcfunction(L, &guarded<Function>);
    lua_setglobal(L, name);
}

} // namespace lua
