// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/rollout/graph_answer.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>

BOOST_AUTO_TEST_SUITE(graph_answers)

using namespace penstock::host;
using namespace penstock::host::rollout;

BOOST_AUTO_TEST_CASE(problems_are_told_with_the_address_of_their_host)
{
    const http::response refused{
        .status = 422,
        .headers = {},
        .body = R"({"detail": "x", "problems": [)"
                R"({"pointer": "/nodes/a", "message": "is wrong", "expected": "better"}]})"};
    const auto all = problems_in(refused, "http://h");
    BOOST_TEST_REQUIRE(all.size() == 1U);
    BOOST_TEST(to_string(all.front()) == "http://h:/nodes/a: is wrong; better");
}

BOOST_AUTO_TEST_CASE(an_answer_without_problems_is_told_unless_it_is_a_success)
{
    for (const char* body : {"", "[]", "<html>", R"({"problems": []})", R"({"problems": 1})"})
    {
        const auto all = problems_in({.status = 404, .headers = {}, .body = body}, "http://h");
        BOOST_TEST_REQUIRE(all.size() == 1U);
        BOOST_TEST(to_string(all.front()) == "http://h: 404 Not Found");
        BOOST_TEST(problems_in({.status = 200, .headers = {}, .body = body}, "http://h").empty());
    }
}

BOOST_AUTO_TEST_CASE(the_state_of_a_graph_that_never_ran_has_no_version)
{
    const auto read = [](std::string body)
    { return read_state({.status = 200, .headers = {}, .body = std::move(body)}); };
    BOOST_TEST(!read(R"({"state": "stopped", "deployed_revision": null})").deployed_tag);
    BOOST_TEST(!read(R"({"state": "stopped"})").deployed_tag);
    BOOST_TEST(read("nonsense").state == "in no known state");
    const auto runs = read(R"({"state": "running", "deployed_revision": "0123456789abcdef"})");
    BOOST_TEST(runs.state == "running");
    BOOST_TEST(*runs.deployed_tag == "\"0123456789abcdef\"");
    BOOST_TEST(short_revision(*runs.deployed_tag) == "revision 0123456789ab");
    BOOST_TEST(revision_in(*runs.deployed_tag) == "0123456789abcdef");
}

BOOST_AUTO_TEST_SUITE_END()
