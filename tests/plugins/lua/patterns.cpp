// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The functions that look for patterns, beside those of Lua's own library.
#include "plugins/lua/patterns.hpp"

#include "script_state.hpp"

#include <boost/test/unit_test.hpp>

#include <memory>

using lua_tests::result_of;

namespace
{

/// Bytes that are no UTF-8 become U+FFFD, as in what result_of() gives.
std::string written_and_read(std::string_view text)
{
    return std::string(
        penstock::parse_json(penstock::write_json(penstock::json::value(text))).as_string());
}

/// What Lua alone makes of a script, as the others do; errors without their words.
std::string result_in_lua(const std::string& script)
{
    const std::unique_ptr<lua_State, void (*)(lua_State*)> own(luaL_newstate(), &lua_close);
    lua_State* const L = own.get();
    luaL_openlibs(L);
    if (luaL_loadstring(L, script.c_str()) != LUA_OK || lua_pcall(L, 0, 1, 0) != LUA_OK)
        return "error";
    std::size_t size = 0;
    const char* const text = lua_tolstring(L, -1, &size);
    return written_and_read(std::string_view(text, size));
}

std::string result_here(const std::string& script)
{
    const std::string result = result_of(script);
    if (result.starts_with("error: "))
        return result.find("limit") == std::string::npos ? "error" : result;
    return std::string(penstock::parse_json(result).as_string());
}

constexpr const char* subjects[] = {
    "",
    "a",
    "aaa",
    "hello world",
    "  padded  ",
    "a.b.c",
    "key = value",
    "f(a(b)c)d",
    "THE (quick) fox",
    "2026-11-30",
    "x\\0y\\0z",
    "a]b-c^d",
    "aXbXXc",
    "\\xff\\xfe\\xc0 caf\\u{e9}",
    "line1\\nline2\\r\\n",
};

// What is no pattern is told whatever the subject is; Lua's own library may not come to look at it.
constexpr const char* no_patterns[] = {"%",  "[a",  "(a",   "a)", "%f",
                                       "%b", "%bx", "(%1)", "%1", "[%"};

constexpr const char* patterns[] = {
    "",
    "a",
    "a*",
    "a-",
    "a+",
    "a?",
    "^a",
    "a$",
    "^a*$",
    ".",
    ".-",
    "%a+",
    "%s*(.-)%s*$",
    "^%s*(.-)%s*$",
    "(%w+) = (%w+)",
    "%b()",
    "%f[%a]%a+",
    "%f[%w]%w+%f[%W]",
    "()ll()",
    "(a)(b)?",
    "(.)%1",
    "[%a_][%w_]*",
    "[^%s]+",
    "[]]",
    "[^]]+",
    "[a-]",
    "[%a-z]+",
    "[x-z]",
    "%d+-%d+-%d+",
    "(%d+)-(%d+)-(%d+)",
    "\\0",
    "%z?[%z]*",
    "[\\0-\\x1f]",
    "%u%l*",
    "%p",
    "%x+",
    "%c",
    "%g+",
    "((a)(b))",
    "()",
    "(()())",
    "X-X",
    "[^X]*X",
    "(a*(.)%w(%s*))",
    "%.",
    "^",
    "$",
    "^$",
    "a$b",
    "[%]]",
    "%-",
    "(a-)$",
    ".*%.(.*)",
};

std::string quoted(const char* text)
{
    return '"' + std::string(text) + '"';
}

} // namespace

BOOST_AUTO_TEST_SUITE(string_patterns)

BOOST_AUTO_TEST_CASE(find_match_gmatch_and_gsub_give_what_those_of_lua_give)
{
    const std::string show = "local function show(...) local t = {} for i = 1, select('#', ...) do "
                             "t[i] = tostring((select(i, ...))) end return table.concat(t, '|') "
                             "end ";
    for (const char* const subject : subjects)
        for (const char* const pattern : patterns)
        {
            const std::string both = quoted(subject) + ", " + quoted(pattern);
            for (const std::string& call :
                 {"show(string.find(" + both + "))", "show(string.find(" + both + ", 3))",
                  "show(string.find(" + both + ", -2))", "show(string.find(" + both + ", 1, true))",
                  "show(string.match(" + both + "))", "show(string.match(" + both + ", 2))",
                  "show(string.gsub(" + both + ", '<%0>'))",
                  "show(string.gsub(" + both + ", '%1%%', 2))",
                  "show(string.gsub(" + both + ", {a = 1, hello = 'x', l = false}))",
                  "show(string.gsub(" + both + ", function(a, b) return b end))",
                  "show(string.gsub(" + both + ", '%2'))"})
            {
                const std::string script = show + "return " + call;
                BOOST_TEST(result_here(script) == result_in_lua(script), call);
            }
            const std::string walk = show + "local t = {} for a, b in string.gmatch(" + both +
                                     ") do t[#t + 1] = show(a, b) end return table.concat(t, ';')";
            BOOST_TEST(result_here(walk) == result_in_lua(walk), "gmatch " << both);
        }
}

BOOST_AUTO_TEST_CASE(rep_and_format_give_what_those_of_lua_give)
{
    for (const char* const call :
         {"('ab'):rep(3)", "('ab'):rep(3, ', ')", "(''):rep(3, '-')", "('a'):rep(1, '-')",
          "('a'):rep(0)", "('a'):rep(5)", "('abc'):rep(100, 'd')",
          "('%5.2f|%-5d|%05d'):format(1.5, 3, 42)", "('%q'):format('a\\nb')",
          "('%s %s %s'):format(1, nil, true)", "('%10.3s|'):format('abcdef')",
          "('%x %X %o %c'):format(255, 255, 8, 65)", "('%d'):format('10')", "('%d'):format(1.5)",
          "('%y'):format(1)", "('%s'):format()", "('%100d'):format(1)",
          "('%s'):format(setmetatable({}, {__tostring = function() return 'me' end}))"})
        BOOST_TEST(result_here(std::string("return ") + call) ==
                       result_in_lua(std::string("return ") + call),
                   call);
}

BOOST_AUTO_TEST_CASE(a_pattern_that_is_wrong_says_why)
{
    BOOST_TEST(result_of("return ('x'):find('[a')") ==
               "error: script:1: a pattern ends too early; ] was expected");
    BOOST_TEST(result_of("return ('x'):find('(x')") ==
               "error: script:1: a pattern leaves a capture open; ) was expected");
    BOOST_TEST(result_of("return ('x'):gsub('x', '%9')").find("capture") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_is_no_pattern_is_an_error_with_any_subject)
{
    for (const char* const subject : subjects)
        for (const char* const pattern : no_patterns)
            BOOST_TEST(result_here("return tostring(string.match(" + quoted(subject) + ", " +
                                   quoted(pattern) + "))") == "error",
                       subject << " " << pattern);
}

BOOST_AUTO_TEST_CASE(many_patterns_are_more_than_those_that_are_kept)
{
    BOOST_TEST(result_of("local n = 0 for i = 1, 1000 do if ('k' .. i):find('^k' .. i .. '$') then "
                         "n = n + 1 end end return n") == "1000");
}

BOOST_AUTO_TEST_SUITE_END()
