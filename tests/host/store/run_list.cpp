// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/store/run_list.hpp"

#include "tests/host/temporary_folder.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>

BOOST_AUTO_TEST_SUITE(run_list)

namespace
{

penstock::host::graph_spec named(const std::string& name)
{
    penstock::host::graph_spec graph;
    graph.name = name;
    return graph;
}

} // namespace

BOOST_AUTO_TEST_CASE(what_was_noted_last_of_each_graph_is_read)
{
    const penstock::host::testing::temporary_folder folder;
    const penstock::host::run_list list(folder.path() / "running");
    BOOST_TEST(!list.is_begun());
    BOOST_TEST(list.all().empty());
    BOOST_TEST(!list.note({named("b"), "/etc/b.json"}).has_value());
    BOOST_TEST(!list.note({named("a"), "/etc/a.json"}).has_value());
    BOOST_TEST(!list.note({named("b"), "/etc/b.json", true}).has_value());
    BOOST_TEST(list.is_begun());
    const auto all = list.all();
    BOOST_TEST_REQUIRE(all.size() == 2U);
    BOOST_TEST((all[0].graph == named("a")));
    BOOST_TEST(!all[0].is_stopped);
    BOOST_TEST(all[1].is_stopped);
    BOOST_TEST(list.of_file("/etc/b.json")->graph.name == "b");
    BOOST_TEST(list.of_graph("b")->file == "/etc/b.json");
    BOOST_TEST(!list.of_graph("c").has_value());
    BOOST_TEST(!list.of_file("/etc/c.json").has_value());
    BOOST_TEST(!list.remove("b").has_value());
    BOOST_TEST(!list.of_file("/etc/b.json").has_value());
}

BOOST_AUTO_TEST_CASE(what_is_not_whole_is_left_out)
{
    const penstock::host::testing::temporary_folder folder;
    const penstock::host::run_list list(folder.path());
    BOOST_TEST(!list.note({named("a"), "/etc/a.json"}).has_value());
    for (const char* const text :
         {"", "{", "[]", R"({"graph": {}, "file": "x", "stopped": false})"})
    {
        std::ofstream(folder.path() / "b.json") << text;
        BOOST_TEST(list.all().size() == 1U, text);
    }
}

BOOST_AUTO_TEST_SUITE_END()
