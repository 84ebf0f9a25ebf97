// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/store/state_folder.hpp"

#include "tests/host/temporary_folder.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <stdexcept>

BOOST_AUTO_TEST_SUITE(state_folder_files)

using penstock::host::state_folder;
using penstock::host::testing::temporary_folder;

BOOST_AUTO_TEST_CASE(what_is_saved_for_a_node_is_loaded)
{
    const temporary_folder folder;
    const state_folder states(folder.path() / "state");
    BOOST_TEST(!states.load("g", "n").has_value());
    states.save("g", "n", "1");
    states.save("g", "other", "2");
    states.save("g", "n", "3");
    BOOST_TEST(states.load("g", "n").value() == "3");
    BOOST_TEST(states.load("g", "other").value() == "2");
    BOOST_TEST(!states.load("h", "n").has_value());
    BOOST_TEST(std::filesystem::exists(folder.path() / "state" / "g" / "n.json"));
    BOOST_TEST(!std::filesystem::exists(folder.path() / "state" / "g" / "n.json.new"));
}

BOOST_AUTO_TEST_CASE(what_is_saved_for_a_key_is_its_own)
{
    const temporary_folder folder;
    const state_folder states(folder.path());
    states.save("g", "n", "1");
    states.save("g", "n", "2", "a/b");
    states.save("g", "n", "3", "../c");
    BOOST_TEST(states.load("g", "n").value() == "1");
    BOOST_TEST(states.load("g", "n", "a/b").value() == "2");
    BOOST_TEST(states.load("g", "n", "../c").value() == "3");
    BOOST_TEST(!states.load("g", "n", "d").has_value());
    BOOST_TEST(!states.load("g", "other", "a/b").has_value());
    BOOST_TEST(!states.remove("g").has_value());
    BOOST_TEST(!states.load("g", "n", "a/b").has_value());
}

BOOST_AUTO_TEST_CASE(what_is_kept_of_a_graph_is_removed)
{
    const temporary_folder folder;
    const state_folder states(folder.path());
    BOOST_TEST(!states.remove("g").has_value());
    states.save("g", "n", "1");
    states.save("h", "n", "2");
    BOOST_TEST(!states.remove("g").has_value());
    BOOST_TEST(!states.load("g", "n").has_value());
    BOOST_TEST(states.load("h", "n").value() == "2");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_or_written_is_told)
{
    const temporary_folder folder;
    const state_folder states(folder.path());
    std::filesystem::create_directories(folder.path() / "g" / "n.json");
    BOOST_CHECK_THROW(states.save("g", "n", "1"), std::runtime_error);
    std::ofstream(folder.path() / "file") << "no folder";
    BOOST_CHECK_THROW(states.save("file", "n", "1"), std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()
