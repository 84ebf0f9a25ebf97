// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/packages/library.hpp"

#include "fixtures.hpp"

#include <boost/test/unit_test.hpp>

namespace penstock::host
{

namespace
{

std::string verdict(const std::filesystem::path& file)
{
    const auto found = examine_package(file);
    if (found.has_error())
        return to_string(found.error());
    const auto loaded = load_package(*found);
    return loaded.has_error() ? to_string(loaded.error()) : "loaded";
}

} // namespace

BOOST_AUTO_TEST_SUITE(libraries)

BOOST_AUTO_TEST_CASE(loads_a_package_and_describes_its_components)
{
    const auto found = examine_package(fixture("sample"));
    BOOST_REQUIRE(found.has_value());
    const auto loaded = load_package(*found);
    BOOST_REQUIRE(loaded.has_value());
    BOOST_REQUIRE(loaded->size() == 12u);
    const component_type& write = *loaded->front();
    BOOST_TEST(write.id == "sample/write");
    BOOST_TEST((write.category == category::publisher));
    BOOST_TEST(write.summary == "Writes packets.");
    BOOST_TEST(write.package == "sample");
    BOOST_TEST(write.version == "1.2.3");
    BOOST_TEST(write.licence == "Apache-2.0");
    BOOST_TEST(write.path == fixture("sample"));
    BOOST_TEST(write.description.inputs.size() == 1u);
    BOOST_TEST(write.make() != nullptr);
}

BOOST_AUTO_TEST_CASE(examining_runs_nothing_and_loading_does)
{
    const fixture_watch watch;
    const temporary_folder folder; // loaded from elsewhere it would not run again
    const auto found = examine_package(copy_fixture("sample", folder / "sample.so"));
    BOOST_TEST(!watch.ran());
    BOOST_REQUIRE(found.has_value());
    BOOST_REQUIRE(load_package(*found).has_value());
    BOOST_TEST(watch.ran()); // or the tests that say the contrary would say nothing
}

BOOST_AUTO_TEST_CASE(refuses_wrong_packages_before_any_of_their_code_runs)
{
    const fixture_watch watch;
    for (const char* name : {"no_stamp", "no_manifest", "wrong_magic", "other_sdk", "other_boost",
                             "other_strings", "other_debug", "other_sanitizer"})
    {
        BOOST_TEST(verdict(fixture(name)).starts_with(fixture(name).string() + ": "));
        BOOST_TEST(!watch.ran(), name);
    }
}

BOOST_AUTO_TEST_CASE(refuses_a_package_with_an_undefined_symbol)
{
    const fixture_watch watch;
    BOOST_TEST(verdict(fixture("undefined_symbol")) ==
               fixture("undefined_symbol").string() +
                   ": cannot be loaded: undefined symbol: nowhere_to_be_found");
    BOOST_TEST(!watch.ran());
}

BOOST_AUTO_TEST_CASE(refuses_a_component_that_throws_when_it_is_made)
{
    BOOST_TEST(verdict(fixture("throws_when_made")) ==
               fixture("throws_when_made").string() +
                   ": component \"throws_when_made/demanding\" throws when it is made: no licence "
                   "key was found; a constructor that only declares was expected");
}

BOOST_AUTO_TEST_CASE(refuses_a_component_that_is_listed_twice)
{
    BOOST_TEST(verdict(fixture("lists_twice")) ==
               fixture("lists_twice").string() + ": lists component \"lists_twice/idle\" twice; "
                                                 "names of its own for each were expected");
}

BOOST_AUTO_TEST_CASE(refuses_a_component_with_a_wrong_name)
{
    BOOST_TEST(verdict(fixture("bad_name")) ==
               fixture("bad_name").string() +
                   ": has a component \"Idle/1\"; [a-z][a-z0-9_]* was expected");
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace penstock::host
