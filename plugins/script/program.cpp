// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "program.hpp"

#include "../lua/compile.hpp"
#include "../lua/library.hpp"
#include "../lua/values.hpp"

#include <algorithm>

namespace script_package
{

namespace
{

constexpr char process_key = 0; // its address is a key of the registry

int say_nothing(lua_State* /*L*/)
{
    return 0;
}

} // namespace

program::program(const std::string& script, const std::string& name, const module_texts& modules,
                 const lua::limits& limits, extent how)
    : state_(limits)
{
    state_.begin();
    state_.seen = &packets_;
    state_.run(
        [&](lua_State* L)
        {
            if (how == extent::definitions)
                lua::set_global_function<say_nothing>(L, "print");
            open_modules(L, modules);
            if (const auto wrong = lua::push_script(L, script, ("=" + name).c_str()))
                throw lua::error(name + ": " + wrong->text() + "; a script of Lua was expected");
            state_.call(0, 0);
            if (lua_getglobal(L, "process") != LUA_TFUNCTION)
                throw lua::error(name + ": has no function process; one was expected");
            lua_rawsetp(L, LUA_REGISTRYINDEX, &process_key);
            if (how == extent::whole && lua_getglobal(L, "init") == LUA_TFUNCTION)
                state_.call(0, 0);
        });
}

result program::process(penstock::packet& packet)
{
    packets_.give(packet);
    result found;
    try
    {
        state_.begin();
        state_.run(
            [&](lua_State* L)
            {
                lua_rawgetp(L, LUA_REGISTRYINDEX, &process_key);
                packets_.push_first(L);
                state_.call(1, 1);
                packets_.settle(L);
                found.order = returned(L);
            });
    }
    catch (const lua::refused& refused)
    {
        found.refused = refused.what();
    }
    catch (...)
    {
        packets_.undo();
        packets_.close();
        throw;
    }
    found.made = take_made();
    packets_.close();
    return found;
}

// What stands at the top of the stack.
std::vector<std::size_t> program::returned(lua_State* L)
{
    if (lua_isnil(L, -1))
        return {};
    if (!lua_istable(L, -1))
        return {place_of_packet(L, "process returned")};
    std::vector<std::size_t> order;
    std::vector<bool> is_in(packets_.size(), false);
    const auto size = lua_rawlen(L, -1);
    for (std::size_t n = 1; n <= size; ++n)
    {
        lua_rawgeti(L, -1, static_cast<lua_Integer>(n));
        order.push_back(place_of_packet(L, "a list that process returned has"));
        lua_pop(L, 1);
        if (is_in[order.back()])
            throw lua::error("process returned a packet twice; its clone was expected");
        is_in[order.back()] = true;
    }
    lua_pushnil(L);
    if (size == 0 && lua_next(L, -2) != 0)
        throw lua::error(
            "process returned a table that is no list; a list of packets was expected");
    return order;
}

std::size_t program::place_of_packet(lua_State* L, const char* what)
{
    const std::optional<std::size_t> place = packets_.place_of(L, -1);
    if (!place)
        throw lua::error(std::string(what) + " a " + lua::push_type_name(L, -1) +
                         "; a packet, a list of packets or nil was expected");
    return *place;
}

std::vector<penstock::packet> program::take_made()
{
    std::vector<penstock::packet> made;
    for (std::size_t n = 1; n < packets_.size(); ++n)
        made.push_back(std::move(packets_.at(n)));
    return made;
}

} // namespace script_package
