// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// `json.encode`, `json.decode` and `html_escape`.
#include "library.hpp"
#include "matching.hpp"
#include "values.hpp"

#include <penstock/json.hpp>

#include <algorithm>
#include <string>

namespace lua
{

namespace
{

int encode(lua_State* L)
{
    luaL_checkany(L, 1);
    held_bytes held(state::of(L));
    const std::string text = penstock::write_json(take(L, 1));
    held.add(text.size());
    lua_pushlstring(L, text.data(), text.size());
    return 1;
}

int decode(lua_State* L)
{
    const std::string_view text = text_at(L, 1);
    state& of = state::of(L);
    of.charge(text.size() / 16);
    penstock::json_options options;
    options.memory = std::min(options.memory, of.room());
    const penstock::json::value value = penstock::parse_json(text, options);
    push(L, value);
    return 1;
}

std::string_view escape_of(char c) noexcept
{
    switch (c)
    {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    case '\'': return "&#39;";
    default: return {};
    }
}

// What is absent is an empty text, for pages show much that may be absent.
int html_escape(lua_State* L)
{
    if (lua_isnoneornil(L, 1) || lua_islightuserdata(L, 1))
    {
        lua_pushliteral(L, "");
        return 1;
    }
    luaL_tolstring(L, 1, nullptr);
    const std::string_view text = text_at(L, -1);
    state& of = state::of(L);
    held_bytes held(of);
    held.add(text.size());
    of.charge(text.size() / 8);
    std::string escaped;
    escaped.reserve(text.size());
    for (const char c : text)
    {
        const std::string_view instead = escape_of(c);
        if (instead.empty())
        {
            escaped += c;
            continue;
        }
        held.add(instead.size());
        escaped += instead;
    }
    lua_pushlstring(L, escaped.data(), escaped.size());
    return 1;
}

} // namespace

void open_json(lua_State* L)
{
    lua_newtable(L);
    set_function<encode>(L, "encode");
    set_function<decode>(L, "decode");
    lua_setglobal(L, "json");
    set_global_function<html_escape>(L, "html_escape");
}

} // namespace lua
