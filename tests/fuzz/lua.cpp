// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Texts as scripts and expressions of Lua, and as patterns: each ends within its limits.

#include "target.hpp"

#include "plugins/lua/compile.hpp"
#include "plugins/lua/expressions.hpp"
#include "plugins/lua/names.hpp"
#include "plugins/lua/values.hpp"

#include <chrono>

namespace penstock::fuzz
{

namespace
{

constexpr lua::limits small{.instructions = 20'000,
                            .memory = std::size_t{1} << 20,
                            .timeout = std::chrono::milliseconds(1000)};

// What a script says, if it fails, is a text; nothing else leaves it.
template <class Work>
void run(Work&& work)
{
    try
    {
        lua::state state(small);
        state.begin();
        state.run(work);
    }
    catch (const lua::error& wrong)
    {
        hold(wrong.what() != nullptr, "a failure has a text");
    }
}

void hold_place(const std::optional<lua::source_problem>& problem, std::string_view text)
{
    if (problem)
        hold(problem->line >= 1 && problem->column >= 1 && problem->column <= text.size() + 1,
             "a problem is at a place of the text");
}

} // namespace

std::vector<std::string> seeds()
{
    return {"price * count",
            "string.format('%5.2f %s', n, title:upper())",
            "local t = {} for i = 1, 10 do t[#t + 1] = i end table.sort(t) return t",
            "return ('hello world'):gsub('(%w+) (%w+)', '%2 %1')",
            "for k, v in ('a=1, b=2'):gmatch('(%w+)=(%w+)') do end",
            "return json.encode(json.decode('[1, {\"a\": null}]')) .. html_escape('<')",
            "local x <close> = setmetatable({}, {__close = function() end}) return pcall(error, 1)",
            "^%s*(.-)%s*$",
            "%f[%w]%b()[^%]-a]+",
            "((a*)(b?))%2$",
            "[%a_][%w_]*",
            "%",
            "--[==[ ]]"};
}

void try_input(std::string_view input)
{
    const auto script = lua::problem_of_script(input);
    hold_place(script, input);
    hold_place(lua::problem_of_expression(input), input);
    hold(lua::called_names(input).size() <= input.size(), "a name has a letter");
    if (!script)
        run(
            [&](lua_State* L)
            {
                if (lua::push_script(L, input, "=script"))
                    return;
                lua_call(L, 0, 1);
                if (!lua_isnil(L, -1))
                    (void)lua::take(L, -1);
            });
    run(
        [&](lua_State* L)
        {
            for (const char* const name : {"find", "gsub"})
            {
                lua_getglobal(L, "string");
                lua_getfield(L, -1, name);
                lua_pushliteral(L, "key = (a (b) c), 2026-11-30 \xff");
                lua_pushlstring(L, input.data(), input.size());
                lua_pushlstring(L, input.data(), input.size());
                if (name[0] == 'f')
                    lua_pop(L, 1);
                lua_call(L, name[0] == 'f' ? 2 : 3, LUA_MULTRET);
                lua_settop(L, 0);
            }
        });
}

} // namespace penstock::fuzz
