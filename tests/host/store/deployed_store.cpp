// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/store/deployed_store.hpp"

#include "tests/host/temporary_folder.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>

BOOST_AUTO_TEST_SUITE(deployed_store)

BOOST_AUTO_TEST_CASE(the_version_of_a_file_is_that_which_was_saved_last_under_its_path)
{
    const penstock::host::testing::temporary_folder folder;
    const penstock::host::deployed_store store(folder.path() / "deployed");
    BOOST_TEST(!store.read("g.json").has_value());
    penstock::host::graph_spec graph;
    graph.name = "one";
    BOOST_TEST(!store.save("g.json", graph).has_value());
    graph.title = "again";
    BOOST_TEST(!store.save("./g.json", graph).has_value());
    const auto read = store.read(std::filesystem::absolute("g.json"));
    BOOST_TEST_REQUIRE(read.has_value());
    BOOST_TEST((*read == graph));
    BOOST_TEST(!store.read("other.json").has_value());
}

BOOST_AUTO_TEST_SUITE_END()
