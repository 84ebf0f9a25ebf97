// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/graphs/graph_routes.hpp"

#include "tests/host/api/test_host.hpp"
#include "tests/host/engine/reluctant_journal.hpp"

#include "host/graph/spec.hpp"
#include "host/journal/memory_journal.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <utility>

BOOST_AUTO_TEST_SUITE(graph_routes)

using namespace penstock::host::http::testing;
using penstock::host::parse_graph;
using penstock::host::write_graph;
using penstock::host::http::request;
using penstock::host::http::response;
namespace json = penstock::json;

namespace
{

const std::string good = test_host::graph("first", {"read", "take"});
const std::string changed = test_host::graph("first", {"read", "answer"});
const std::string bad = test_host::graph("first", {"read", "nothing_known"});

std::string canonical(const std::string& text)
{
    return write_graph(parse_graph(text).graph);
}

} // namespace

BOOST_AUTO_TEST_CASE(a_graph_is_kept_and_shown_exactly)
{
    test_host host;
    const response made = host.send("PUT", "/api/graphs/first", good);
    BOOST_TEST(made.status == 201U);
    const response shown = host.send("GET", "/api/graphs/first");
    BOOST_TEST(shown.status == 200U);
    BOOST_TEST(shown.body == canonical(good));
    BOOST_TEST(shown.headers.value("ETag") == made.headers.value("ETag"));
    BOOST_TEST(host.store.load().size() == 1U);
    BOOST_TEST(host.send("PUT", "/api/graphs/first", changed).status == 200U);
    BOOST_TEST(host.send("GET", "/api/graphs/first").body == canonical(changed));
    BOOST_TEST(write_graph(host.store.load().front().graph) == canonical(changed));
}

BOOST_AUTO_TEST_CASE(a_change_of_another_revision_is_412)
{
    test_host host;
    const std::string tag(host.send("PUT", "/api/graphs/first", good).headers.value("ETag"));
    BOOST_TEST(host.send("PUT", "/api/graphs/first", changed, {{"If-Match", "\"0\""}}).status ==
               412U);
    BOOST_TEST(host.send("DELETE", "/api/graphs/first", {}, {{"If-Match", "\"0\""}}).status ==
               412U);
    BOOST_TEST(host.send("POST", "/api/graphs/first/deploy", {}, {{"If-Match", "\"0\""}}).status ==
               412U);
    BOOST_TEST(host.send("PUT", "/api/graphs/first", changed, {{"If-Match", tag}}).status == 200U);
    BOOST_TEST(host.send("PUT", "/api/graphs/first", changed, {{"If-None-Match", "*"}}).status ==
               412U);
}

BOOST_AUTO_TEST_CASE(what_is_no_graph_file_is_422_with_its_problems)
{
    test_host host;
    for (const std::string& body : {std::string("{"), std::string("{\"penstock\": 2}"),
                                    test_host::graph("second", {"read", "take"})})
    {
        const response refused = host.send("PUT", "/api/graphs/first", body);
        BOOST_TEST(refused.status == 422U);
        BOOST_TEST(refused.headers.value("Content-Type") == "application/problem+json");
        const json::value problems = body_of(refused).at("problems");
        BOOST_TEST_REQUIRE(!problems.as_array().empty());
        for (const char* key : {"pointer", "message", "expected"})
            BOOST_TEST(problems.at(0).as_object().contains(key));
    }
    BOOST_TEST(host.send("GET", "/api/graphs/first").status == 404U);
}

BOOST_AUTO_TEST_CASE(a_graph_that_cannot_run_may_be_kept_as_a_draft)
{
    test_host host;
    BOOST_TEST(host.send("PUT", "/api/graphs/first", bad).status == 201U);
    const json::value told = body_of(host.send("POST", "/api/graphs/first/validate"));
    BOOST_TEST_REQUIRE(told.at("problems").as_array().size() >= 1U);
    BOOST_TEST(told.at("problems").at(0).at("pointer").as_string() ==
               "/nodes/nothing_known/component");
}

