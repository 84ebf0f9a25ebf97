// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "plugins/lua/compile.hpp"

#include "plugins/lua/names.hpp"
#include "script_state.hpp"

#include <boost/test/unit_test.hpp>

namespace
{

std::string script_problem(std::string_view text)
{
    const auto found = lua::problem_of_script(text);
    return found ? found->text() : "none";
}

std::string expression_problem(std::string_view text)
{
    const auto found = lua::problem_of_expression(text);
    return found ? found->text() : "none";
}

std::string names(std::string_view text)
{
    std::string list;
    for (const std::string& name : lua::called_names(text))
        list += (list.empty() ? "" : " ") + name;
    return list;
}

} // namespace

BOOST_AUTO_TEST_SUITE(compiling)

BOOST_AUTO_TEST_CASE(a_script_that_compiles_has_no_problem)
{
    BOOST_TEST(script_problem("function process(p) return p end") == "none");
    BOOST_TEST(script_problem("") == "none");
}

BOOST_AUTO_TEST_CASE(a_problem_of_a_script_has_line_and_column)
{
    BOOST_TEST(script_problem("local a = 1\nlocal b = * 2\n") ==
               "line 2, column 11: unexpected symbol near '*'");
    BOOST_TEST(script_problem("x = = 1") == "line 1, column 5: unexpected symbol near '='");
    BOOST_TEST(script_problem("if x then\n  y()\n") ==
               "line 3, column 1: 'end' expected (to close 'if' at line 1) at the end");
    BOOST_TEST(script_problem("a = 'unfinished\nb = 1") ==
               "line 1, column 5: unfinished string near ''unfinished'");
    BOOST_TEST(script_problem("local x <const> = 1\nx = 2").starts_with("line 2, column "));
    BOOST_TEST(script_problem("for i = 1, 3 do\n\n\n  goto nowhere\nend").starts_with("line "));
}

BOOST_AUTO_TEST_CASE(several_expressions_are_no_expression)
{
    BOOST_TEST(expression_problem("1) , (2") == "line 1, column 2: unexpected symbol near ')'");
    BOOST_TEST(expression_problem("a) or (b") == "line 1, column 2: unexpected symbol near ')'");
    BOOST_TEST(expression_problem("a, b") == "line 1, column 2: unexpected symbol near ','");
    BOOST_TEST(expression_problem("(a) or (b) -- as it is") == "none");
}

BOOST_AUTO_TEST_CASE(names_are_called_in_each_form)
{
    BOOST_TEST(names("object{a = 1}") == "object");
    BOOST_TEST(names("list {1}") == "list");
    BOOST_TEST(names("html_escape [[x]] .. f[=[y]=]") == "f html_escape");
    BOOST_TEST(names("tags[1]") == "");
}

BOOST_AUTO_TEST_CASE(columns_of_an_expression_count_from_its_own_begin)
{
    BOOST_TEST(expression_problem("price * count") == "none");
    BOOST_TEST(expression_problem("price ** count") ==
               "line 1, column 8: unexpected symbol near '*'");
    BOOST_TEST(expression_problem("string.upper(a) ** 2") ==
               "line 1, column 18: unexpected symbol near '*'");
    BOOST_TEST(expression_problem("a +\n  * b") == "line 2, column 3: unexpected symbol near '*'");
    BOOST_TEST(expression_problem("'gr\u00f6\u00dfe' .. * 2") ==
               "line 1, column 12: unexpected symbol near '*'");
}

BOOST_AUTO_TEST_CASE(what_is_missing_is_missing_at_the_end_of_an_expression)
{
    BOOST_TEST(expression_problem("price *") == "line 1, column 8: unexpected symbol at the end");
    BOOST_TEST(expression_problem("(price") ==
               "line 1, column 7: ')' expected (to close '(' at line 1) at the end");
    BOOST_TEST(expression_problem("") == "line 1, column 1: there is no expression");
    BOOST_TEST(expression_problem(" \n ") == "line 1, column 1: there is no expression");
}

BOOST_AUTO_TEST_CASE(an_expression_is_one_value)
{
    BOOST_TEST(expression_problem("a, b") == "line 1, column 2: unexpected symbol near ','");
    BOOST_TEST(
        expression_problem("a = 1").starts_with("line 1, column 3: unexpected symbol near '='"));
    BOOST_TEST(expression_problem("return a").starts_with("line 1, column 1: "));
    BOOST_TEST(expression_problem("a -- with a comment") == "none");
}

BOOST_AUTO_TEST_CASE(code_that_was_compiled_before_is_refused)
{
    BOOST_TEST(script_problem("\x1bLua\x54") != "none");
}

BOOST_AUTO_TEST_CASE(a_text_that_is_nested_without_end_is_a_problem)
{
    BOOST_TEST(expression_problem(std::string(100'000, '(')).find("nested too deep") !=
               std::string::npos);
    BOOST_TEST(expression_problem(std::string(100'000, '{')).find("nested too deep") !=
               std::string::npos);
    std::string functions;
    for (int n = 0; n < 10'000; ++n)
        functions += "return function() ";
    BOOST_TEST(script_problem(functions).find("nested too deep") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(names_that_are_called_are_told_from_those_that_are_not)
{
    BOOST_TEST(names("type(type)") == "type");
    BOOST_TEST(names("type == 'book'") == "");
    BOOST_TEST(names("string.upper(title) .. tostring(n)") == "string tostring");
    BOOST_TEST(names("title:upper() .. a.b.c(1)") == "");
    BOOST_TEST(names("address.city == 'x' and math . floor (n)") == "math");
    BOOST_TEST(names("'type(x)' .. [[type(x)]] .. [==[ ]] type(x) ]==]") == "");
    BOOST_TEST(names("1 -- type(x)\n + #tags --[[ type(\n) ]] + next(t)") == "next");
    BOOST_TEST(names("'it\\'s type(' .. a") == "");
    BOOST_TEST(names("0xff(1) + a..type(b)") == "type");
    BOOST_TEST(names("tostring'x'") == "tostring");
}

BOOST_AUTO_TEST_SUITE_END()
