// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "plugins/lua/compile.hpp"
#include "plugins/lua/state.hpp"
#include "plugins/lua/values.hpp"

#include <penstock/json.hpp>

#include <string>
#include <string_view>

namespace lua_tests
{

/// What a script returns, as JSON; or what it failed with, behind `error: `.
inline std::string result_of(std::string_view script, const lua::limits& limits = {})
{
    std::string text;
    try
    {
        lua::state state(limits);
        state.begin();
        state.run(
            [&](lua_State* L)
            {
                if (const auto wrong = lua::push_script(L, script, "=script"))
                    throw lua::error(wrong->text());
                state.call(0, 1);
                text = lua_isnil(L, -1) ? "nil" : penstock::write_json(lua::take(L, -1));
            });
    }
    catch (const lua::error& error)
    {
        return std::string("error: ") + error.what();
    }
    return text;
}

} // namespace lua_tests
