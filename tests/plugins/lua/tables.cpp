// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "script_state.hpp"

#include <boost/test/unit_test.hpp>

using lua_tests::result_of;

BOOST_AUTO_TEST_SUITE(tables)

BOOST_AUTO_TEST_CASE(items_are_inserted_and_removed)
{
    BOOST_TEST(result_of("local t = {1, 2} table.insert(t, 3) table.insert(t, 1, 0) return t") ==
               "[0,1,2,3]");
    BOOST_TEST(result_of("local t = {1, 2, 3} local a = table.remove(t, 1) local b = "
                         "table.remove(t) return {a, b, t}") == "[1,3,[2]]");
    BOOST_TEST(result_of("return {table.remove({})}") == "[]");
    BOOST_TEST(result_of("table.insert({}, 5, 1)").find("out of bounds") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(tables_are_joined_packed_and_moved)
{
    BOOST_TEST(result_of("return table.concat({1, 'a', 2.5}, ', ')") == R"("1, a, 2.5")");
    BOOST_TEST(result_of("return table.concat({1, 2, 3}, '-', 2, 3)") == R"("2-3")");
    BOOST_TEST(result_of("return table.concat({})") == R"("")");
    BOOST_TEST(result_of("return {table.unpack({1, 2, 3}, 2)}") == "[2,3]");
    BOOST_TEST(result_of("return table.pack(1, nil, 3).n") == "3");
    BOOST_TEST(result_of("return table.move({1, 2, 3}, 1, 3, 2)") == "[1,1,2,3]");
    BOOST_TEST(result_of("return table.move({1, 2, 3}, 2, 3, 1)") == "[2,3,3]");
    BOOST_TEST(result_of("return table.move({1, 2}, 1, 2, 1, {})") == "[1,2]");
}

BOOST_AUTO_TEST_CASE(a_table_is_sorted)
{
    BOOST_TEST(result_of("local t = {3, 1, 2, 5, 4, 1} table.sort(t) return t") == "[1,1,2,3,4,5]");
    BOOST_TEST(result_of("local t = {3, 1, 2} table.sort(t, function(a, b) return a > b end) "
                         "return t") == "[3,2,1]");
    BOOST_TEST(result_of("local t = {'b', 'a'} table.sort(t) return t") == R"(["a","b"])");
    BOOST_TEST(result_of("local t = {} for i = 1, 5000 do t[i] = (i * 7919) % 5003 end "
                         "table.sort(t) for i = 2, #t do if t[i - 1] > t[i] then return i end end "
                         "return 'sorted'") == R"("sorted")");
    BOOST_TEST(result_of("table.sort({1, 'a'})").find("attempt to compare") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_comparison_that_is_no_order_ends)
{
    BOOST_TEST(result_of("local t = {} for i = 1, 1000 do t[i] = i end "
                         "table.sort(t, function() return true end) return #t") == "1000");
}

BOOST_AUTO_TEST_CASE(no_metatable_makes_a_table_larger_than_it_is)
{
    const std::string huge = "local t = setmetatable({}, {__len = function() return 1 << 60 end, "
                             "__index = function() return 1 end}) ";
    for (const char* const call : {"table.insert(t, 1, 1)", "table.remove(t)", "table.concat(t)",
                                   "table.sort(t)", "table.unpack(t)"})
        BOOST_TEST(result_of(huge + call + " return 1") == "1", call);
    BOOST_TEST(result_of("table.move({}, 1, 1 << 60, 2) return 1").find("instruction limit") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(values_come_back_as_they_were)
{
    for (const char* const text :
         {"null", "true", "0", "-1", "9223372036854775807", "18446744073709551615", "1.0", "1.5",
          "1e300", R"("")", R"("a b")", "[]", "{}", "[[]]", "[{}]", R"({"a":[]})",
          "[null,1,1.0,[null]]", R"({"a":{"b":[1,{"c":null}]}})", R"("\u0000\u00e9")"})
        BOOST_TEST(result_of("return json.decode([=[" + std::string(text) + "]=])") ==
                       penstock::write_json(penstock::parse_json(text)),
                   text);
}

BOOST_AUTO_TEST_CASE(tables_of_a_script_are_lists_or_objects)
{
    BOOST_TEST(result_of("return {}") == "[]");
    BOOST_TEST(result_of("return object{}") == "{}");
    BOOST_TEST(result_of("return {b = 1, a = {c = null}}") == R"({"a":{"c":null},"b":1})");
    BOOST_TEST(result_of("return list{}") == "[]");
    for (const auto& [script, what] : std::initializer_list<std::pair<const char*, const char*>>{
             {"return {1, nil, 3}", "gaps"},
             {"return {1, a = 2}", "a list has the key \"a\""},
             {"local t = {a = 1} t[true] = 2 return t", "key"},
             {"return list{a = 1}", "a list has the key \"a\""},
             {"return object{1}", "an object has a key that is a number"},
             {"return {print}", "a value is a function"},
             {"return 1 / 0", "not finite"},
             {"return {0 / 0}", "not finite"}})
        BOOST_TEST(result_of(script).find(what) != std::string::npos,
                   script << ": " << result_of(script));
}

BOOST_AUTO_TEST_CASE(numbers_above_two_to_the_63_compare_print_and_calculate)
{
    const std::string big = "local n = json.decode('18446744073709551615') ";
    BOOST_TEST(result_of(big + "return tostring(n)") == R"("18446744073709551615")");
    BOOST_TEST(result_of(big + "return {n == n, n > 1, n < 1.0, 1 <= n, n == 1}") ==
               "[true,true,false,true,false]");
    BOOST_TEST(result_of(big + "return n / 2 + 0.0") == "9223372036854775808.0");
}

BOOST_AUTO_TEST_CASE(html_is_escaped)
{
    BOOST_TEST(result_of("return html_escape('<a href=\"x\">&\\'</a>')") ==
               R"("&lt;a href=&quot;x&quot;&gt;&amp;&#39;&lt;/a&gt;")");
    BOOST_TEST(result_of("return html_escape(nil) .. html_escape(null) .. html_escape(1.5)") ==
               R"("1.5")");
}

BOOST_AUTO_TEST_SUITE_END()
