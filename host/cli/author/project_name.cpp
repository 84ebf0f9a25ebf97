// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/author/project_name.hpp"

#include "host/packages/stamp.hpp"

#include <algorithm>
#include <iterator>

namespace penstock::host::cli
{

namespace
{

// ISO C++20, [lex.key], [lex.digraph] and the identifiers with a special meaning of [lex.name].
constexpr std::string_view keywords[]{"alignas",
                                      "alignof",
                                      "and",
                                      "and_eq",
                                      "asm",
                                      "auto",
                                      "bitand",
                                      "bitor",
                                      "bool",
                                      "break",
                                      "case",
                                      "catch",
                                      "char",
                                      "char8_t",
                                      "char16_t",
                                      "char32_t",
                                      "class",
                                      "compl",
                                      "concept",
                                      "const",
                                      "consteval",
                                      "constexpr",
                                      "constinit",
                                      "const_cast",
                                      "continue",
                                      "co_await",
                                      "co_return",
                                      "co_yield",
                                      "decltype",
                                      "default",
                                      "delete",
                                      "do",
                                      "double",
                                      "dynamic_cast",
                                      "else",
                                      "enum",
                                      "explicit",
                                      "export",
                                      "extern",
                                      "false",
                                      "final",
                                      "float",
                                      "for",
                                      "friend",
                                      "goto",
                                      "if",
                                      "import",
                                      "inline",
                                      "int",
                                      "long",
                                      "module",
                                      "mutable",
                                      "namespace",
                                      "new",
                                      "noexcept",
                                      "not",
                                      "not_eq",
                                      "nullptr",
                                      "operator",
                                      "or",
                                      "or_eq",
                                      "override",
                                      "private",
                                      "protected",
                                      "public",
                                      "register",
                                      "reinterpret_cast",
                                      "requires",
                                      "return",
                                      "short",
                                      "signed",
                                      "sizeof",
                                      "static",
                                      "static_assert",
                                      "static_cast",
                                      "struct",
                                      "switch",
                                      "template",
                                      "this",
                                      "thread_local",
                                      "throw",
                                      "true",
                                      "try",
                                      "typedef",
                                      "typeid",
                                      "typename",
                                      "union",
                                      "unsigned",
                                      "using",
                                      "virtual",
                                      "void",
                                      "volatile",
                                      "wchar_t",
                                      "while",
                                      "xor",
                                      "xor_eq"};

// Words that the standard headers make macros of.
constexpr std::string_view macros[]{"assert",  "errno",  "offsetof", "setjmp",
                                    "stderr",  "stdin",  "stdout",   "va_arg",
                                    "va_copy", "va_end", "va_start", "sigsetjmp"};

template <class Words>
bool has(const Words& words, std::string_view word)
{
    return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

problem refused(std::string_view name, std::string what)
{
    return {"NAME", "", quote(name) + " " + std::move(what), "another name was expected"};
}

} // namespace

std::optional<problem> refuse_name(std::string_view name)
{
    const std::string expected = "[a-z][a-z0-9_]* of at most " +
                                 std::to_string(longest_project_name) + " characters was expected";
    if (name.empty())
        return problem("NAME", "", "is empty", expected);
    if (name.size() > longest_project_name)
        return problem("NAME", "", "has " + std::to_string(name.size()) + " characters", expected);
    if (!is_name(name))
        return problem("NAME", "", quote(name) + " is no name", expected);
    if (name == "std" || name == "penstock")
        return refused(name, "is a namespace already");
    if (has(keywords, name))
        return refused(name, "is a word of C++");
    if (has(macros, name))
        return refused(name, "is a macro of the standard library");
    return std::nullopt;
}

} // namespace penstock::host::cli
