// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/arguments.hpp"

#include "tests/host/cli/graphs.hpp"
#include "tests/host/cli/program.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(package_folders)

using namespace penstock::host::cli::testing;

namespace
{

struct graph_home
{
    scratch home;
    std::string graph = home.write("g.json", marking_graph("g", "x", home.at("out")));
    std::string tests = home.write("g.test.json", R"({"graph": "g.json",
        "tests": [{"name": "t", "expect": {"keep.in": []}}]})");

    /// The verbs that work with the packages of --packages; `package list` shows what there is.
    std::vector<std::vector<std::string>> verbs() const
    {
        return {{"validate", graph},
                {"test", tests},
                {"inspect"},
                {"run", graph, "--listen", "127.0.0.1:0"}};
    }
};

bool has(const std::string& text, const std::string& part)
{
    return text.find(part) != std::string::npos;
}

} // namespace

BOOST_FIXTURE_TEST_CASE(that_are_named_and_missing_are_refused, graph_home)
{
    for (std::vector<std::string> each : verbs())
    {
        each.insert(each.end(), {"--packages", "/nowhere/at/all"});
        const ended result = run(home, each);
        BOOST_TEST(result.code == 1, each.front());
        BOOST_TEST(result.err ==
                   "/nowhere/at/all: is not there; a folder of packages was expected\n");
    }
}

BOOST_FIXTURE_TEST_CASE(that_are_named_and_hold_no_package_are_refused, graph_home)
{
    std::filesystem::create_directory(home.at("none"));
    const ended result = run(home, {"validate", graph, "--packages", home.at("none")});
    BOOST_TEST(result.code == 1);
    BOOST_TEST(result.err == home.at("none") + ": holds no package; NAME.so was expected\n");
}

// The project's own test would run another binary than the one that was built.
BOOST_FIXTURE_TEST_CASE(that_are_named_are_not_passed_over_for_a_refused_package, graph_home)
{
    const std::string file = home.write("own/files.so", "no library");
    for (const std::vector<std::string>& each :
         {std::vector<std::string>{"validate", graph}, {"test", tests}})
    {
        const ended result = run(home, {each[0], each[1], "--packages", home.at("own")});
        BOOST_TEST(result.code == 1, each[0]);
        BOOST_TEST(has(result.err, "unknown component \"files/write\"; its package was refused: " +
                                       file + ": is not a shared library"),
                   result.err);
    }
}

BOOST_AUTO_TEST_SUITE_END()
