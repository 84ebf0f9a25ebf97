// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// `string.gsub`: Lua 5.4 Reference Manual, §6.4.
#include "library.hpp"
#include "matching.hpp"
#include "values.hpp"

#include <algorithm>
#include <memory>
#include <string>

namespace lua
{

namespace
{

// One call. It is not on the stack, of which a function that is called in it may need much.
class substitution
{
public:
    substitution(lua_State* L, std::string_view subject, const pattern& wanted)
        : L_(L), subject_(subject), in_(subject, wanted, &further_steps, L), held_(state::of(L))
    {
    }

    void run(lua_Integer most, bool is_anchored)
    {
        std::size_t at = 0;
        std::size_t last = no_match;
        while (count_ < most)
        {
            if (match_at(L_, in_, at) && in_.end() != last)
            {
                ++count_;
                replace(at);
                at = last = in_.end();
            }
            else if (at < subject_.size())
                append(subject_.substr(at++, 1));
            else
                break;
            if (is_anchored)
                break;
        }
        if (at < subject_.size())
            append(subject_.substr(at));
    }

    int push() const
    {
        lua_pushlstring(L_, text_.data(), text_.size());
        lua_pushinteger(L_, count_);
        return 2;
    }

private:
    static constexpr std::size_t no_match = static_cast<std::size_t>(-1);

    void append(std::string_view more)
    {
        if (text_.size() + more.size() > text_.capacity())
        {
            held_.add(text_.size() + more.size());
            text_.reserve(2 * (text_.size() + more.size()));
        }
        text_ += more;
    }

    void replace(std::size_t begin)
    {
        const int type = lua_type(L_, 3);
        if (type == LUA_TSTRING || type == LUA_TNUMBER)
            return fill_in(text_at(L_, 3), begin);
        if (type == LUA_TFUNCTION)
        {
            lua_pushvalue(L_, 3);
            const int captures = push_captures(L_, in_, subject_, begin);
            lua_call(L_, captures, 1);
        }
        else
        {
            push_capture(L_, in_, subject_, begin, 0);
            lua_gettable(L_, 3);
        }
        if (lua_toboolean(L_, -1) == 0)
            append(subject_.substr(begin, in_.end() - begin));
        else if (lua_isstring(L_, -1) != 0)
            append(text_at(L_, -1));
        else
            luaL_error(L_, "a replacement is a %s; a text was expected", push_type_name(L_, -1));
        lua_pop(L_, 1);
    }

    void fill_in(std::string_view text, std::size_t begin)
    {
        for (std::size_t n = 0; n < text.size(); ++n)
        {
            const std::size_t next = std::min(text.find('%', n), text.size());
            append(text.substr(n, next - n));
            n = next;
            if (n == text.size())
                return;
            const char c = n + 1 < text.size() ? text[n + 1] : '\0';
            ++n;
            if (c == '%')
                append("%");
            else if (c == '0')
                append(subject_.substr(begin, in_.end() - begin));
            else if (c >= '1' && c <= '9' &&
                     static_cast<std::size_t>(c - '1') < std::max<std::size_t>(in_.captures(), 1))
            {
                push_capture(L_, in_, subject_, begin, static_cast<std::size_t>(c - '1'));
                append(text_at(L_, -1));
                lua_pop(L_, 1);
            }
            else
                luaL_error(L_, "a replacement has %% before what is no capture; %%%% or the number "
                               "of a capture was expected");
        }
    }

    lua_State* L_;
    std::string_view subject_;
    matcher in_;
    held_bytes held_;
    std::string text_;
    lua_Integer count_ = 0;
};

int substitute(lua_State* L)
{
    const std::string_view subject = text_at(L, 1);
    const std::string_view wanted = text_at(L, 2);
    const int type = lua_type(L, 3);
    luaL_argexpected(L,
                     type == LUA_TSTRING || type == LUA_TNUMBER || type == LUA_TFUNCTION ||
                         type == LUA_TTABLE,
                     3, "string/function/table");
    const lua_Integer most = luaL_optinteger(L, 4, static_cast<lua_Integer>(subject.size()) + 1);
    lua_settop(L, 3);
    const pattern made = push_pattern(L, wanted);
    const auto run = std::make_unique<substitution>(L, subject, made);
    run->run(most, made.anchored);
    return run->push();
}

} // namespace

void open_substitution(lua_State* L)
{
    set_function<substitute>(L, "gsub");
}

} // namespace lua
