// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/graphs/draft_routes.hpp"

#include "tests/host/api/test_host.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <string>

BOOST_AUTO_TEST_SUITE(draft_routes)

using namespace penstock::host::http::testing;
using penstock::host::http::request;
using penstock::host::http::response;

namespace
{

constexpr const char* draft = "/api/graphs/first/draft";
const std::string one = R"({ "nodes": {"half": {}}, "note": "not a graph yet" })";
const std::string two = R"({"nodes": {}})";

} // namespace

BOOST_AUTO_TEST_CASE(a_draft_is_returned_as_it_was_sent)
{
    test_host host;
    BOOST_TEST(host.send("GET", draft).status == 404U);
    const response made = host.send("PUT", draft, one);
    BOOST_TEST(made.status == 201U);
    const response shown = host.send("GET", draft);
    BOOST_TEST(shown.status == 200U);
    BOOST_TEST(shown.body == one);
    BOOST_TEST(shown.headers.value("ETag") == made.headers.value("ETag"));
    BOOST_TEST('"' + std::string(body_of(made).at("revision").as_string()) + '"' ==
               made.headers.value("ETag"));
    BOOST_TEST(host.send("PUT", draft, two).status == 200U);
    BOOST_TEST(host.send("GET", draft).body == two);
    BOOST_TEST(host.send("GET", "/api/graphs/first").status == 404U); // it is no graph
}

BOOST_AUTO_TEST_CASE(a_draft_that_has_changed_in_the_meantime_is_412)
{
    test_host host;
    const std::string tag(host.send("PUT", draft, one).headers.value("ETag"));
    BOOST_TEST(host.send("PUT", draft, two, {{"If-Match", tag}}).status == 200U);
    const response refused = host.send("PUT", draft, one, {{"If-Match", tag}});
    BOOST_TEST(refused.status == 412U);
    BOOST_TEST(refused.headers.value("ETag") == host.send("GET", draft).headers.value("ETag"));
    BOOST_TEST(host.send("DELETE", draft, {}, {{"If-Match", tag}}).status == 412U);
    BOOST_TEST(host.send("PUT", draft, one, {{"If-None-Match", "*"}}).status == 412U);
    BOOST_TEST(host.send("GET", draft).body == two);
}

BOOST_AUTO_TEST_CASE(the_state_of_a_graph_tells_whether_there_is_a_draft)
{
    test_host host;
    host.send("PUT", "/api/graphs/first", test_host::graph("first", {"read", "take"}));
    const auto told = [&]
    { return body_of(host.send("GET", "/api/graphs/first/state")).at("draft"); };
    BOOST_TEST(told().is_null());
    const std::string tag(host.send("PUT", draft, one).headers.value("ETag"));
    BOOST_TEST('"' + std::string(told().as_string()) + '"' == tag);
    host.send("DELETE", draft);
    BOOST_TEST(told().is_null());
}

BOOST_AUTO_TEST_CASE(a_deleted_draft_is_gone)
{
    test_host host;
    host.send("PUT", draft, one);
    BOOST_TEST(host.send("DELETE", draft).status == 204U);
    BOOST_TEST(host.send("DELETE", draft).status == 404U);
    BOOST_TEST(host.send("GET", draft).status == 404U);
}

BOOST_AUTO_TEST_CASE(the_draft_of_a_deleted_graph_is_gone)
{
    test_host host;
    host.send("PUT", "/api/graphs/first", test_host::graph("first", {"read", "take"}));
    host.send("PUT", draft, one);
    host.send("DELETE", "/api/graphs/first");
    BOOST_TEST(host.send("GET", draft).status == 404U);
}

BOOST_AUTO_TEST_CASE(what_is_no_json_object_is_refused)
{
    test_host host;
    BOOST_TEST(host.send("PUT", draft, "{").status == 400U);
    BOOST_TEST(host.send("PUT", draft, "[1]").status == 422U);
    BOOST_TEST(host.send("PUT", draft).status == 400U);
    BOOST_TEST(host.send("GET", draft).status == 404U);
}

BOOST_AUTO_TEST_CASE(a_draft_over_its_limit_is_413)
{
    penstock::host::api::data_options options;
    options.bounds.draft = one.size();
    test_host host({}, options);
    BOOST_TEST(host.send("PUT", draft, one).status == 201U);
    BOOST_TEST(host.send("PUT", draft, one + " ").status == 413U);
    request unannounced = make_request("PUT", draft, one + " ");
    unannounced.content_length.reset();
    BOOST_TEST(host.send(std::move(unannounced)).status == 413U);
    BOOST_TEST(host.send("GET", draft).body == one);
}

BOOST_AUTO_TEST_CASE(names_that_no_graph_may_have_have_no_draft)
{
    test_host host;
    for (const char* name : {"..%2Fescaped", "A", "a%2Fb", "1"})
        BOOST_TEST(host.send("PUT", "/api/graphs/" + std::string(name) + "/draft", one).status ==
                   404U);
    BOOST_TEST(!std::filesystem::exists(host.data.path() / "escaped.json"));
    BOOST_TEST(!std::filesystem::exists(host.data.path() / "drafts"));
}

BOOST_AUTO_TEST_SUITE_END()