BOOST_AUTO_TEST_CASE(validate_warns_of_what_is_deprecated)
{
    test_host host;
    host.deploy("first", {"read", "old_take"});
    const json::value told = body_of(host.send("POST", "/api/graphs/first/validate"));
    BOOST_TEST(told.at("problems").as_array().empty());
    BOOST_TEST_REQUIRE(told.at("warnings").as_array().size() == 1U);
    BOOST_TEST(told.at("warnings").at(0).at("pointer").as_string() == "/nodes/old_take/component");
    BOOST_TEST(told.at("warnings").at(0).at("expected").as_string() ==
               "\"door/take\" was expected");
}

BOOST_AUTO_TEST_CASE(validate_looks_at_the_file_that_is_sent)
{
    test_host host;
    const response fine = host.send("POST", "/api/graphs/first/validate", good);
    BOOST_TEST(fine.status == 200U);
    BOOST_TEST(body_of(fine).at("problems").as_array().empty());
    BOOST_TEST(!body_of(host.send("POST", "/api/graphs/first/validate", bad))
                    .at("problems")
                    .as_array()
                    .empty());
    BOOST_TEST(!body_of(host.send("POST", "/api/graphs/first/validate", "["))
                    .at("problems")
                    .as_array()
                    .empty());
    BOOST_TEST(host.send("POST", "/api/graphs/first/validate").status == 404U);
}

BOOST_AUTO_TEST_CASE(deploy_runs_the_kept_file)
{
    test_host host;
    host.send("PUT", "/api/graphs/first", good);
    BOOST_TEST(body_of(host.send("GET", "/api/graphs/first/state")).at("state").as_string() ==
               "stopped");
    const response deployed = host.send("POST", "/api/graphs/first/deploy");
    BOOST_TEST(deployed.status == 200U);
    BOOST_TEST(body_of(deployed).at("state").as_string() == "running");
    BOOST_TEST(body_of(deployed).at("revision") == body_of(deployed).at("deployed_revision"));
    BOOST_TEST(host.send("POST", "/data", "x", {{"Content-Type", "text/plain"}}).status == 202U);
}

BOOST_AUTO_TEST_CASE(deploy_exchanges_versions_without_losing_an_entry)
{
    test_host host;
    host.deploy("first", {"read", "hold"});
    const auto held = host.send("POST", "/data", "x", {{"Content-Type", "text/plain"}});
    BOOST_TEST(host.send("POST", "/api/graphs/first/deploy", changed).status == 200U);
    const auto answer =
        host.send("POST", "/data?ack=processed", "x", {{"Content-Type", "text/plain"}});
    BOOST_TEST(body_of(answer).at("packets").as_array().size() == 1U);
    host.graphs.stop("first"); // waits for the old version to drain
    BOOST_TEST(body_of(host.send("GET", held.headers.value("Location"))).at("delivered") == 1);
    BOOST_TEST(host.store.load().size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_refused_deploy_is_422_and_leaves_what_runs)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    for (const std::string& body : {bad, test_host::graph("first", {"read", "broken"})})
    {
        const response refused = host.send("POST", "/api/graphs/first/deploy", body);
        BOOST_TEST(refused.status == 422U);
        BOOST_TEST(!body_of(refused).at("problems").as_array().empty());
    }
    const auto answer =
        host.send("POST", "/data?ack=processed", "x", {{"Content-Type", "text/plain"}});
    BOOST_TEST(answer.status == 200U);
    BOOST_TEST(host.send("GET", "/api/graphs/first").body == canonical(good));
}

