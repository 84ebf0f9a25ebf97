// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/host/cli/program.hpp"

#include <penstock/json.hpp>

#include <boost/test/unit_test.hpp>

#include <cstdlib>

BOOST_AUTO_TEST_SUITE(package)

using namespace penstock::host::cli::testing;
namespace json = boost::json;

namespace
{

std::string versioned(const std::string& version)
{
    return PENSTOCK_VERSIONED + version + "/versioned.so";
}

std::string text_of(const json::value& row, const char* key)
{
    return std::string(row.at(key).as_string());
}

const std::string folder = ".local/share/penstock/packages/";

} // namespace

BOOST_AUTO_TEST_CASE(what_is_installed_is_told_listed_and_removed)
{
    const scratch home;
    const std::string file = home.at(folder + "versioned@1.2.0/versioned.so");
    const ended installed = run(home, {"package", "install", versioned("1.2.0")});
    BOOST_TEST(installed.code == 0, installed.err);
    BOOST_TEST(installed.out ==
               "installed versioned 1.2.0: " + file + "; next:\n  penstock inspect versioned\n");
    BOOST_TEST(run(home, {"package", "install", versioned("1.2.0")}).out ==
               "replaced versioned 1.2.0: " + file + "; next:\n  penstock inspect versioned\n");

    const ended listed = run(home, {"package", "list"});
    BOOST_TEST(listed.code == 0);
    BOOST_TEST(listed.out.find("versioned     1.2.0  offered ") != std::string::npos, listed.out);
    BOOST_TEST(listed.out.find(file) != std::string::npos, listed.out);

    const ended removed = run(home, {"package", "remove", "versioned"});
    BOOST_TEST(removed.code == 0);
    BOOST_TEST(removed.out == "removed " + home.at(folder + "versioned@1.2.0") + "\n");
    BOOST_TEST(!std::filesystem::exists(file));
    BOOST_TEST(run(home, {"package", "remove", "versioned"}).code == 1);
}

BOOST_AUTO_TEST_CASE(an_older_version_is_installed_with_a_word_on_how_to_use_it)
{
    const scratch home;
    BOOST_TEST(run(home, {"package", "install", versioned("2.0.0")}).code == 0);
    const ended older = run(home, {"package", "install", versioned("1.2.0")});
    BOOST_TEST(older.code == 0, older.err);
    BOOST_TEST(older.out.ends_with("; next:\n  \"package\": \"versioned@1.2.0\" in a graph's node; "
                                   "without it version 2.0.0 is used\n"),
               older.out);
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
            found.push_back(text_of(each, "version") + ' ' + text_of(each, "state") + ' ' +
                            text_of(each, "reason"));
    const std::string newest = home.at(folder + "versioned@2.0.0/versioned.so");
    BOOST_TEST(found ==
                   (std::vector<std::string>{"2.0.0 offered ", "1.2.0 hidden hidden by " + newest}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_list_has_a_row_for_what_is_refused_with_the_reason)
{
    const scratch home;
    std::filesystem::create_directories(home.at(folder));
    const std::string file = home.write(folder + "text.so", "not a library");
    const ended listed = run(home, {"package", "list"});
    BOOST_TEST(listed.code == 0);
    BOOST_TEST(listed.err == "");
    BOOST_TEST(listed.out.find("  reason\n") != std::string::npos, listed.out);
    BOOST_TEST(listed.out.find("\ntext ") != std::string::npos, listed.out);
    BOOST_TEST(listed.out.find(file + "  is not a shared library; an ELF file was expected\n") !=
                   std::string::npos,
               listed.out);

    const json::value read =
        penstock::parse_json(run(home, {"package", "list", "--json"}).out).at("packages");
    const json::value& last = read.as_array().back();
    BOOST_TEST(text_of(last, "package") == "text");
    BOOST_TEST(text_of(last, "state") == "refused");
    BOOST_TEST(text_of(last, "path") == file);
    BOOST_TEST(text_of(last, "reason") == "is not a shared library; an ELF file was expected");
}

BOOST_AUTO_TEST_CASE(how_much_an_archive_may_hold_is_said_by_flags)
{
    const scratch home;
    const std::string archive = home.at("versioned.tar.gz");
    const std::string library = versioned("1.2.0");
    const std::string pack = "tar -czf " + archive + " -C " +
                             std::filesystem::path(library).parent_path().string() +
                             " versioned.so";
    BOOST_REQUIRE(std::system(pack.c_str()) == 0);
    const ended small = run(home, {"package", "install", archive, "--unpacked-limit", "1KiB"});
    BOOST_TEST(small.code == 1);
    BOOST_TEST(small.err == archive + ": is too long unpacked; at most 1024 bytes, or a higher "
                                      "--unpacked-limit, were expected\n");
    const ended few = run(home, {"package", "install", archive, "--unpacked-entries", "0"});
    BOOST_TEST(few.code == 1);
    BOOST_TEST(few.err == archive + ": has too many entries; at most 0, or a higher "
                                    "--unpacked-entries, were expected\n");
    BOOST_TEST(run(home, {"package", "install", archive, "--unpacked-limit", "much"}).code == 2);
    const ended enough = run(home, {"package", "install", archive, "--unpacked-limit", "50MiB"});
    BOOST_TEST(enough.code == 0, enough.err);
}

BOOST_AUTO_TEST_CASE(what_is_refused_is_told_with_the_reason)
{
    const scratch home;
    const std::string file = home.write("text.so", "not a library");
    const ended result = run(home, {"package", "install", file});
    BOOST_TEST(result.code == 1);
    BOOST_TEST(result.err.starts_with(file + ": "), result.err);
    const std::string source = home.write("text.cpp", "no library");
    BOOST_TEST(run(home, {"package", "install", source}).err ==
               source + ": is no package; NAME.so or a .tar.gz was expected\n");
    BOOST_TEST(run(home, {"package"}).code == 2);
}

BOOST_AUTO_TEST_SUITE_END()
