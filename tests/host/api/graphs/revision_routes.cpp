// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/graphs/revision_routes.hpp"

#include "tests/host/api/test_host.hpp"

#include "host/graph/spec.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(revision_routes)

using namespace penstock::host::http::testing;
using penstock::host::parse_graph;
using penstock::host::write_graph;
using penstock::host::http::response;
namespace json = penstock::json;

namespace
{

const std::string first = test_host::graph("first", {"read", "take"});
const std::string second = test_host::graph("first", {"read", "answer"});

std::string canonical(const std::string& text)
{
    return write_graph(parse_graph(text).graph);
}

json::array revisions_of(test_host& host)
{
    return body_of(host.send("GET", "/api/graphs/first/revisions")).at("revisions").as_array();
}

std::string address_of(const json::value& kept)
{
    return "/api/graphs/first/revisions/" + std::string(kept.at("revision").as_string());
}

} // namespace

BOOST_AUTO_TEST_CASE(each_put_that_changes_something_is_a_revision)
{
    test_host host;
    BOOST_TEST(host.send("GET", "/api/graphs/first/revisions").status == 404U);
    host.send("PUT", "/api/graphs/first", first);
    host.send("PUT", "/api/graphs/first", first);
    const response made = host.send("PUT", "/api/graphs/first", second);
    const json::array all = revisions_of(host);
    BOOST_TEST_REQUIRE(all.size() == 2U);
    BOOST_TEST('"' + std::string(all[0].at("revision").as_string()) + '"' ==
               made.headers.value("ETag"));
    BOOST_TEST(all[0].at("bytes") == canonical(second).size());
    BOOST_TEST(all[0].at("time").as_string().size() ==
               std::string("2026-01-31T09:05:00.250Z").size());
    BOOST_TEST(host.send("GET", address_of(all[0])).body == canonical(second));
    BOOST_TEST(host.send("GET", address_of(all[1])).body == canonical(first));
}

BOOST_AUTO_TEST_CASE(a_deploy_that_brings_a_file_is_a_revision_too)
{
    test_host host;
    BOOST_TEST(host.send("POST", "/api/graphs/first/deploy", first).status == 200U);
    BOOST_TEST(revisions_of(host).size() == 1U);
    BOOST_TEST(host.send("POST", "/api/graphs/first/deploy").status == 200U);
    BOOST_TEST(revisions_of(host).size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_graph_that_came_from_elsewhere_is_kept_before_it_is_replaced)
{
    test_host host;
    host.deploy("first", {"read", "take"}); // not over HTTP
    host.send("PUT", "/api/graphs/first", second);
    const json::array all = revisions_of(host);
    BOOST_TEST_REQUIRE(all.size() == 2U);
    BOOST_TEST(host.send("GET", address_of(all[1])).body == canonical(first));
}

BOOST_AUTO_TEST_CASE(as_many_are_kept_as_the_limit_says)
{
    penstock::host::api::data_options options;
    options.bounds.revisions = 1;
    test_host host({}, options);
    host.send("PUT", "/api/graphs/first", first);
    host.send("PUT", "/api/graphs/first", second);
    BOOST_TEST(revisions_of(host).size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_deleted_graph_has_no_revisions)
{
    test_host host;
    host.send("PUT", "/api/graphs/first", first);
    host.send("DELETE", "/api/graphs/first");
    BOOST_TEST(host.send("GET", "/api/graphs/first/revisions").status == 404U);
}

BOOST_AUTO_TEST_CASE(names_that_no_graph_may_have_find_nothing)
{
    test_host host;
    host.send("PUT", "/api/graphs/first", first);
    BOOST_TEST(host.send("GET", "/api/graphs/..%2Frevisions%2Ffirst/revisions").status == 404U);
    BOOST_TEST(host.send("GET", "/api/graphs/first/revisions/0").status == 404U);
}

BOOST_AUTO_TEST_SUITE_END()
