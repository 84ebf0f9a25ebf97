// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "packets.hpp"

#include "packet_keys.hpp"
#include "values.hpp"

#include <utility>

namespace lua
{

namespace json = penstock::json;
using penstock::packet;

namespace
{

constexpr std::size_t bytes_of_a_packet = 512;
constexpr std::size_t bytes_of_a_field = 64;

std::size_t content_size(const json::value& value) noexcept
{
    std::size_t bytes = bytes_of_a_field;
    if (const json::string* text = value.if_string())
        bytes += text->size();
    else if (const json::array* list = value.if_array())
        for (const json::value& each : *list)
            bytes += content_size(each);
    else if (const json::object* object = value.if_object())
        for (const auto& each : *object)
            bytes += each.key().size() + content_size(each.value());
    return bytes;
}

std::string_view checked_name(lua_State* L, int place)
{
    if (lua_type(L, place) != LUA_TSTRING)
        luaL_error(L, "a name is a %s; a text was expected", push_type_name(L, place));
    return name_at(L, place);
}

} // namespace

int packets::set(lua_State* L)
{
    const handle& of = handle_at(L, 1);
    slot& slot = slot_of(L, of);
    if (slot.writable == nullptr)
        return luaL_error(L,
                          "a packet is changed that may only be read; no assignment was expected");
    const std::string_view name = checked_name(L, 2);
    if (of.part != part::packet)
        set_value(L, of, of.part, name);
    else if (name == "fields")
        set_all(L, of, part::fields);
    else if (name == "meta")
        set_all(L, of, part::meta);
    else if (name == "data")
        set_data(L, slot);
    else
        set_value(L, of, part::fields, name);
    return 0;
}

// Takes the value at 3.
void packets::set_value(lua_State* L, const handle& handle, part part, std::string_view name)
{
    write(L, slots_[handle.slot], part, name, 3);
    push_tables_of(L, handle.slot, part);
    lua_pushlstring(L, name.data(), name.size());
    if (lua_istable(L, 3))
        lua_pushvalue(L, 3); // what is changed in it later is written by settle()
    else
        lua_pushnil(L);
    lua_rawset(L, -3);
    lua_pop(L, 1);
}

void packets::set_data(lua_State* L, slot& slot)
{
    own(L, slot);
    if (&slot == &slots_.front() && !data_before_)
        data_before_ = slot.readable->data();
    if (lua_isnil(L, 3))
        return slot.writable->clear_data();
    if (lua_type(L, 3) != LUA_TSTRING)
        luaL_error(L, "data is a %s; a text was expected", push_type_name(L, 3));
    state::of(L).keep(name_at(L, 3).size());
    slot.writable->set_data(penstock::bytes(std::string(name_at(L, 3))));
}

// Replaces all fields, or all meta, by those of the table at 3.
void packets::set_all(lua_State* L, const handle& handle, part part)
{
    slot& slot = slots_[handle.slot];
    if (!lua_istable(L, 3))
        luaL_error(L, "what replaces all is a %s; a table was expected", push_type_name(L, 3));
    own(L, slot);
    for (const auto& each : part == part::meta ? slot.readable->meta() : slot.readable->fields())
        remember(slot, part, each.key());
    if (part == part::meta)
        slot.writable->set_meta(json::object());
    else
        slot.writable->set_fields({});
    push_tables_of(L, handle.slot, part); // what was read before is not written any more
    lua_pop(L, 1);
    lua_rawgetp(L, LUA_REGISTRYINDEX, &tables_key);
    lua_pushnil(L);
    lua_rawseti(L, -2, key_of(handle.slot, part));
    lua_pop(L, 1);
    set_members(L, handle, part, 3);
}

void packets::set_members(lua_State* L, const handle& handle, part part, int place)
{
    lua_pushnil(L);
    while (lua_next(L, place) != 0)
    {
        write(L, slots_[handle.slot], part, checked_name(L, -2), lua_gettop(L));
        lua_pop(L, 1);
    }
}

void packets::write(lua_State* L, slot& slot, part part, std::string_view name, int place)
{
    own(L, slot);
    remember(slot, part, name);
    packet& into = *slot.writable;
    if (lua_isnil(L, place))
    {
        if (part == part::meta)
            into.erase_meta(name);
        else
            into.erase(name);
        return;
    }
    json::value value = take(L, place);
    state::of(L).keep(name.size() + bytes_of_a_field);
    if (part == part::meta)
        into.set_meta(name, std::move(value));
    else if (value.is_array() && !is_one_value(L, place))
        into.set_values(name, std::move(value.get_array()));
    else
        into.set(name, std::move(value));
}

// Keeps what the first packet has under a name, unless that was written before.
void packets::remember(const slot& slot, part part, std::string_view name)
{
    if (&slot != &slots_.front())
        return;
    const auto [kept, is_new] = before_.try_emplace({part, std::string(name)});
    if (!is_new)
        return;
    const packet& of = *slot.readable;
    const json::value* const found = part == part::meta ? of.find_meta(name) : of.find(name);
    if (found == nullptr)
        return;
    kept->second.value = *found;
    if (part == part::meta)
        return;
    kept->second.is_one_value = !of.is_multivalued(name);
    kept->second.field_meta = of.field_meta(name);
}

void packets::undo()
{
    packet& of = *slots_.front().writable;
    if (data_before_)
        of.set_data(*std::exchange(data_before_, std::nullopt));
    for (auto& [key, before] : std::exchange(before_, {}))
    {
        const auto& [part, name] = key;
        if (part == part::meta && before.value)
            of.set_meta(name, std::move(*before.value));
        else if (part == part::meta)
            of.erase_meta(name);
        else if (!before.value)
            of.erase(name);
        else if (before.is_one_value)
            of.set(name, std::move(*before.value), penstock::keep_meta::no);
        else
            of.set_values(name, std::move(before.value->get_array()), penstock::keep_meta::no);
        for (const auto& meta : before.field_meta)
            of.set_field_meta(name, meta.key(), meta.value());
    }
}

// The first write to a packet that shares its content copies all of it.
void packets::own(lua_State* L, slot& slot)
{
    if (!std::exchange(slot.shares, false))
        return;
    std::size_t bytes = 0;
    for (const auto& each : slot.readable->fields())
        bytes += each.key().size() + content_size(each.value());
    for (const auto& each : slot.readable->meta())
        bytes += each.key().size() + content_size(each.value());
    state::of(L).keep(bytes);
}

void packets::settle(lua_State* L)
{
    if (tables_call_ != call_)
        return;
    for (std::size_t n = 0; n < slots_.size(); ++n)
        if (slots_[n].writable != nullptr)
        {
            settle_part(L, n, part::fields);
            settle_part(L, n, part::meta);
        }
}

void packets::settle_part(lua_State* L, std::size_t slot, part part)
{
    push_tables_of(L, slot, part);
    const int tables = lua_gettop(L);
    lua_pushnil(L);
    while (lua_next(L, tables) != 0)
    {
        const std::string_view name = name_at(L, -2);
        const packet& of = *slots_[slot].readable;
        const json::value* const now = part == part::meta ? of.find_meta(name) : of.find(name);
        if (now == nullptr || !is_same(L, -1, *now))
            write(L, slots_[slot], part, name, lua_gettop(L));
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
}

int packets::make(lua_State* L, packet (*from)(const packet&), bool shares)
{
    const handle& of = handle_at(L, 1);
    const slot& source = slot_of(L, of);
    if (source.writable == nullptr)
        return luaL_error(L, "a packet is made in an expression; a script was expected");
    if (!lua_isnoneornil(L, 2))
        luaL_checktype(L, 2, LUA_TTABLE);
    lua_settop(L, 2);
    if (shares)
        settle(L);
    state::of(L).keep(bytes_of_a_packet);
    slot& made = slots_.emplace_back();
    made.made = from(*source.writable);
    made.readable = made.writable = &*made.made;
    made.shares = shares;
    push_handle(L, slots_.size() - 1, part::packet);
    if (lua_istable(L, 2))
        set_members(L, handle_at(L, 3), part::fields, 2);
    return 1;
}

} // namespace lua
