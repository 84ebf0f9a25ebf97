// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/packages/place.hpp"

#include "fixtures.hpp"

#include <boost/test/unit_test.hpp>

namespace penstock::host
{

namespace
{

struct clean_environment
{
    clean_environment()
    {
        ::setenv("HOME", "/home/someone", 1);
        ::unsetenv("XDG_DATA_HOME");
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(places, clean_environment)

BOOST_AUTO_TEST_CASE(named_folders_come_before_the_users_and_the_binarys)
{
    const std::vector<package_place> found = package_places({"/one", "/two"});
    const auto beside = std::filesystem::canonical("/proc/self/exe").parent_path().parent_path();
    BOOST_REQUIRE(found.size() == 5u);
    BOOST_TEST(found[0].folder == "/one");
    BOOST_TEST(found[1].folder == "/two");
    BOOST_TEST(found[2].folder == "/home/someone/.local/share/penstock/packages");
    BOOST_TEST(found[3].folder == beside / "packages");
    BOOST_TEST(found[4].folder == beside / "lib/penstock/packages");
}

BOOST_AUTO_TEST_CASE(only_named_folders_must_exist)
{
    const std::vector<package_place> found = package_places({"/one"});
    BOOST_TEST(found.front().must_exist);
    for (std::size_t i = 1; i < found.size(); ++i)
        BOOST_TEST(!found[i].must_exist);
}

BOOST_AUTO_TEST_CASE(a_named_folder_that_is_missing_or_open_to_all_is_refused)
{
    const temporary_folder open;
    std::filesystem::permissions(open.path(), std::filesystem::perms(0777));
    const std::vector<std::string> expected{
        "/nowhere: is not there; a folder of packages was expected",
        open.path().string() +
            ": is writable by others; one that only its owner can write to was expected"};
    BOOST_TEST(lines(refuse_places({{"/nowhere", true}, {open.path(), true}})) == expected,
               boost::test_tools::per_element());
    BOOST_TEST(refuse_places({{"/nowhere", false}, {open.path(), false}}).empty());
}

BOOST_AUTO_TEST_CASE(the_users_folder_follows_the_environment)
{
    ::setenv("XDG_DATA_HOME", "/data", 1);
    BOOST_TEST(user_packages() == "/data/penstock/packages");
    ::setenv("XDG_DATA_HOME", "relative", 1);
    BOOST_TEST(user_packages() == "/home/someone/.local/share/penstock/packages");
}

BOOST_AUTO_TEST_CASE(a_user_without_home_has_no_folder)
{
    ::unsetenv("HOME");
    BOOST_TEST(user_packages().empty());
    BOOST_TEST(package_places({}).size() == 2u);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace penstock::host
