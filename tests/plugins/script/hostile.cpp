// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Scripts that would take a lane, or its memory: each costs one packet, and the stream goes on.
#include "run_script.hpp"

#include <boost/test/unit_test.hpp>

namespace
{

/// Runs a script that goes wrong at packet 1 of three.
void one_fails(const std::string& wrong, const std::string& reason)
{
    auto result = run_script("count = 0\nlocal function go(p) " + wrong +
                                 " end\nfunction process(p)\n  count = count + 1\n"
                                 "  if p.n == 1 then go(p) end\n  p.count = count\n  return p\nend",
                             numbers(3));
    BOOST_TEST_REQUIRE(result.failed.size() == 1u, wrong);
    BOOST_TEST(result.failed[0].second.find(reason) != std::string::npos,
               wrong << ": " << result.failed[0].second);
    BOOST_TEST(penstock::write_json(result.failed[0].first.fields()) == R"({"n":1})");
    BOOST_TEST_REQUIRE(result.out().size() == 2u);
    // After a limit the script begins anew; after any other error it goes on.
    const bool is_limit = reason.find("limit") != std::string::npos;
    BOOST_TEST(result.out()[1].get("count") == (is_limit ? 1 : 3), wrong);
}

} // namespace

BOOST_AUTO_TEST_SUITE(hostile_scripts)

BOOST_AUTO_TEST_CASE(a_loop_without_end)
{
    one_fails("while true do end", "instruction limit: 10000000 instructions");
    one_fails("while true do pcall(go) end", "limit: ");
}

BOOST_AUTO_TEST_CASE(a_loop_without_end_outside_of_process_takes_a_check_a_second)
{
    BOOST_TEST(refusal(script_package::lua_entry, {{"script", "while true do end"},
                                                   {"timeout", "1h"},
                                                   {"instructions", 1'000'000'000'000'000}})
                   .find("time limit") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_hog_of_memory)
{
    one_fails("local t = {} while true do t[#t + 1] = ('x'):rep(100000) .. #t end",
              "memory limit: 67108864 bytes");
    one_fails("kept = ('x'):rep(1 << 40)", "memory limit");
}

BOOST_AUTO_TEST_CASE(a_hog_of_what_is_outside_of_lua)
{
    one_fails("local s = ('x'):rep(1 << 20) for i = 1, 1 << 40 do p['f' .. i] = s end",
              "memory limit");
    one_fails("local s = ('x'):rep(1 << 20) for i = 1, 1 << 40 do p.meta['f' .. i] = s end",
              "memory limit");
    one_fails("p.text = ('x'):rep(1 << 20) for i = 1, 1 << 40 do clone(p).n = i end",
              "memory limit");
    one_fails("for i = 1, 1 << 40 do derive(p) end", "limit");
    one_fails("for i = 1, 1 << 40 do clone(p) end", "limit");
}

BOOST_AUTO_TEST_CASE(a_pattern_that_is_tried_without_end)
{
    one_fails("return ('a'):rep(100):find(('a*'):rep(12) .. 'b')", "limit: ");
    one_fails("return ('a'):rep(100):gsub(('a*'):rep(12) .. 'b', '')", "limit: ");
}

BOOST_AUTO_TEST_CASE(a_recursion_without_end)
{
    one_fails("local t = setmetatable({}, {__index = function(t, k) return t[k .. 'x'] end}) "
              "return t.x",
              "overflow");
    one_fails("local f f = function(s) return (s:gsub('.', f)) end f('a')", "overflow");
}

BOOST_AUTO_TEST_CASE(packets_of_odd_values_pass)
{
    packet given({{"a", json::string("a\0b", 3)}, {"b", "\xff\xfe"}, {"", 1}});
    given.set("inf", std::numeric_limits<double>::infinity());
    given.set("list", json::array{std::numeric_limits<double>::quiet_NaN(), nullptr});
    given.set(std::string(100'000, 'n'), 1);
    auto result = run_script("function process(p) local n = 0 for k, v in pairs(p.fields) do n = n "
                             "+ 1 end p.n = n p.c = p.a .. p.b return p end",
                             packets(std::move(given)));
    BOOST_TEST_REQUIRE(result.out().size() == 1u);
    BOOST_TEST(result.out()[0].get("n") == 6);
    BOOST_TEST(result.out()[0].text("c") == std::string("a\0b\xff\xfe", 5));
}

BOOST_AUTO_TEST_SUITE_END()
