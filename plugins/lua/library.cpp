// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "library.hpp"

#include "packets.hpp"
#include "values.hpp"

#include <string>

namespace lua
{

namespace
{

// Calls what is its upvalue, which catches errors, and raises again what no script catches.
int call_catching(lua_State* L)
{
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, LUA_MULTRET);
    state::of(L).look();
    return lua_gettop(L);
}

// Lua runs a `__gc` with its hooks off, so that nothing would end it.
int set_metatable(lua_State* L)
{
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_argexpected(L, lua_isnoneornil(L, 2) || lua_istable(L, 2), 2, "nil or table");
    if (lua_istable(L, 2))
    {
        lua_pushliteral(L, "__gc");
        if (lua_rawget(L, 2) != LUA_TNIL)
            return luaL_error(L, "a metatable has __gc; one without was expected");
        lua_pop(L, 1);
    }
    if (luaL_getmetafield(L, 1, "__metatable") != LUA_TNIL)
        return luaL_error(L, "cannot change a protected metatable");
    lua_settop(L, 2);
    lua_setmetatable(L, 1);
    return 1;
}

int print(lua_State* L)
{
    constexpr std::size_t longest = 4096;
    std::string line;
    for (int n = 1; n <= lua_gettop(L); ++n)
    {
        std::size_t size = 0;
        const char* const text = luaL_tolstring(L, n, &size);
        line.append(n > 1 ? " " : "").append(text, size < longest ? size : longest);
        lua_pop(L, 1);
        if (line.size() > longest)
            break;
    }
    if (line.size() > longest)
        line.resize(longest);
    state::of(L).charge(line.size());
    penstock::log(penstock::severity::information, line);
    return 0;
}

int fail(lua_State* L)
{
    std::size_t size = 0;
    const char* const why = lua_isnoneornil(L, 1) ? "" : luaL_tolstring(L, 1, &size);
    state::of(L).refuse(size != 0 ? std::string(why, size) : "the script gave no reason");
}

} // namespace

void open_library(lua_State* L)
{
    luaL_requiref(L, LUA_GNAME, luaopen_base, 1);
    luaL_requiref(L, LUA_MATHLIBNAME, luaopen_math, 1);
    luaL_requiref(L, LUA_STRLIBNAME, luaopen_string, 1);
    open_strings(L);
    open_substitution(L);
    lua_pop(L, 1);
    luaL_requiref(L, LUA_UTF8LIBNAME, luaopen_utf8, 1);
    lua_settop(L, 0);
    open_tables(L);
    open_values(L);
    open_json(L);
    open_packets(L);

    // What reads files or code, what catches errors with a handler, and what runs the collector.
    for (const char* const name :
         {"collectgarbage", "dofile", "load", "loadfile", "warn", "xpcall", LUA_LOADED_TABLE})
    {
        lua_pushnil(L);
        lua_setglobal(L, name);
    }
    lua_getglobal(L, "pcall");
    lua_pushcclosure(L, &guarded<call_catching>, 1);
    lua_setglobal(L, "pcall");
    set_global_function<set_metatable>(L, "setmetatable");
    set_global_function<print>(L, "print");
    set_global_function<fail>(L, "fail");
}

} // namespace lua
