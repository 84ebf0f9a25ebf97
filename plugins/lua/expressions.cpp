// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "expressions.hpp"

#include "values.hpp"

#include <penstock/blocking.hpp>

#include <algorithm>
#include <utility>

namespace lua
{

namespace
{

constexpr char functions_key = 0; // its address is the key of the compiled functions

void replace_all(std::string& text, std::string_view from, std::string_view to)
{
    for (std::size_t at = text.find(from); at != text.npos; at = text.find(from, at + to.size()))
        text.replace(at, from.size(), to);
}

// Makes a message of Lua one about fields: `expression:1: … (global 'price')`.
std::string readable(std::string text)
{
    constexpr std::string_view prefix = "expression:";
    if (text.starts_with(prefix))
        text.erase(0, text.find(": ", prefix.size()) + 2);
    replace_all(text, "(global '", "(field '");
    return text;
}

} // namespace

expressions::expressions(std::vector<std::string> names, std::vector<std::string> texts,
                         const limits& limits)
    : names_(std::move(names)), texts_(std::move(texts)), limits_(limits)
{
}

void expressions::start()
{
    if (state_ != nullptr)
        return;
    // Not on the stack of a fiber, of which the compiler may need more.
    state_ = penstock::blocking(
        [this]
        {
            auto made = std::make_unique<state>(limits_);
            made->seen = &packets_;
            made->run(
                [this](lua_State* L)
                {
                    lua_newtable(L);
                    push_environment(L);
                    for (std::size_t n = 0; n < texts_.size(); ++n)
                    {
                        if (const auto wrong = push_expression(L, texts_[n]))
                            throw error(names_[n] + ": " + wrong->text());
                        lua_rawseti(L, 1, static_cast<lua_Integer>(n + 1));
                    }
                    lua_settop(L, 1);
                    lua_rawsetp(L, LUA_REGISTRYINDEX, &functions_key);
                });
            return made;
        });
}

void expressions::begin(const penstock::packet& packet)
{
    start();
    packets_.show(packet);
    state_->begin();
}

expression_value expressions::evaluate(std::size_t n)
{
    expression_value found;
    look(n,
         [&](lua_State* L)
         {
             if (lua_isnil(L, -1))
                 return;
             found.value = take(L, -1);
             found.is_one_value = lua_istable(L, -1) && lua::is_one_value(L, -1);
         });
    return found;
}

bool expressions::is_true(std::size_t n)
{
    bool is = false;
    look(n, [&](lua_State* L) { is = !is_false(L, -1); });
    return is;
}

template <class Look>
void expressions::look(std::size_t n, Look&& look)
{
    try
    {
        state_->run(
            [&](lua_State* L)
            {
                lua_rawgetp(L, LUA_REGISTRYINDEX, &functions_key);
                lua_rawgeti(L, -1, static_cast<lua_Integer>(n + 1));
                state_->call(0, 1);
                look(L);
            });
    }
    catch (const limit_reached& reached)
    {
        state_.reset();
        throw limit_reached(names_[n] + ": " + reached.what());
    }
    catch (const error& wrong)
    {
        throw error(told(n, wrong.what()));
    }
}

std::string expressions::told(std::size_t n, const std::string& what) const
{
    constexpr std::size_t longest = 200;
    std::string text =
        names_[n] + ": " + readable(texts_[n].substr(0, longest)) + ": " + readable(what);
    std::replace(text.begin(), text.end(), '\n', ' '); // a reason is one line
    for (const std::string& name : packets_.absent())
        text += "; field \"" + name + "\" is absent";
    return text;
}

void check_expression(penstock::problems& found, std::string_view where, std::string_view text)
{
    if (const auto wrong = problem_of_expression(text))
        found.add(where, wrong->text() + "; an expression of Lua was expected");
}

} // namespace lua
