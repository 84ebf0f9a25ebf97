// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/host/cli/program.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(new_project)

using namespace penstock::host::cli::testing;

namespace
{

bool has(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

ended make(const scratch& home, const std::string& name)
{
    return run(home, {"new", "component", name, "--dir", home.path()});
}

bool is_empty(const scratch& home)
{
    return std::filesystem::is_empty(home.path());
}

} // namespace

BOOST_AUTO_TEST_CASE(a_name_that_is_none_is_refused_with_the_reason)
{
    const scratch home;
    const std::string expected = "[a-z][a-z0-9_]* of at most 64 characters was expected\n";
    for (const std::string name : {"9x", "a-b", "../x", "a/b", ".", "Shout", "a b", "\xc3\xa4"})
    {
        const ended result = make(home, name);
        BOOST_TEST(result.code == 2, name);
        BOOST_TEST(has(result.err, " is no name; " + expected), result.err);
    }
    const ended empty = make(home, "");
    BOOST_TEST(empty.code == 2);
    BOOST_TEST(empty.err == "NAME: is empty; " + expected);
    const ended longest = make(home, std::string(300, 'a'));
    BOOST_TEST(longest.code == 2);
    BOOST_TEST(longest.err == "NAME: has 300 characters; " + expected);
    BOOST_TEST(make(home, std::string(65, 'a')).code == 2);
    BOOST_TEST(is_empty(home));
}

BOOST_AUTO_TEST_CASE(words_that_cpp_has_taken_are_refused_with_the_reason)
{
    const scratch home;
    for (const std::string name : {"class", "co_await", "xor", "char8_t", "final"})
    {
        const ended result = make(home, name);
        BOOST_TEST(result.code == 2, name);
        BOOST_TEST(result.err ==
                   "NAME: \"" + name + "\" is a word of C++; another name was expected\n");
    }
    for (const std::string name : {"std", "penstock"})
        BOOST_TEST(has(make(home, name).err, "is a namespace already"), name);
    BOOST_TEST(has(make(home, "errno").err, "is a macro"));
    BOOST_TEST(is_empty(home));
}

BOOST_AUTO_TEST_CASE(words_that_the_template_uses_itself_are_refused_with_the_reason)
{
    const scratch home;
    BOOST_TEST(has(make(home, "process").err, "means something else in the template's code"));
    BOOST_TEST(has(make(home, "files").err, "is a package that the template's graph uses"));
    BOOST_TEST(is_empty(home));
}

BOOST_AUTO_TEST_CASE(what_is_there_is_left_alone)
{
    const scratch home;
    home.write("shout/mine.txt", "mine");
    const ended result = make(home, "shout");
    BOOST_TEST(result.code == 1);
    BOOST_TEST(result.err == home.at("shout") + ": is there already; a new name was expected\n");
    BOOST_TEST(std::distance(std::filesystem::recursive_directory_iterator(home.path()), {}) == 2);
}

BOOST_AUTO_TEST_CASE(a_folder_that_is_not_there_is_refused)
{
    const scratch home;
    const ended result = run(home, {"new", "component", "shout", "--dir", home.at("none")});
    BOOST_TEST(result.code == 1);
    BOOST_TEST(has(result.err, "is no folder"), result.err);
}

BOOST_AUTO_TEST_CASE(an_unknown_category_gets_the_nearest)
{
    const scratch home;
    const ended result = run(home, {"new", "component", "shout", "--category", "filtre"});
    BOOST_TEST(result.code == 2);
    BOOST_TEST(result.err == "--category: \"filtre\" is no category; did you mean \"filter\"?\n");
}

BOOST_AUTO_TEST_CASE(the_name_stands_wherever_the_placeholder_stood)
{
    const scratch home;
    const std::string name(64, 'z');
    const ended result = make(home, name);
    BOOST_TEST(result.code == 0, result.err);
    const std::filesystem::path project = home.path() / name;
    BOOST_TEST(has(read_file(project / (name + ".cpp")), "class " + name + " final"));
    BOOST_TEST(has(read_file(project / "LICENSE"), "Apache License"));
    for (const auto& each : std::filesystem::recursive_directory_iterator(project))
    {
        BOOST_TEST(!has(each.path().string(), "placeholder"), each.path());
        if (each.is_regular_file())
            BOOST_TEST(!has(read_file(each.path()), "placeholder"), each.path());
    }
}

BOOST_AUTO_TEST_CASE(a_new_graph_is_one_that_runs)
{
    const scratch home;
    const ended made = run(home, {"new", "graph", "mine", "--dir", home.path()});
    BOOST_TEST(made.code == 0, made.err);
    for (const ended& result : {run(home, {"validate", home.at("mine/mine.json")}),
                                run(home, {"test", home.at("mine/mine.test.json")})})
        BOOST_TEST(result.code == 0, result.err);
}

BOOST_AUTO_TEST_SUITE_END()
