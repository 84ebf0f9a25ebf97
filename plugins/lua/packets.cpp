// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "packets.hpp"

#include "packet_keys.hpp"
#include "values.hpp"

#include <algorithm>
#include <cstdlib>

namespace lua
{

namespace json = penstock::json;
using penstock::packet;

namespace
{

constexpr std::size_t names_told = 4;

void push_data(lua_State* L, const packet& of)
{
    if (of.data().empty())
        lua_pushnil(L);
    else
        lua_pushlstring(L, of.data().view().data(), of.data().size());
}

// Upvalues: a handle of the part, the names in order, and how many were given.
int next_member(lua_State* L)
{
    const lua_Integer n = lua_tointeger(L, lua_upvalueindex(3)) + 1;
    lua_pushinteger(L, n);
    lua_replace(L, lua_upvalueindex(3));
    if (lua_rawgeti(L, lua_upvalueindex(2), n) == LUA_TNIL)
        return 1;
    lua_pushvalue(L, -1);
    lua_gettable(L, lua_upvalueindex(1));
    return 2;
}

} // namespace

void packets::show(const packet& packet)
{
    absent_.clear();
    slots_.emplace_back().readable = &packet;
}

void packets::give(packet& packet)
{
    show(packet);
    slots_.back().writable = &packet;
}

void packets::close() noexcept
{
    slots_.clear();
    before_.clear();
    data_before_.reset();
    ++call_;
}

void packets::push_first(lua_State* L)
{
    push_handle(L, 0, part::packet);
}

void packets::push_handle(lua_State* L, std::size_t slot, part part)
{
    auto* const made = static_cast<handle*>(lua_newuserdatauv(L, sizeof(handle), 0));
    *made = {call_, static_cast<std::uint32_t>(slot), part};
    lua_rawgetp(L, LUA_REGISTRYINDEX, &handle_key);
    lua_setmetatable(L, -2);
}

packets::handle& packets::handle_at(lua_State* L, int place)
{
    if (lua_type(L, place) == LUA_TUSERDATA && lua_getmetatable(L, place))
    {
        lua_rawgetp(L, LUA_REGISTRYINDEX, &handle_key);
        const bool is_one = lua_rawequal(L, -1, -2) != 0;
        lua_pop(L, 2);
        if (is_one)
            return *static_cast<handle*>(lua_touserdata(L, place));
    }
    luaL_error(L, "a value is a %s; a packet was expected", push_type_name(L, place));
    std::abort(); // not reached: luaL_error() is declared to return
}

packets::slot& packets::slot_of(lua_State* L, const handle& handle)
{
    if (handle.call != call_ || handle.slot >= slots_.size())
        luaL_error(L, "a packet of an earlier call is used; the one at hand was expected");
    return slots_[handle.slot];
}

std::optional<std::size_t> packets::place_of(lua_State* L, int place)
{
    if (lua_type(L, place) != LUA_TUSERDATA)
        return std::nullopt;
    const handle& found = handle_at(L, place);
    (void)slot_of(L, found);
    if (found.part != part::packet)
        return std::nullopt;
    return found.slot;
}

int packets::look_up(lua_State* L)
{
    if (lua_type(L, 2) != LUA_TSTRING || slots_.empty())
        return 0;
    const std::string_view name = name_at(L, 2);
    const handle first{call_, 0, part::environment};
    if (name == "meta")
        push_handle(L, 0, part::meta);
    else if (name == "packet")
        push_handle(L, 0, part::packet);
    else if (name == "data")
        push_data(L, *slots_.front().readable);
    else if (name == "null")
        lua_pushlightuserdata(L, nullptr);
    else if (push_value(L, first, part::fields, name) == LUA_TNIL && absent_.size() < names_told &&
             std::find(absent_.begin(), absent_.end(), name) == absent_.end())
        absent_.emplace_back(name);
    return 1;
}

int packets::get(lua_State* L)
{
    const handle& of = handle_at(L, 1);
    const slot& slot = slot_of(L, of);
    if (lua_type(L, 2) != LUA_TSTRING)
        return 0;
    const std::string_view name = name_at(L, 2);
    if (of.part != part::packet)
        push_value(L, of, of.part, name);
    else if (name == "fields")
        push_handle(L, of.slot, part::fields);
    else if (name == "meta")
        push_handle(L, of.slot, part::meta);
    else if (name == "data")
        push_data(L, *slot.readable);
    else
        push_value(L, of, part::fields, name);
    return 1;
}

// Returns the type of what it pushes.
int packets::push_value(lua_State* L, const handle& handle, part part, std::string_view name)
{
    const packet& of = *slots_[handle.slot].readable;
    const json::value* const found = part == part::meta ? of.find_meta(name) : of.find(name);
    if (found == nullptr)
    {
        lua_pushnil(L);
        return LUA_TNIL;
    }
    if (!found->is_structured())
    {
        push(L, *found);
        return lua_type(L, -1);
    }
    push_tables_of(L, handle.slot, part);
    lua_pushlstring(L, name.data(), name.size());
    if (lua_rawget(L, -2) == LUA_TNIL)
    {
        lua_pop(L, 1);
        const bool is_one = part != part::meta && found->is_array() && !of.is_multivalued(name);
        lua_pushlstring(L, name.data(), name.size());
        push(L, *found, is_one ? listing::one_value : listing::of_values);
        lua_pushvalue(L, -1);
        lua_insert(L, -3);
        lua_rawset(L, -4);
    }
    lua_remove(L, -2);
    return LUA_TTABLE;
}

// Pushes the tables of a part of a packet, by names.
void packets::push_tables_of(lua_State* L, std::size_t slot, part part)
{
    if (tables_call_ != call_)
    {
        lua_newtable(L);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &tables_key);
        tables_call_ = call_;
    }
    lua_rawgetp(L, LUA_REGISTRYINDEX, &tables_key);
    if (lua_rawgeti(L, -1, key_of(slot, part)) == LUA_TNIL)
    {
        lua_pop(L, 1);
        lua_newtable(L);
        lua_pushvalue(L, -1);
        lua_rawseti(L, -3, key_of(slot, part));
    }
    lua_remove(L, -2);
}

int packets::iterate(lua_State* L)
{
    const handle& of = handle_at(L, 1);
    const slot& slot = slot_of(L, of);
    const part part = of.part == part::meta ? part::meta : part::fields;
    push_handle(L, of.slot, part);
    const json::object& all = part == part::meta ? slot.readable->meta() : slot.readable->fields();
    lua_createtable(L, static_cast<int>(std::min<std::size_t>(all.size(), 1 << 20)), 0);
    lua_Integer n = 0;
    for (const auto& each : all)
    {
        lua_pushlstring(L, each.key().data(), each.key().size());
        lua_rawseti(L, -2, ++n);
    }
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, &next_member, 3);
    return 1;
}

} // namespace lua
