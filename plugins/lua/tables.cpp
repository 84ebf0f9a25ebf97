// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The functions of `table`: Lua 5.4 Reference Manual, §6.6, but for one thing: they look at tables
// themselves, not at what metatables make of them, so that their work is bounded by what is there.
#include "library.hpp"
#include "values.hpp"

#include <cstdint>

namespace lua
{

namespace
{

lua_Integer size_of(lua_State* L, int place)
{
    luaL_checktype(L, place, LUA_TTABLE);
    return static_cast<lua_Integer>(lua_rawlen(L, place));
}

void charge(lua_State* L, lua_Integer items)
{
    if (items > 0)
        state::of(L).charge(static_cast<std::uint64_t>(items));
}

int insert_item(lua_State* L)
{
    const lua_Integer end = size_of(L, 1) + 1;
    lua_Integer at = end;
    if (lua_gettop(L) == 3)
    {
        at = luaL_checkinteger(L, 2);
        luaL_argcheck(L, at >= 1 && at <= end, 2, "position out of bounds");
        charge(L, end - at);
        for (lua_Integer n = end; n > at; --n)
        {
            lua_rawgeti(L, 1, n - 1);
            lua_rawseti(L, 1, n);
        }
    }
    else if (lua_gettop(L) != 2)
        return luaL_error(L, "wrong number of arguments to 'insert'");
    lua_rawseti(L, 1, at);
    return 0;
}

int remove_item(lua_State* L)
{
    const lua_Integer size = size_of(L, 1);
    lua_Integer at = luaL_optinteger(L, 2, size);
    luaL_argcheck(L,
                  lua_isnoneornil(L, 2) || (size + 1 == at) || (at >= 1 && at <= size) ||
                      (size == 0 && at == 0),
                  2, "position out of bounds");
    lua_rawgeti(L, 1, at);
    charge(L, size - at);
    for (; at < size; ++at)
    {
        lua_rawgeti(L, 1, at + 1);
        lua_rawseti(L, 1, at);
    }
    lua_pushnil(L);
    lua_rawseti(L, 1, at);
    return 1;
}

int concatenate(lua_State* L)
{
    const lua_Integer size = size_of(L, 1);
    std::size_t length = 0;
    const char* const between = luaL_optlstring(L, 2, "", &length);
    const lua_Integer first = luaL_optinteger(L, 3, 1);
    const lua_Integer last = luaL_optinteger(L, 4, size);
    luaL_Buffer buffer;
    luaL_buffinit(L, &buffer);
    for (lua_Integer n = first; n <= last; ++n)
    {
        charge(L, 1);
        lua_rawgeti(L, 1, n);
        if (lua_isstring(L, -1) == 0)
            return luaL_error(L, "item %I of a table is a %s; a text was expected",
                              static_cast<LUAI_UACINT>(n), push_type_name(L, -1));
        luaL_addvalue(&buffer);
        if (n == last)
            break; // it may be the greatest integer
        luaL_addlstring(&buffer, between, length);
    }
    luaL_pushresult(&buffer);
    return 1;
}

int pack(lua_State* L)
{
    const int count = lua_gettop(L);
    lua_createtable(L, count, 1);
    lua_insert(L, 1);
    for (int n = count; n >= 1; --n)
        lua_rawseti(L, 1, n);
    lua_pushinteger(L, count);
    lua_setfield(L, 1, "n");
    return 1;
}

int unpack(lua_State* L)
{
    const lua_Integer first = luaL_optinteger(L, 2, 1);
    const lua_Integer last = lua_isnoneornil(L, 3) ? size_of(L, 1) : luaL_checkinteger(L, 3);
    luaL_checktype(L, 1, LUA_TTABLE);
    if (first > last)
        return 0;
    constexpr std::uint64_t most = 100'000;
    const std::uint64_t count =
        static_cast<std::uint64_t>(last) - static_cast<std::uint64_t>(first);
    if (count >= most || lua_checkstack(L, static_cast<int>(count) + 1) == 0)
        return luaL_error(L, "too many results to unpack");
    charge(L, static_cast<lua_Integer>(count));
    for (lua_Integer n = first; n < last; ++n)
        lua_rawgeti(L, 1, n);
    lua_rawgeti(L, 1, last);
    return static_cast<int>(count) + 1;
}

// table.move(from, first, last, to[, into])
int move_items(lua_State* L)
{
    const lua_Integer first = luaL_checkinteger(L, 2);
    const lua_Integer last = luaL_checkinteger(L, 3);
    const lua_Integer to = luaL_checkinteger(L, 4);
    const int into = lua_isnoneornil(L, 5) ? 1 : 5;
    luaL_checktype(L, 1, LUA_TTABLE);
    luaL_checktype(L, into, LUA_TTABLE);
    if (last >= first)
    {
        luaL_argcheck(L, first > 0 || last < LUA_MAXINTEGER + first, 3,
                      "too many elements to move");
        const lua_Integer count = last - first + 1;
        luaL_argcheck(L, to <= LUA_MAXINTEGER - count + 1, 4, "destination wrap around");
        const bool is_upwards = into == 1 && to > first && to <= last;
        for (lua_Integer n = 0; n < count; ++n)
        {
            charge(L, 1);
            const lua_Integer at = is_upwards ? count - 1 - n : n;
            lua_rawgeti(L, 1, first + at);
            lua_rawseti(L, into, to + at);
        }
    }
    lua_pushvalue(L, into);
    return 1;
}

// Whether the first of the two items at the top comes before the second.
bool is_before(lua_State* L)
{
    std::uint64_t work = 1;
    if (lua_type(L, -1) == LUA_TSTRING && lua_type(L, -2) == LUA_TSTRING)
        work += lua_rawlen(L, -1) / 16;
    state::of(L).charge(work);
    if (lua_isnoneornil(L, 2))
        return lua_compare(L, -2, -1, LUA_OPLT) != 0;
    lua_pushvalue(L, 2);
    lua_pushvalue(L, -3);
    lua_pushvalue(L, -3);
    lua_call(L, 2, 1);
    const bool is = lua_toboolean(L, -1) != 0;
    lua_pop(L, 1);
    return is;
}

// Lets the item at `root` sink in the heap of the first `size` items.
void sift_down(lua_State* L, lua_Integer root, lua_Integer size)
{
    lua_rawgeti(L, 1, root); // the item, while its place is free
    for (lua_Integer child = 2 * root; child <= size; child = 2 * root)
    {
        lua_rawgeti(L, 1, child);
        if (child < size)
        {
            lua_rawgeti(L, 1, child + 1);
            if (is_before(L))
            {
                lua_remove(L, -2);
                ++child;
            }
            else
                lua_pop(L, 1);
        }
        if (!is_before(L)) // the item is not before the child
        {
            lua_pop(L, 1);
            break;
        }
        lua_rawseti(L, 1, root);
        root = child;
    }
    lua_rawseti(L, 1, root);
}

// By a heap: it ends with any comparison, whether that is an order or not.
int sort(lua_State* L)
{
    const lua_Integer size = size_of(L, 1);
    if (!lua_isnoneornil(L, 2))
        luaL_checktype(L, 2, LUA_TFUNCTION);
    lua_settop(L, 2);
    for (lua_Integer root = size / 2; root >= 1; --root)
        sift_down(L, root, size);
    for (lua_Integer last = size; last > 1; --last)
    {
        lua_rawgeti(L, 1, 1);
        lua_rawgeti(L, 1, last);
        lua_rawseti(L, 1, 1);
        lua_rawseti(L, 1, last);
        sift_down(L, 1, last - 1);
    }
    return 0;
}

} // namespace

void open_tables(lua_State* L)
{
    lua_newtable(L);
    set_function<insert_item>(L, "insert");
    set_function<remove_item>(L, "remove");
    set_function<concatenate>(L, "concat");
    set_function<pack>(L, "pack");
    set_function<unpack>(L, "unpack");
    set_function<move_items>(L, "move");
    set_function<sort>(L, "sort");
    lua_setglobal(L, "table");
}

} // namespace lua