BOOST_AUTO_TEST_CASE(nothing_is_left_of_a_graph_whose_first_deployment_fails)
{
    test_host host;
    BOOST_TEST(
        host.send("POST", "/api/graphs/new/deploy", test_host::graph("new", {"read", "broken"}))
            .status == 422U);
    BOOST_TEST(body_of(host.send("GET", "/api/graphs")).as_array().empty());
    BOOST_TEST(host.send("GET", "/api/graphs/new/state").status == 404U);
    const std::string draft = test_host::graph("draft", {"read", "broken"});
    BOOST_TEST(host.send("PUT", "/api/graphs/draft", draft).status == 201U);
    BOOST_TEST(host.send("POST", "/api/graphs/draft/deploy").status == 422U);
    BOOST_TEST(host.send("GET", "/api/graphs/draft").status == 200U);
}

BOOST_AUTO_TEST_CASE(stop_works_off_what_is_pending)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    const response stopped = host.send("POST", "/api/graphs/first/stop");
    BOOST_TEST(stopped.status == 200U);
    BOOST_TEST(body_of(stopped).at("state").as_string() == "stopped");
    BOOST_TEST(body_of(stopped).at("pending") == 0);
    BOOST_TEST(host.send("POST", "/api/graphs/second/stop").status == 404U);
}

BOOST_AUTO_TEST_CASE(a_deleted_graph_is_gone_from_engine_and_disk)
{
    test_host host;
    host.send("PUT", "/api/graphs/first", good);
    host.send("POST", "/api/graphs/first/deploy");
    BOOST_TEST(host.send("DELETE", "/api/graphs/first").status == 204U);
    BOOST_TEST(host.send("GET", "/api/graphs/first").status == 404U);
    BOOST_TEST(host.send("DELETE", "/api/graphs/first").status == 404U);
    BOOST_TEST(host.store.load().empty());
    BOOST_TEST(body_of(host.send("GET", "/api/graphs")).as_array().empty());
}

BOOST_AUTO_TEST_CASE(a_graph_with_pending_requests_is_deleted_only_with_them)
{
    test_host host;
    host.send("PUT", "/api/graphs/first", good);
    host.graphs.pause(parse_graph(good).graph, "for a test");
    const response sent =
        host.send("POST", "/graphs/first/data", "x", {{"Content-Type", "text/plain"}});
    BOOST_TEST_REQUIRE(sent.status == 202U);
    const std::string receipt(sent.headers.value("Location"));
    const response refused = host.send("DELETE", "/api/graphs/first");
    BOOST_TEST(refused.status == 409U);
    BOOST_TEST(refused.body.find("1 requests of it are pending") != std::string::npos);
    BOOST_TEST(host.send("GET", "/api/graphs/first").status == 200U);
    BOOST_TEST(host.store.load().size() == 1U);
    BOOST_TEST(host.send("DELETE", "/api/graphs/first?discard=true").status == 204U);
    BOOST_TEST(host.send("GET", "/api/graphs/first").status == 404U);
    BOOST_TEST(body_of(host.send("GET", receipt)).at("dropped") == 1);
}

BOOST_AUTO_TEST_CASE(a_deletion_that_is_not_certain_removes_nothing_and_can_be_repeated)
{
    penstock::host::memory_journal memory;
    penstock::host::tests::reluctant_journal journal(memory);
    test_host host(journal);
    host.send("PUT", "/api/graphs/first", good);
    host.graphs.pause(parse_graph(good).graph, "for a test");
    const response sent =
        host.send("POST", "/graphs/first/data", "x", {{"Content-Type", "text/plain"}});
    BOOST_TEST_REQUIRE(sent.status == 202U);
    journal.flushes = false;
    const response failed = host.send("DELETE", "/api/graphs/first?discard=true");
    BOOST_TEST(failed.status == 503U);
    BOOST_TEST(failed.headers.find("Retry-After").has_value());
    BOOST_TEST(failed.body.find("is not on disk") != std::string::npos, failed.body);
    BOOST_TEST(host.send("GET", "/api/graphs/first").status == 200U);
    BOOST_TEST(host.store.load().size() == 1U);
    journal.flushes = true;
    BOOST_TEST(host.send("DELETE", "/api/graphs/first?discard=true").status == 204U);
    BOOST_TEST(host.send("GET", "/api/graphs/first").status == 404U);
    BOOST_TEST(host.store.load().empty());
}

