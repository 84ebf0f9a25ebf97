// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What nobody should write, and somebody will: each of these ends within its limits.
#include "plugins/lua/state.hpp"

#include "script_state.hpp"

#include <boost/test/unit_test.hpp>

#include <ctime>

using lua_tests::result_of;

namespace
{

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
const std::string instructions = "limit: "; // that of the time may be reached before
constexpr double most_seconds = 20;
#else
const std::string instructions = "error: instruction limit: 10000000 instructions";
constexpr double most_seconds = 2.5;
#endif
const std::string memory = "error: memory limit: 67108864 bytes";

double processor_seconds()
{
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

/// Checks that a script ends by a limit, and in how many seconds of a processor.
void ends(const std::string& script, const std::string& how = "limit: ")
{
    const double begin = processor_seconds();
    const std::string result = result_of(script);
    const double took = processor_seconds() - begin;
    BOOST_TEST(result.find(how) != std::string::npos, script << ": " << result);
    BOOST_TEST(took < most_seconds, script << ": " << took << " s");
}

} // namespace

BOOST_AUTO_TEST_SUITE(limits)

BOOST_AUTO_TEST_CASE(a_loop_without_end_ends)
{
    ends("while true do end", instructions);
    ends("::a:: goto a", instructions);
    ends("repeat local x = {} until false", "limit: ");
    ends("local function f() return f() end f()", instructions);
}

BOOST_AUTO_TEST_CASE(no_script_catches_the_end)
{
    ends("while true do pcall(function() while true do end end) end", instructions);
    ends("local function f() while true do pcall(f) end end f()", "limit: ");
    ends("pcall(string.rep, 'x', 1 << 40) return 1", memory);
    ends("local t = {} pcall(function() while true do t[#t + 1] = {} end end) return 1", "limit: ");
    BOOST_TEST(result_of("pcall(fail, 'no') return 1") == "error: no");
}

BOOST_AUTO_TEST_CASE(metamethods_do_not_prolong_it)
{
    ends("local x <close> = setmetatable({}, {__close = function() while true do end end}) "
         "while true do end",
         instructions);
    ends("local t = setmetatable({}, {__index = function(t, k) return t[k + 1] end}) return t[1]",
         "overflow");
    ends("local t = setmetatable({}, {__tostring = function(t) return tostring(t) end}) "
         "return tostring(t)",
         "overflow");
    ends("local t t = setmetatable({}, {__tostring = function() return ('%s'):format(t) end}) "
         "return tostring(t)",
         "overflow");
    BOOST_TEST(result_of("setmetatable({}, {__gc = function() end})").find("__gc") !=
               std::string::npos);
    BOOST_TEST(result_of("local m = {} setmetatable({}, m) m.__gc = function() while true do end "
                         "end return 1") == "1");
}

BOOST_AUTO_TEST_CASE(what_is_kept_without_end_ends)
{
    ends("local t = {} while true do t[#t + 1] = {} end");
    ends("local s = 'x' while true do s = s .. s end", memory);
    ends("return ('x'):rep(1 << 40)", memory);
    ends("return ('x'):rep(1 << 20, ('y'):rep(1 << 20))", memory);
    ends("local t = {} for i = 1, 1 << 40 do t[i] = ('x'):rep(1 << 20) .. i end", memory);
    ends("return ('x'):rep(1 << 24):gsub('x', '%0%0%0%0%0%0%0%0')");
    ends("return ('x'):rep(1 << 24):gsub('', 'yyyyyyyyyyyyyyyyy')");
    ends("local t = {} for i = 1, 1000 do t[i] = ('x'):rep(60000) end return table.concat(t, "
         "('y'):rep(60000))",
         memory);
    ends("return html_escape(('<'):rep(1 << 24))", memory);
    ends("return json.encode(('\"'):rep(1 << 25))", memory);
}

BOOST_AUTO_TEST_CASE(a_repetition_of_nothing_ends)
{
    BOOST_TEST(result_of("return (''):rep(1 << 60)") == R"("")");
    BOOST_TEST(result_of("return ('x'):rep(-1)") == R"("")");
}

BOOST_AUTO_TEST_CASE(patterns_that_are_tried_without_end_end)
{
    ends("return ('a'):rep(100):find(('a*'):rep(12) .. 'b')", instructions);
    ends("return ('a'):rep(100):match(('a*'):rep(12) .. 'b')", instructions);
    ends("return ('a'):rep(100):gsub(('a*'):rep(12) .. 'b', '')", instructions);
    ends("for _ in ('a'):rep(100):gmatch(('a*'):rep(12) .. 'b') do end", instructions);
    ends("return ('a'):rep(100):find(('a-'):rep(12) .. 'b')", instructions);
    ends("return ('a'):rep(1 << 20):find('.-.-.-b')", instructions);
    ends("return ('('):rep(1 << 20):find('%b()')", instructions);
    ends("return ('a'):rep(1 << 20):find(('a?'):rep(1000))", "complex");
}

BOOST_AUTO_TEST_CASE(a_plain_search_takes_a_time_that_grows_with_the_texts_only)
{
    BOOST_TEST(result_of("return ('a'):rep(1 << 23):find(('a'):rep(1 << 22) .. 'b', 1, true)") ==
               "nil");
}

BOOST_AUTO_TEST_CASE(long_texts_are_compared_within_the_limit)
{
    ends("local a = ('\\0'):rep(20000000) local b = a .. '' while true do local x = a < b end");
    ends("local a = ('x'):rep(20000000) local b = a:sub(1) while true do local x = a == b end");
    ends("local a = (' '):rep(20000000) while true do pcall(function() return a + 1 end) end");
    ends("local a = ('x'):rep(20000000) while true do local b = a:upper() end");
}

BOOST_AUTO_TEST_CASE(a_table_of_many_is_emptied_within_the_limit)
{
    ends("local t = {} for i = 1, 400000 do t['k' .. i] = 1 end "
         "while next(t) do t[next(t)] = nil end");
}

BOOST_AUTO_TEST_CASE(what_is_nested_without_end_fails_alone)
{
    ends("local function f() return 1 + f() end return f()", "limit: ");
    ends("local function f() return pcall(f) end return select('#', f())", "");
    ends("local function f(s) return (s:gsub('.', f)) end return f('a')", "overflow");
    ends("local t = {} t.t = t return t", "nested deeper than 200");
    ends("local t = {} for i = 1, 100000 do t = {t} end return json.encode(t)", "nested deeper");
    ends("return json.decode(('['):rep(100000))", "error: ");
}

BOOST_AUTO_TEST_CASE(a_limit_can_be_set)
{
    BOOST_TEST(result_of("for i = 1, 100000 do end return 1", {.instructions = 1000}) ==
               "error: instruction limit: 1000 instructions");
    BOOST_TEST(result_of("return ('x'):rep(600000)", {.memory = 512 * 1024}) ==
               "error: memory limit: 524288 bytes");
    BOOST_TEST(result_of("while true do end", {.instructions = 1'000'000'000'000,
                                               .timeout = std::chrono::milliseconds(20)}) ==
               "error: time limit: 20 ms");
    for (const char* const script :
         {"return ('a'):rep(100):find(('a*'):rep(12) .. 'b')",
          "local t = {} for i = 1, 1000 do t[i] = i end while true do table.sort(t) end"})
        BOOST_TEST(result_of(script, {.instructions = 1'000'000'000'000,
                                      .timeout = std::chrono::milliseconds(20)}) ==
                   "error: time limit: 20 ms");
}

BOOST_AUTO_TEST_CASE(nothing_reaches_outside)
{
    for (const char* const name :
         {"io", "os", "debug", "package", "require", "load", "loadfile", "dofile", "loadstring",
          "collectgarbage", "coroutine", "string.dump", "xpcall", "warn"})
        BOOST_TEST(result_of(std::string("return ") + name) == "nil", name);
    BOOST_TEST(result_of("return getmetatable(null)") == "false");
}

BOOST_AUTO_TEST_SUITE_END()
