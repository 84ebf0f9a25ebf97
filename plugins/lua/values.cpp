// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "values.hpp"

#include "library.hpp"
#include "marks.hpp"
#include "state.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <string>

namespace lua
{

namespace json = penstock::json;

namespace
{

void mark(lua_State* L, const char* key)
{
    lua_rawgetp(L, LUA_REGISTRYINDEX, key);
    lua_setmetatable(L, -2);
}

// Replaces an unsigned integer by a float.
void make_float(lua_State* L, int place)
{
    if (const std::uint64_t* const number = to_unsigned(L, place))
    {
        lua_pushnumber(L, static_cast<lua_Number>(*number));
        lua_replace(L, place);
    }
}

template <int Operation>
int calculate(lua_State* L)
{
    make_float(L, 1);
    make_float(L, 2);
    lua_settop(L, Operation == LUA_OPUNM ? 1 : 2);
    lua_arith(L, Operation);
    return 1;
}

template <int Operation>
int compare(lua_State* L)
{
    const std::uint64_t* const one = to_unsigned(L, 1);
    const std::uint64_t* const two = to_unsigned(L, 2);
    if (one != nullptr && two != nullptr)
    {
        lua_pushboolean(L, Operation == LUA_OPEQ   ? *one == *two
                           : Operation == LUA_OPLT ? *one < *two
                                                   : *one <= *two);
        return 1;
    }
    make_float(L, 1);
    make_float(L, 2);
    lua_pushboolean(L, lua_compare(L, 1, 2, Operation));
    return 1;
}

int text_of_unsigned(lua_State* L)
{
    const std::uint64_t* const number = to_unsigned(L, 1);
    lua_pushstring(L, number != nullptr ? std::to_string(*number).c_str() : "?");
    return 1;
}

int text_of_null(lua_State* L)
{
    lua_pushliteral(L, "null");
    return 1;
}

template <const char* Key>
int mark_table(lua_State* L)
{
    if (lua_isnoneornil(L, 1))
    {
        lua_settop(L, 0);
        lua_newtable(L);
    }
    luaL_checktype(L, 1, LUA_TTABLE);
    lua_settop(L, 1);
    mark(L, Key);
    return 1;
}

void make_mark(lua_State* L, const char* key, const char* name)
{
    lua_newtable(L);
    lua_pushstring(L, name);
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_rawsetp(L, LUA_REGISTRYINDEX, key);
}

void push_depth(lua_State* L, const json::value& value, listing how, int depth)
{
    luaL_checkstack(L, 4, "nested too deep");
    if (depth > deepest)
        luaL_error(L, "a value is nested deeper than %d; less was expected", deepest);
    switch (value.kind())
    {
    case json::kind::null: lua_pushlightuserdata(L, nullptr); return;
    case json::kind::bool_: lua_pushboolean(L, value.get_bool()); return;
    case json::kind::int64: lua_pushinteger(L, value.get_int64()); return;
    case json::kind::double_: lua_pushnumber(L, value.get_double()); return;
    case json::kind::string:
        lua_pushlstring(L, value.get_string().data(), value.get_string().size());
        return;
    case json::kind::uint64:
        if (value.get_uint64() <= std::numeric_limits<std::int64_t>::max())
            return lua_pushinteger(L, static_cast<lua_Integer>(value.get_uint64()));
        *static_cast<std::uint64_t*>(lua_newuserdatauv(L, sizeof(std::uint64_t), 0)) =
            value.get_uint64();
        return mark(L, &unsigned_key);
    case json::kind::array: {
        const json::array& list = value.get_array();
        state::of(L).charge(list.size());
        lua_createtable(L, static_cast<int>(std::min<std::size_t>(list.size(), 1 << 20)), 0);
        for (std::size_t n = 0; n < list.size(); ++n)
        {
            push_depth(L, list[n], listing::of_values, depth + 1);
            lua_rawseti(L, -2, static_cast<lua_Integer>(n + 1));
        }
        return mark(L, how == listing::one_value ? &one_value_key : &list_key);
    }
    case json::kind::object:
        state::of(L).charge(value.get_object().size());
        lua_createtable(
            L, 0, static_cast<int>(std::min<std::size_t>(value.get_object().size(), 1 << 20)));
        for (const auto& member : value.get_object())
        {
            lua_pushlstring(L, member.key().data(), member.key().size());
            push_depth(L, member.value(), listing::of_values, depth + 1);
            lua_rawset(L, -3);
        }
        return mark(L, &object_key);
    }
}

} // namespace

bool is_marked(lua_State* L, int place, const char* key)
{
    if (!lua_getmetatable(L, place))
        return false;
    lua_rawgetp(L, LUA_REGISTRYINDEX, key);
    const bool same = lua_rawequal(L, -1, -2) != 0;
    lua_pop(L, 2);
    return same;
}

std::uint64_t* to_unsigned(lua_State* L, int place)
{
    return lua_type(L, place) == LUA_TUSERDATA && is_marked(L, place, &unsigned_key)
               ? static_cast<std::uint64_t*>(lua_touserdata(L, place))
               : nullptr;
}

void open_values(lua_State* L)
{
    make_mark(L, &list_key, "list");
    make_mark(L, &one_value_key, "list");
    make_mark(L, &object_key, "object");

    lua_newtable(L);
    set_function<calculate<LUA_OPADD>>(L, "__add");
    set_function<calculate<LUA_OPSUB>>(L, "__sub");
    set_function<calculate<LUA_OPMUL>>(L, "__mul");
    set_function<calculate<LUA_OPDIV>>(L, "__div");
    set_function<calculate<LUA_OPMOD>>(L, "__mod");
    set_function<calculate<LUA_OPPOW>>(L, "__pow");
    set_function<calculate<LUA_OPIDIV>>(L, "__idiv");
    set_function<calculate<LUA_OPUNM>>(L, "__unm");
    set_function<compare<LUA_OPEQ>>(L, "__eq");
    set_function<compare<LUA_OPLT>>(L, "__lt");
    set_function<compare<LUA_OPLE>>(L, "__le");
    set_function<text_of_unsigned>(L, "__tostring");
    lua_pushliteral(L, "number above 2^63");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &unsigned_key);

    lua_pushlightuserdata(L, nullptr); // all light userdata share one metatable
    lua_newtable(L);
    set_function<text_of_null>(L, "__tostring");
    lua_pushliteral(L, "null");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
    lua_setglobal(L, "null");

    set_global_function<mark_table<&list_key>>(L, "list");
    set_global_function<mark_table<&object_key>>(L, "object");
}

void push(lua_State* L, const json::value& value, listing how)
{
    push_depth(L, value, how, 1);
}

bool is_one_value(lua_State* L, int place)
{
    return is_marked(L, place, &one_value_key);
}

const char* push_type_name(lua_State* L, int place)
{
    luaL_checkstack(L, 4, "nested too deep");
    if (luaL_getmetafield(L, place, "__name") == LUA_TSTRING)
        return lua_tostring(L, -1);
    return lua_pushstring(L, luaL_typename(L, place));
}

bool is_false(lua_State* L, int place) noexcept
{
    return !lua_toboolean(L, place) || lua_islightuserdata(L, place);
}

} // namespace lua