BOOST_AUTO_TEST_CASE(a_graph_over_its_limit_is_413_though_its_length_is_not_announced)
{
    penstock::host::api::data_options options;
    options.bounds.graph = good.size();
    test_host host({}, options);
    for (const auto& [method, target] :
         {std::pair("PUT", "/api/graphs/first"), std::pair("POST", "/api/graphs/first/validate"),
          std::pair("POST", "/api/graphs/first/deploy")})
    {
        BOOST_TEST(host.send(method, target, good).status < 300U);
        request unannounced = make_request(method, target, good + " ");
        unannounced.content_length.reset();
        BOOST_TEST(host.send(std::move(unannounced)).status == 413U, target);
    }
    BOOST_TEST(host.send("PUT", "/api/graphs/first", good, {{"Content-Encoding", "br"}}).status ==
               415U);
}

BOOST_AUTO_TEST_CASE(requests_that_a_deletion_left_pending_are_processed_by_the_next_deployment)
{
    test_host host;
    host.send("PUT", "/api/graphs/first", good);
    host.graphs.pause(parse_graph(good).graph, "for a test");
    const response sent =
        host.send("POST", "/graphs/first/data", "x", {{"Content-Type", "text/plain"}});
    BOOST_TEST(host.send("DELETE", "/api/graphs/first").status == 409U);
    host.send("PUT", "/api/graphs/first", good);
    BOOST_TEST(host.send("POST", "/api/graphs/first/deploy").status == 200U);
    BOOST_TEST(host.graphs.stop("first").value_or(1) == 0U);
    const std::string receipt(sent.headers.value("Location"));
    BOOST_TEST(body_of(host.send("GET", receipt)).at("delivered") == 1);
}

BOOST_AUTO_TEST_CASE(the_list_shows_states_and_revisions)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    host.send("PUT", "/api/graphs/second", test_host::graph("second", {"read", "take"}));
    const json::value list = body_of(host.send("GET", "/api/graphs"));
    BOOST_TEST_REQUIRE(list.as_array().size() == 2U);
    BOOST_TEST(list.at(0).at("name").as_string() == "first");
    BOOST_TEST(list.at(0).at("state").as_string() == "running");
    BOOST_TEST(list.at(1).at("state").as_string() == "stopped");
    BOOST_TEST(list.at(1).at("deployed_revision").is_null());
}

BOOST_AUTO_TEST_CASE(stats_count_nodes_and_edges)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    host.send("POST", "/data?ack=processed", "x", {{"Content-Type", "text/plain"}});
    const json::value stats = body_of(host.send("GET", "/api/graphs/first/stats"));
    BOOST_TEST(stats.at("accepted") == 1);
    BOOST_TEST(stats.at("nodes").at("take").at("received") == 1);
    BOOST_TEST(stats.at("edges").at(0).at("from").as_string() == "read.out");
    BOOST_TEST(host.send("GET", "/api/graphs/second/stats").status == 404U);
    BOOST_TEST(host.send("GET", "/api/graphs/second/state").status == 404U);
}

BOOST_AUTO_TEST_CASE(other_methods_are_405)
{
    test_host host;
    for (const char* target : {"/api/graphs", "/api/graphs/first/state", "/api/graphs/first/stats"})
        BOOST_TEST(host.send("POST", target).headers.value("Allow") == "GET, HEAD");
    BOOST_TEST(host.send("PATCH", "/api/graphs/first").headers.value("Allow") ==
               "GET, HEAD, PUT, DELETE");
    BOOST_TEST(host.send("GET", "/api/graphs/first/deploy").headers.value("Allow") == "POST");
}

BOOST_AUTO_TEST_SUITE_END()
