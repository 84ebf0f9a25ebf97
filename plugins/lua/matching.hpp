// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "matcher.hpp"
#include "state.hpp"

#include <cstddef>
#include <string_view>

namespace lua
{

/// The text at a place; raises if it is neither a text nor a number.
[[nodiscard]] inline std::string_view text_at(lua_State* L, int place)
{
    std::size_t size = 0;
    const char* const text = luaL_checklstring(L, place, &size);
    return {text, size};
}

/// Pushes what keeps a pattern alive, and returns the pattern; those that were used lately are kept.
/// Raises.
[[nodiscard]] pattern push_pattern(lua_State* L, std::string_view text);

/// Pushes the captures of the last match, or all of it if there are none; returns how many. Raises.
int push_captures(lua_State* L, const matcher& found, std::string_view subject, std::size_t begin);

/// Pushes one capture, or all of the match. Raises.
void push_capture(lua_State* L, const matcher& found, std::string_view subject, std::size_t begin,
                  std::size_t n);

/// Charges the state, which is the context, for steps of a matcher, and gives further ones. Raises.
[[nodiscard]] std::uint64_t further_steps(void* L);

/// Tries a match, and charges the state for its steps. Raises.
bool match_at(lua_State* L, matcher& in, std::size_t begin);

} // namespace lua
