// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "packets.hpp"

#include "library.hpp"
#include "packet_keys.hpp"

namespace lua
{

namespace
{

packets& seen_by(lua_State* L)
{
    packets* const seen = state::of(L).seen;
    if (seen == nullptr)
        luaL_error(L, "there is no packet yet; a call of process was expected");
    return *seen;
}

int get_member(lua_State* L)
{
    return seen_by(L).get(L);
}

int set_member(lua_State* L)
{
    return seen_by(L).set(L);
}

int iterate_members(lua_State* L)
{
    return seen_by(L).iterate(L);
}

int look_up_name(lua_State* L)
{
    return seen_by(L).look_up(L);
}

int refuse_assignment(lua_State* L)
{
    return luaL_error(L, "an expression assigns to \"%s\"; a value was expected",
                      luaL_tolstring(L, 2, nullptr));
}

int clone_packet(lua_State* L)
{
    return seen_by(L).make(
        L, [](const penstock::packet& of) { return of.clone(); }, true);
}

int derive_packet(lua_State* L)
{
    return seen_by(L).make(
        L, [](const penstock::packet& of) { return of.derive(); }, false);
}

} // namespace

void open_packets(lua_State* L)
{
    lua_newtable(L);
    set_function<get_member>(L, "__index");
    set_function<set_member>(L, "__newindex");
    set_function<iterate_members>(L, "__pairs");
    lua_pushliteral(L, "packet");
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_rawsetp(L, LUA_REGISTRYINDEX, &handle_key);
    set_global_function<clone_packet>(L, "clone");
    set_global_function<derive_packet>(L, "derive");
}

void push_environment(lua_State* L)
{
    lua_newuserdatauv(L, 0, 0);
    lua_newtable(L);
    set_function<look_up_name>(L, "__index");
    set_function<refuse_assignment>(L, "__newindex");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_setmetatable(L, -2);
}

} // namespace lua
