// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "values.hpp"

#include "marks.hpp"
#include "packets.hpp"
#include "state.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>
#include <vector>

namespace lua
{

namespace json = penstock::json;

namespace
{

constexpr std::size_t bytes_of_a_value = 24;

json::value take_depth(lua_State* L, int place, int depth);

bool is_list(lua_State* L, int place)
{
    if (is_marked(L, place, &object_key))
        return false;
    if (is_marked(L, place, &list_key) || is_marked(L, place, &one_value_key))
        return true;
    lua_pushnil(L);
    if (lua_next(L, place) == 0)
        return true; // without keys
    const bool is = lua_type(L, -2) == LUA_TNUMBER;
    lua_pop(L, 2);
    return is;
}

// Counts the keys, which must all be of the list.
std::size_t size_of_list(lua_State* L, int place)
{
    const std::size_t size = lua_rawlen(L, place);
    std::size_t keys = 0;
    lua_pushnil(L);
    while (lua_next(L, place) != 0)
    {
        lua_pop(L, 1);
        ++keys;
        if (lua_type(L, -1) == LUA_TSTRING)
            luaL_error(L, "a list has the key \"%s\"; numbers were expected", lua_tostring(L, -1));
        if (!lua_isinteger(L, -1))
            luaL_error(L, "a list has a key that is a %s; integers were expected",
                       push_type_name(L, -1));
        if (lua_tointeger(L, -1) < 1)
            luaL_error(L, "a list has the key %I; keys from 1 on were expected",
                       static_cast<LUAI_UACINT>(lua_tointeger(L, -1)));
    }
    if (keys != size)
        luaL_error(L, "a list has gaps; null was expected where there is no value");
    return size;
}

json::value take_list(lua_State* L, int place, int depth)
{
    const std::size_t size = size_of_list(L, place);
    state::of(L).keep(size * bytes_of_a_value);
    json::array list;
    list.reserve(size);
    for (std::size_t n = 1; n <= size; ++n)
    {
        lua_rawgeti(L, place, static_cast<lua_Integer>(n));
        list.push_back(take_depth(L, lua_gettop(L), depth + 1));
        lua_pop(L, 1);
    }
    return list;
}

json::value take_object(lua_State* L, int place, int depth)
{
    std::vector<std::string_view> keys; // of texts that the table holds
    lua_pushnil(L);
    while (lua_next(L, place) != 0)
    {
        lua_pop(L, 1);
        if (lua_type(L, -1) != LUA_TSTRING)
            luaL_error(L, "an object has a key that is a %s; texts were expected",
                       push_type_name(L, -1));
        std::size_t size = 0;
        const char* const text = lua_tolstring(L, -1, &size);
        state::of(L).keep(size + 2 * bytes_of_a_value);
        keys.emplace_back(text, size);
    }
    std::sort(keys.begin(), keys.end());
    json::object object;
    object.reserve(keys.size());
    for (const std::string_view key : keys)
    {
        lua_pushlstring(L, key.data(), key.size());
        lua_rawget(L, place);
        object.emplace(key, take_depth(L, lua_gettop(L), depth + 1));
        lua_pop(L, 1);
    }
    return object;
}

// All fields, or all meta, of a packet.
json::value take_members(lua_State* L, int place, int depth)
{
    const int top = lua_gettop(L);
    luaL_getmetafield(L, place, "__pairs");
    lua_pushvalue(L, place);
    lua_call(L, 1, 1);
    const int next = lua_gettop(L);
    json::object object;
    for (;;)
    {
        lua_pushvalue(L, next);
        lua_call(L, 0, 2);
        if (lua_isnil(L, -2))
            break;
        std::size_t size = 0;
        const char* const text = lua_tolstring(L, -2, &size);
        state::of(L).keep(size + 2 * bytes_of_a_value);
        object.emplace(std::string_view(text, size), take_depth(L, lua_gettop(L), depth + 1));
        lua_settop(L, next);
    }
    lua_settop(L, top);
    return object;
}

json::value take_depth(lua_State* L, int place, int depth)
{
    luaL_checkstack(L, 8, "nested too deep");
    if (depth > deepest)
        luaL_error(L, "a value is nested deeper than %d; less was expected", deepest);
    switch (lua_type(L, place))
    {
    case LUA_TBOOLEAN: return lua_toboolean(L, place) != 0;
    case LUA_TNUMBER:
        if (lua_isinteger(L, place))
            return static_cast<std::int64_t>(lua_tointeger(L, place));
        if (!std::isfinite(lua_tonumber(L, place)))
            luaL_error(L, "a number is not finite; one that is was expected");
        return lua_tonumber(L, place);
    case LUA_TSTRING: {
        std::size_t size = 0;
        const char* const text = lua_tolstring(L, place, &size);
        state::of(L).keep(size);
        return json::value(std::string_view(text, size));
    }
    case LUA_TTABLE:
        return is_list(L, place) ? take_list(L, place, depth) : take_object(L, place, depth);
    case LUA_TLIGHTUSERDATA: return nullptr;
    case LUA_TUSERDATA:
        if (const std::uint64_t* const number = to_unsigned(L, place))
            return *number;
        if (packets* const seen = state::of(L).seen; seen != nullptr && seen->is_members(L, place))
            return take_members(L, place, depth);
        break;
    default: break;
    }
    luaL_error(L, "a value is a %s; a text, a number, a boolean, null or a table was expected",
               push_type_name(L, place));
    return nullptr;
}

bool is_same_table(lua_State* L, int place, const json::value& value);

bool is_same_depth(lua_State* L, int place, const json::value& value)
{
    luaL_checkstack(L, 8, "nested too deep");
    switch (value.kind())
    {
    case json::kind::null: return lua_islightuserdata(L, place);
    case json::kind::bool_:
        return lua_isboolean(L, place) && (lua_toboolean(L, place) != 0) == value.get_bool();
    case json::kind::int64:
        return lua_isinteger(L, place) && lua_tointeger(L, place) == value.get_int64();
    case json::kind::uint64:
        if (const std::uint64_t* const number = to_unsigned(L, place))
            return *number == value.get_uint64();
        return lua_isinteger(L, place) && lua_tointeger(L, place) >= 0 &&
               static_cast<std::uint64_t>(lua_tointeger(L, place)) == value.get_uint64();
    case json::kind::double_: {
        const double number = value.get_double();
        return lua_type(L, place) == LUA_TNUMBER && !lua_isinteger(L, place) &&
               (lua_tonumber(L, place) == number ||
                (std::isnan(number) && std::isnan(lua_tonumber(L, place))));
    }
    case json::kind::string: {
        if (lua_type(L, place) != LUA_TSTRING)
            return false;
        std::size_t size = 0;
        const char* const text = lua_tolstring(L, place, &size);
        return std::string_view(text, size) == std::string_view(value.get_string());
    }
    default: return lua_istable(L, place) && is_same_table(L, place, value);
    }
}

bool is_same_table(lua_State* L, int place, const json::value& value)
{
    const json::array* const list = value.if_array();
    if (is_list(L, place) != (list != nullptr))
        return false;
    std::size_t keys = 0;
    lua_pushnil(L);
    while (lua_next(L, place) != 0)
    {
        const json::value* expected = nullptr;
        if (list != nullptr && lua_isinteger(L, -2))
        {
            const lua_Integer n = lua_tointeger(L, -2);
            if (n >= 1 && static_cast<std::uint64_t>(n) <= list->size())
                expected = &(*list)[static_cast<std::size_t>(n - 1)];
        }
        else if (list == nullptr && lua_type(L, -2) == LUA_TSTRING)
        {
            std::size_t size = 0;
            const char* const key = lua_tolstring(L, -2, &size);
            expected = value.get_object().if_contains({key, size});
        }
        if (expected == nullptr || !is_same_depth(L, lua_gettop(L), *expected))
        {
            lua_pop(L, 2);
            return false;
        }
        lua_pop(L, 1);
        ++keys;
    }
    return keys == (list != nullptr ? list->size() : value.get_object().size());
}

} // namespace

json::value take(lua_State* L, int place)
{
    return take_depth(L, lua_absindex(L, place), 1);
}

bool is_same(lua_State* L, int place, const json::value& value)
{
    return is_same_depth(L, lua_absindex(L, place), value);
}

} // namespace lua
