// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The functions of `string` that look for patterns, and those whose time or stack would not be
// bounded: Lua 5.4 Reference Manual, §6.4.
#include "library.hpp"
#include "matching.hpp"

#include <algorithm>
#include <cstring>
#include <new>
#include <optional>

namespace lua
{

namespace
{

constexpr char patterns_key = 0; // its address is a key of the registry
constexpr lua_Integer most_patterns = 100;

constexpr std::uint64_t steps_at_once = 10'000;

constexpr std::string_view special = "^$*+?.([%-";

// Returns where to begin, or nothing if that is behind the end.
std::optional<std::size_t> begin_at(lua_State* L, int place, std::size_t size)
{
    const lua_Integer begin = luaL_optinteger(L, place, 1);
    if (begin > 0)
        return static_cast<std::size_t>(begin - 1) <= size
                   ? std::optional(static_cast<std::size_t>(begin - 1))
                   : std::nullopt;
    if (begin == 0 || begin < -static_cast<lua_Integer>(size))
        return 0;
    return size - static_cast<std::size_t>(-begin);
}

int nothing(lua_State* L)
{
    lua_pushnil(L);
    return 1;
}

int find_plain(lua_State* L, std::string_view subject, std::string_view wanted, std::size_t begin)
{
    state::of(L).charge((subject.size() - begin) / 64 + wanted.size() / 64);
    const void* const found =
        ::memmem(subject.data() + begin, subject.size() - begin, wanted.data(), wanted.size());
    if (found == nullptr)
        return nothing(L);
    const auto at = static_cast<lua_Integer>(static_cast<const char*>(found) - subject.data());
    lua_pushinteger(L, at + 1);
    lua_pushinteger(L, at + static_cast<lua_Integer>(wanted.size()));
    return 2;
}

template <bool Positions>
int find(lua_State* L)
{
    const std::string_view subject = text_at(L, 1);
    const std::string_view wanted = text_at(L, 2);
    const std::optional<std::size_t> begin = begin_at(L, 3, subject.size());
    if (!begin)
        return nothing(L);
    if (Positions &&
        (lua_toboolean(L, 4) != 0 || wanted.find_first_of(special) == std::string_view::npos))
        return find_plain(L, subject, wanted, *begin);
    const pattern made = push_pattern(L, wanted);
    matcher in(subject, made, &further_steps, L);
    for (std::size_t at = *begin; at <= subject.size(); ++at)
    {
        if (match_at(L, in, at))
        {
            if (!Positions)
                return push_captures(L, in, subject, at);
            lua_pushinteger(L, static_cast<lua_Integer>(at + 1));
            lua_pushinteger(L, static_cast<lua_Integer>(in.end()));
            return 2 + (in.captures() > 0 ? push_captures(L, in, subject, at) : 0);
        }
        if (made.anchored)
            break;
    }
    return nothing(L);
}

// Upvalues: the subject, the pattern, where to go on, and where the last match ended, plus one.
int next_match(lua_State* L)
{
    std::size_t size = 0;
    const char* const text = lua_tolstring(L, lua_upvalueindex(1), &size);
    const std::string_view subject(text, size);
    const auto& made = *static_cast<const pattern*>(lua_touserdata(L, lua_upvalueindex(2)));
    const lua_Integer last = lua_tointeger(L, lua_upvalueindex(4));
    matcher in(subject, made, &further_steps, L);
    for (auto at = static_cast<std::size_t>(lua_tointeger(L, lua_upvalueindex(3))); at <= size;
         ++at)
    {
        if (!match_at(L, in, at) || static_cast<lua_Integer>(in.end()) + 1 == last)
            continue;
        lua_pushinteger(L, static_cast<lua_Integer>(in.end()));
        lua_replace(L, lua_upvalueindex(3));
        lua_pushinteger(L, static_cast<lua_Integer>(in.end()) + 1);
        lua_replace(L, lua_upvalueindex(4));
        return push_captures(L, in, subject, at);
    }
    lua_pushinteger(L, static_cast<lua_Integer>(size) + 1);
    lua_replace(L, lua_upvalueindex(3));
    return nothing(L);
}

// A ^ at the begin is no anchor here, but a character.
int matches(lua_State* L)
{
    const std::string_view subject = text_at(L, 1);
    const std::string_view wanted = text_at(L, 2);
    const std::optional<std::size_t> begin = begin_at(L, 3, subject.size());
    lua_settop(L, 2);
    lua_pushvalue(L, 1);
    if (wanted.starts_with('^'))
    {
        lua_pushliteral(L, "%");
        lua_pushvalue(L, 2);
        lua_concat(L, 2);
        lua_replace(L, 2);
    }
    (void)push_pattern(L, text_at(L, 2));
    lua_pushinteger(L, static_cast<lua_Integer>(begin.value_or(subject.size() + 1)));
    lua_pushinteger(L, 0);
    lua_pushcclosure(L, &guarded<next_match>, 4);
    return 1;
}

int repeat(lua_State* L)
{
    const std::string_view text = text_at(L, 1);
    const lua_Integer count = luaL_checkinteger(L, 2);
    const std::string_view between = lua_isnoneornil(L, 3) ? std::string_view("") : text_at(L, 3);
    const std::size_t unit = text.size() + between.size();
    if (count <= 0 || unit == 0)
    {
        lua_pushliteral(L, "");
        return 1;
    }
    state& of = state::of(L);
    if (static_cast<std::size_t>(count) > of.room() / unit)
        of.keep(of.room() + 1); // raises
    const std::size_t size = static_cast<std::size_t>(count) * unit - between.size();
    luaL_Buffer buffer;
    char* const begin = luaL_buffinitsize(L, &buffer, std::max(size, unit));
    std::memcpy(begin, text.data(), text.size());
    std::memcpy(begin + text.size(), between.data(), between.size());
    for (std::size_t done = unit; done < size; done *= 2)
        std::memcpy(begin + done, begin, std::min(done, size - done));
    luaL_pushresultsize(&buffer, size);
    return 1;
}

// What has a text of its own gives it before, so that nothing is called below the large buffer that
// the function of Lua has on the stack.
int format(lua_State* L)
{
    for (int n = lua_gettop(L); n > 1; --n)
        if (lua_istable(L, n) || lua_isuserdata(L, n))
        {
            luaL_tolstring(L, n, nullptr);
            lua_replace(L, n);
        }
    lua_pushvalue(L, lua_upvalueindex(1));
    lua_insert(L, 1);
    lua_call(L, lua_gettop(L) - 1, 1);
    return 1;
}

} // namespace

pattern push_pattern(lua_State* L, std::string_view text)
{
    luaL_checkstack(L, 6, "nested too deep");
    lua_rawgetp(L, LUA_REGISTRYINDEX, &patterns_key);
    lua_pushlstring(L, text.data(), text.size());
    if (lua_rawget(L, -2) == LUA_TUSERDATA)
    {
        lua_remove(L, -2);
        return *static_cast<const pattern*>(lua_touserdata(L, -1));
    }
    lua_pop(L, 1);
    state::of(L).charge(text.size());
    auto* const made = static_cast<pattern*>(
        lua_newuserdatauv(L, sizeof(pattern) + text.size() * sizeof(pattern_item), 0));
    static_assert(sizeof(pattern) % alignof(pattern_item) == 0);
    new (made) pattern(read_pattern(text, reinterpret_cast<pattern_item*>(made + 1)));
    lua_rawgeti(L, -2, 1); // how many there are; all other keys are texts
    const lua_Integer count = lua_tointeger(L, -1);
    lua_pop(L, 1);
    if (count >= most_patterns)
    {
        lua_newtable(L);
        lua_replace(L, -3);
        lua_pushvalue(L, -2);
        lua_rawsetp(L, LUA_REGISTRYINDEX, &patterns_key);
    }
    lua_pushinteger(L, count >= most_patterns ? 1 : count + 1);
    lua_rawseti(L, -3, 1);
    lua_pushlstring(L, text.data(), text.size());
    lua_pushvalue(L, -2);
    lua_rawset(L, -4);
    lua_remove(L, -2);
    return *made;
}

void push_capture(lua_State* L, const matcher& found, std::string_view subject, std::size_t begin,
                  std::size_t n)
{
    if (found.captures() == 0)
    {
        lua_pushlstring(L, subject.data() + begin, found.end() - begin);
        return;
    }
    const capture& each = found[n];
    if (each.is_position)
        lua_pushinteger(L, static_cast<lua_Integer>(each.begin + 1));
    else
        lua_pushlstring(L, subject.data() + each.begin, each.end - each.begin);
}

int push_captures(lua_State* L, const matcher& found, std::string_view subject, std::size_t begin)
{
    const std::size_t count = std::max<std::size_t>(found.captures(), 1);
    luaL_checkstack(L, static_cast<int>(count), "too many captures");
    for (std::size_t n = 0; n < count; ++n)
        push_capture(L, found, subject, begin, n);
    return static_cast<int>(count);
}

std::uint64_t further_steps(void* L)
{
    state::of(static_cast<lua_State*>(L)).charge(steps_at_once);
    return steps_at_once;
}

bool match_at(lua_State* L, matcher& in, std::size_t begin)
{
    in.set_steps(steps_at_once);
    const bool is_match = in.match_at(begin);
    state::of(L).charge(steps_at_once - in.steps() + 1);
    return is_match;
}

void open_strings(lua_State* L)
{
    lua_newtable(L);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &patterns_key);
    set_function<find<true>>(L, "find");
    set_function<find<false>>(L, "match");
    set_function<matches>(L, "gmatch");
    set_function<repeat>(L, "rep");
    lua_getfield(L, -1, "format");
    lua_pushcclosure(L, &guarded<format>, 1);
    lua_setfield(L, -2, "format");
    lua_pushnil(L);
    lua_setfield(L, -2, "dump");
}

} // namespace lua
