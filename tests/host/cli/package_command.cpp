// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "program.hpp"

#include <penstock/json.hpp>

#include <boost/test/unit_test.hpp>

using namespace penstock::host::cli::testing;
namespace json = boost::json;

namespace
{

std::string versioned(const std::string& version)
{
    return PENSTOCK_VERSIONED + version + "/versioned.so";
}

const std::string folder = ".local/share/penstock/packages/";

} // namespace

BOOST_AUTO_TEST_SUITE(package)

BOOST_AUTO_TEST_CASE(what_is_installed_is_told_listed_and_removed)
{
    const scratch home;
    const std::string file = home.at(folder + "versioned@1.2.0/versioned.so");
    const ended installed = run(home, {"package", "install", versioned("1.2.0")});
    BOOST_TEST(installed.code == 0, installed.err);
    BOOST_TEST(installed.out == "installed versioned 1.2.0: " + file + "\n");
    BOOST_TEST(run(home, {"package", "install", versioned("1.2.0")}).out ==
               "replaced versioned 1.2.0: " + file + "\n");

    const ended listed = run(home, {"package", "list"});
    BOOST_TEST(listed.code == 0);
    BOOST_TEST(listed.out.find("versioned    1.2.0  offered ") != std::string::npos, listed.out);
    BOOST_TEST(listed.out.find(file) != std::string::npos, listed.out);

    const ended removed = run(home, {"package", "remove", "versioned"});
    BOOST_TEST(removed.code == 0);
    BOOST_TEST(removed.out == "removed " + home.at(folder + "versioned@1.2.0") + "\n");
    BOOST_TEST(!std::filesystem::exists(file));
    BOOST_TEST(run(home, {"package", "remove", "versioned"}).code == 1);
}

BOOST_AUTO_TEST_CASE(the_list_tells_which_version_is_offered)
{
    const scratch home;
    for (const char* version : {"2.0.0", "1.2.0"})
        BOOST_TEST(run(home, {"package", "install", versioned(version)}).code == 0);
    const ended listed = run(home, {"package", "list", "--json"});
    BOOST_TEST(listed.err == "");
    const json::value read = penstock::parse_json(listed.out);
    std::vector<std::string> found;
    for (const json::value& each : read.at("packages").as_array())
        if (each.at("package") == "versioned")
            found.push_back(std::string(each.at("version").as_string()) + " " +
                            std::string(each.at("state").as_string()));
    BOOST_TEST(found == (std::vector<std::string>{"2.0.0 offered", "1.2.0 hidden"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_refused_is_told_with_the_reason)
{
    const scratch home;
    const std::string file = home.write("text.so", "not a library");
    const ended result = run(home, {"package", "install", file});
    BOOST_TEST(result.code == 1);
    BOOST_TEST(result.err.starts_with(file + ": "), result.err);
    BOOST_TEST(run(home, {"package"}).code == 2);
}

BOOST_AUTO_TEST_SUITE_END()
