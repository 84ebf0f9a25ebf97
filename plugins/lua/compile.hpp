// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <lua.hpp>

namespace lua
{

/// What is wrong with a text, and where; lines and columns count from 1, columns in characters.
struct source_problem
{
    std::string what;
    std::size_t line = 1;
    std::size_t column = 1;

    /// `line N, column N: WHAT`.
    [[nodiscard]] std::string text() const;
};

/// Compiles a script, and pushes it as a function that takes what it is called with; or pushes
/// nothing, and returns what is wrong. Code that was compiled before is refused. `name` is what its
/// errors begin with. Raises when memory runs out. [see state]
[[nodiscard]] std::optional<source_problem> push_script(lua_State* L, std::string_view text,
                                                        const char* name);

/// Compiles an expression, and pushes a function without arguments that returns its value; or
/// pushes nothing, and returns what is wrong. Names that it calls, `upper(`, and tables that it
/// calls a member of, `string.upper(`, are those of the library, if there are such; all others are
/// looked up in the value at the top of the stack, which it leaves there. Raises when memory runs
/// out.
[[nodiscard]] std::optional<source_problem> push_expression(lua_State* L, std::string_view text);

/// Returns what is wrong with a script, or an expression. [any thread]
[[nodiscard]] std::optional<source_problem> problem_of_script(std::string_view text);
/// The same for an expression.
[[nodiscard]] std::optional<source_problem> problem_of_expression(std::string_view text);

} // namespace lua
