// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "compile.hpp"

#include "names.hpp"
#include "state.hpp"

#include <algorithm>
#include <charconv>
#include <vector>

namespace lua
{

namespace
{

// Gives the compiler one byte after the other, so that it is known how far it has read.
struct byte_source
{
    std::string_view text;
    std::size_t at = 0;

    static const char* next(lua_State*, void* self, std::size_t* size)
    {
        auto& from = *static_cast<byte_source*>(self);
        *size = from.at < from.text.size() ? 1 : 0;
        return *size != 0 ? from.text.data() + from.at++ : nullptr;
    }
};

// Takes `NAME:LINE: ` from the begin of a message of the compiler; returns the line.
std::size_t take_line(std::string_view& message)
{
    const std::size_t colon = message.find(':');
    std::size_t line = 1;
    if (colon == message.npos)
        return line;
    const char* const begin = message.data() + colon + 1;
    const auto [end, error] = std::from_chars(begin, message.data() + message.size(), line);
    if (error == std::errc())
        message.remove_prefix(static_cast<std::size_t>(end - message.data()));
    if (message.starts_with(": "))
        message.remove_prefix(2);
    return line;
}

std::size_t line_of(std::string_view text, std::size_t at)
{
    return 1 + static_cast<std::size_t>(
                   std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n'));
}

// Counts each byte that continues no character of UTF-8.
std::size_t characters_in(std::string_view text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(),
                      [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

// Finds the token that a message is about, which ends where the compiler has read to, or one token
// before: its place in the text, or where the line begins.
std::size_t place_of_token(std::string_view text, std::size_t read, std::string_view message,
                           std::size_t line)
{
    constexpr std::string_view near = " near '";
    const std::size_t found = message.rfind(near);
    if (message.ends_with(" near <eof>"))
        return text.size();
    if (found != message.npos && message.ends_with('\''))
    {
        const std::string_view token =
            message.substr(found + near.size(), message.size() - found - near.size() - 1);
        const std::size_t end = std::min(read, text.size());
        if (const std::size_t at = text.substr(0, end).rfind(token);
            !token.empty() && at != text.npos)
            return at;
    }
    std::size_t at = 0;
    for (std::size_t n = 1; n < line && text.find('\n', at) != text.npos; ++n)
        at = text.find('\n', at) + 1;
    return at;
}

// Compiles `text`; what it says of places is of what stands there from `prefix` on.
std::optional<source_problem> push_compiled(lua_State* L, std::string_view text, std::size_t prefix,
                                            std::size_t size, const char* name)
{
    byte_source source{text};
    const int status = lua_load(L, &byte_source::next, &source, name, "t");
    if (status == LUA_OK)
        return std::nullopt;
    if (status == LUA_ERRMEM)
        lua_error(L);
    std::size_t length = 0;
    const char* const begin = lua_tolstring(L, -1, &length);
    std::string_view message(begin, length);
    const std::size_t line = take_line(message);
    std::size_t at = place_of_token(text, source.at, message, line);
    std::string what(message);
    if (status != LUA_ERRSYNTAX)
    {
        at = std::min(source.at, prefix + size - 1);
        what = "the text is nested too deep";
    }
    else if (at >= prefix + size) // in what was added behind it
    {
        at = prefix + size;
        what = what.substr(0, what.rfind(" near ")) + " at the end";
    }
    at -= std::min(at, prefix);
    const std::string_view own = text.substr(prefix, size);
    const std::size_t line_begin = at == 0 ? 0 : own.rfind('\n', at - 1) + 1; // npos + 1 is 0
    lua_pop(L, 1);
    return source_problem{std::move(what), line_of(own, at),
                          characters_in(own.substr(line_begin, at - line_begin)) + 1};
}

// Within our parentheses `1) , (2` is fine, and `1, 2` alone: an expression is fine in both places.
std::optional<source_problem> problem_outside_parentheses(lua_State* L, std::string_view text)
{
    constexpr std::string_view prefix = "return ";
    auto wrong = push_compiled(L, std::string(prefix) + std::string(text), prefix.size(),
                               text.size(), "=expression");
    if (!wrong)
        lua_pop(L, 1);
    return wrong;
}

std::optional<source_problem> look_at(std::string_view text,
                                      std::optional<source_problem> (*compiled)(lua_State*,
                                                                                std::string_view))
{
    state fresh({});
    std::optional<source_problem> found;
    fresh.run([&](lua_State* L) { found = compiled(L, text); });
    return found;
}

bool is_blank(std::string_view text)
{
    return text.find_first_not_of(" \t\r\n") == text.npos;
}

} // namespace

std::string source_problem::text() const
{
    return "line " + std::to_string(line) + ", column " + std::to_string(column) + ": " + what;
}

std::optional<source_problem> push_script(lua_State* L, std::string_view text, const char* name)
{
    return push_compiled(L, text, 0, text.size(), name);
}

std::optional<source_problem> push_expression(lua_State* L, std::string_view text)
{
    if (is_blank(text))
        return source_problem{"there is no expression", 1, 1};
    const int environment = lua_gettop(L);
    std::vector<std::string> names;
    for (const std::string& name : called_names(text))
        if (lua_getglobal(L, name.c_str()) == LUA_TNIL)
            lua_pop(L, 1);
        else
            names.push_back(name);
    std::string prefix = "local _ENV";
    for (const std::string& name : names)
        prefix += ',' + name;
    prefix += "=... return function() return (";
    const std::string whole = prefix + std::string(text) + "\n) end";
    luaL_checkstack(L, static_cast<int>(names.size()) + 4, "too many names");
    auto wrong = push_compiled(L, whole, prefix.size(), text.size(), "=expression");
    if (!wrong)
        wrong = problem_outside_parentheses(L, text);
    if (wrong)
    {
        lua_settop(L, environment);
        for (const std::string_view ours : {"')' expected near ", "<eof> expected near "})
            if (wrong->what.starts_with(ours))
                wrong->what.replace(0, ours.size(), "unexpected symbol near ");
        return wrong;
    }
    lua_insert(L, environment + 1);
    lua_pushvalue(L, environment);
    lua_insert(L, environment + 2);
    lua_call(L, static_cast<int>(names.size()) + 1, 1);
    return std::nullopt;
}

std::optional<source_problem> problem_of_script(std::string_view text)
{
    return look_at(text, [](lua_State* L, std::string_view script)
                   { return push_script(L, script, "=script"); });
}

std::optional<source_problem> problem_of_expression(std::string_view text)
{
    return look_at(text,
                   [](lua_State* L, std::string_view expression)
                   {
                       lua_newtable(L);
                       return push_expression(L, expression);
                   });
}

} // namespace lua
