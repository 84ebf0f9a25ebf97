// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "captured_output.hpp"
#include "run_script.hpp"
#include "scratch_directory.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>

namespace
{

void write_file(const std::filesystem::path& file, const std::string& text)
{
    std::filesystem::create_directories(file.parent_path());
    std::ofstream(file) << text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(scripts_and_modules)

BOOST_AUTO_TEST_CASE(a_script_may_be_a_file)
{
    const scratch_directory place;
    const std::string file = place.path("clean.lua");
    write_file(file, "function process(p)\n  p.x = p.n.y\n  return p\nend");
    auto result = run_entry(script_package::lua_entry, {{"file", file}}, numbers(1));
    BOOST_TEST_REQUIRE(result.failed.size() == 1u);
    BOOST_TEST(result.failed[0].second.starts_with("clean.lua:2: "));
}

BOOST_AUTO_TEST_CASE(what_does_not_compile_is_refused_with_line_and_column)
{
    BOOST_TEST(refusal(script_package::lua_entry,
                       {{"script", "function process(p)\n  return p +\nend"}}) ==
               "script: line 3, column 1: unexpected symbol near 'end'; a script of Lua was "
               "expected");
    const scratch_directory place;
    const std::string file = place.path("clean.lua");
    write_file(file, "x = = 1");
    BOOST_TEST(refusal(script_package::lua_entry, {{"file", file}}) ==
               "file: line 1, column 5: unexpected symbol near '='; a script of Lua was expected");
    BOOST_TEST(refusal(script_package::lua_entry, {{"file", place.path("absent")}})
                   .find("cannot be read") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_script_or_a_file_is_given)
{
    BOOST_TEST(refusal(script_package::lua_entry, {}) ==
               "script: is missing; it or file was expected");
    BOOST_TEST(refusal(script_package::lua_entry, {{"script", ""}, {"file", "x"}}) ==
               "script: is given beside file; one of them was expected");
}

BOOST_AUTO_TEST_CASE(a_script_that_cannot_begin_refuses_the_deployment)
{
    BOOST_TEST(refusal(script_package::lua_entry, {{"script", "x = 1"}}) ==
               "script: has no function process; one was expected");
    BOOST_TEST(refusal(script_package::lua_entry,
                       {{"script", "function process() end function init() error('no') end"}})
                   .find("no") != std::string::npos);
    BOOST_TEST(refusal(script_package::lua_entry, {{"script", "while true do end"}})
                   .find("instruction limit") != std::string::npos);
    BOOST_TEST(refusal(script_package::lua_entry, {{"script", "derive()"}}) != "none");
}

BOOST_AUTO_TEST_CASE(a_check_of_a_script_says_nothing)
{
    const scratch_directory place;
    const captured_output errors(stderr); // where the log goes outside of a graph
    write_file(place.path("m.lua"), "print 'module'");
    const auto result = run_entry(
        script_package::lua_entry,
        {{"script", "require 'm' print 'script' function process(p) print 'packet' return p end"},
         {"modules", place.path("")}},
        penstock::testing::packets(packet()));
    BOOST_TEST(errors.text() == "");
    BOOST_TEST(result.log == (strings{"module", "script", "packet"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(modules_are_required_by_their_names)
{
    const scratch_directory place;
    write_file(place.path("lua/words.lua"),
               "local words = {}\nfunction words.shout(s) return s:upper() .. '!' end\n"
               "return words");
    write_file(place.path("lua/deep/er.lua"), "return require('words').shout('deep')");
    write_file(place.path("outside.lua"), "return 1");
    std::filesystem::create_symlink(place.path("outside.lua"), place.path("lua/link.lua"));
    const json::object with{{"modules", place.path("lua")}};
    auto result = run_script("local deep = require 'deep.er'\nlocal words = require 'words'\n"
                             "function process(p) p.a = deep p.b = words.shout('x') return p end",
                             numbers(1), with);
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"n":0,"a":"DEEP!","b":"X!"})"}),
               boost::test_tools::per_element());
    for (const char* const name : {"outside", "../outside", "link", "/etc/passwd", "io", ""})
    {
        json::object parameters = with;
        parameters["script"] = "require '" + std::string(name) + "' function process() end";
        BOOST_TEST(refusal(script_package::lua_entry, parameters).find("there is no module") !=
                       std::string::npos,
                   name);
    }
}

BOOST_AUTO_TEST_CASE(a_module_that_is_wrong_refuses_the_deployment)
{
    const scratch_directory place;
    const scratch_directory other;
    write_file(place.path("bad.lua"), "return 1 +");
    const std::string script = "function process(p) return p end";
    BOOST_TEST(
        refusal(script_package::lua_entry, {{"script", script}, {"modules", place.path("")}}) ==
        "modules: module bad: line 1, column 11: unexpected symbol at the end; a script of Lua was "
        "expected");
    BOOST_TEST(refusal(script_package::lua_entry, {{"script", script}, {"modules", "/nowhere"}})
                   .find("is no folder") != std::string::npos);
    std::filesystem::create_symlink("loop.lua", other.path("loop.lua"));
    BOOST_TEST(refusal(script_package::lua_entry, {{"script", script}, {"modules", other.path("")}})
                   .starts_with("modules: " + other.path("loop.lua")));
    write_file(place.path("bad.lua"), "return require 'bad'");
    BOOST_TEST(refusal(script_package::lua_entry,
                       {{"script", "require 'bad'"}, {"modules", place.path("")}})
                   .find("requires itself") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
