// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/host/cli/program.hpp"

#include <penstock/json.hpp>

#include <boost/test/unit_test.hpp>

#include <iterator>

using namespace penstock::host::cli::testing;
namespace json = boost::json;

namespace
{

// Two branches that meet again: what is marked comes first, because its edge is named first.
constexpr const char* meeting = R"({"penstock": 1, "name": "meeting", "nodes": {
    "read": {"component": "json/read"},
    "mark": {"component": "fields/set", "params": {"field": "mark", "value": 1}},
    "move": {"component": "fields/rename", "params": {"from": ["a"], "to": ["b"]}},
    "keep": {"component": "files/write", "params": {"path": "/nowhere/at/all"}}},
    "edges": [{"from": "read.out", "to": "mark.in"}, {"from": "read.out", "to": "move.in"},
              {"from": "mark.out", "to": "keep.in"}, {"from": "move.out", "to": "keep.in"}]})";

struct tested_graph
{
    ended test(const std::string& tests, const std::string& graph = meeting) const
    {
        home.write("g.json", graph);
        return run(home, {"test", home.write("g.test.json",
                                             R"({"graph": "g.json", "tests": [)" + tests + "]}")});
    }

    // What is said about the only test, without the file's name.
    std::string finding(const std::string& test_text) const
    {
        const ended result = test(test_text);
        BOOST_TEST(result.code == 1);
        const std::string file = home.at("g.test.json");
        BOOST_TEST(result.err.starts_with(file), result.err);
        return result.err.substr(std::min(result.err.size(), file.size()));
    }

    scratch home;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(test, tested_graph)

BOOST_AUTO_TEST_CASE(packets_go_through_every_branch_of_the_graph)
{
    const ended result = test(R"({"name": "both", "given": {"read.in": [{"json": [{"a": 1}]}]},
        "expect": {"keep.in": [{"fields": {"a": 1, "mark": 1}}, {"fields": {"b": 1}}],
                   "read.out": [{"fields": {"a": 1}}]}})");
    BOOST_TEST(result.code == 0, result.err);
    BOOST_TEST(result.out == home.at("g.test.json") + ": both: passed\n1 passed, 0 failed\n");
}

BOOST_AUTO_TEST_CASE(a_node_of_which_outputs_are_given_is_not_run)
{
    const ended result = test(R"({"name": "mock", "given": {"read.in": [{"json": [{"a": 1}]}],
                                           "mark.out": [{"fields": {"made": true}}]},
        "expect": {"mark.in": [{"fields": {"a": 1}}],
                   "keep.in": [{"fields": {"made": true}}, {"fields": {"b": 1}}]}})");
    BOOST_TEST(result.code == 0, result.err);
}

BOOST_AUTO_TEST_CASE(each_difference_is_a_line_with_its_place)
{
    BOOST_TEST(
        finding(R"({"name": "t", "given": {"mark.in": [{"fields": {"a": {"b": [1]}, "c": 1}}]},
        "expect": {"keep.in": [{"fields": {"a": {"b": [2]}, "d": 3, "mark": 1}}]}})") ==
        ": t: keep.in[0]/fields/a/b: is [1]; [2] was expected\n" + home.at("g.test.json") +
            ": t: keep.in[0]/fields/d: is missing; 3 was expected\n" + home.at("g.test.json") +
            ": t: keep.in[0]/fields/c: is 1; nothing was expected\n");
    BOOST_TEST(finding(R"({"name": "t", "given": {}, "expect": {"keep.in": [{"fields": {}}]}})") ==
               ": t: keep.in: has 0 packets; 1 were expected\n" + home.at("g.test.json") +
                   ": t: keep.in[0]: is missing; {\"fields\":{}} was expected\n");
}

BOOST_AUTO_TEST_CASE(of_meta_only_what_is_named_is_compared)
{
    const std::string given =
        R"({"name": "t", "given": {"mark.in": [{"meta": {"a": 1, "b": 2}}]}, )";
    BOOST_TEST(test(given + R"("expect": {"keep.in": [{"meta": {"a": 1}}]}})").code == 0);
    BOOST_TEST(finding(given + R"("expect": {"keep.in": [{"meta": {"a": 2}}]}})") ==
               ": t: keep.in[0]/meta/a: is 1; 2 was expected\n");
}

BOOST_AUTO_TEST_CASE(a_packet_that_fails_unexpectedly_fails_the_test)
{
    const std::string bad = R"({"name": "t", "given": {"read.in": [{"data": "no json",
        "meta": {"mimetype": "application/json"}}]}, "expect": {"keep.in": []})";
    const std::string said = finding(bad + "}");
    BOOST_TEST(said.starts_with(": t: read: fails a packet: "), said);
    const std::size_t begin = said.find("packet: ") + 8;
    const std::string reason = "read: " + said.substr(begin, said.rfind("; none") - begin);
    BOOST_TEST(
        test(bad + ", \"dead\": [" + penstock::write_json(json::value(reason)) + "]}").code == 0);
    BOOST_TEST(finding(R"({"name": "t", "replace": ["keep"], "dead": ["read: it"]})") ==
               ": t: dead: \"read: it\" was expected\n");
}

BOOST_AUTO_TEST_CASE(what_goes_to_a_wired_error_port_is_no_dead_letter)
{
    std::string graph = meeting;
    const std::string edge = R"("edges": [)";
    graph.insert(graph.find(edge) + edge.size(), R"({"from": "read.error", "to": "keep.in"}, )");
    const ended result = test(R"({"name": "t", "given": {"read.in": [{"data": "no json",
        "meta": {"mimetype": "application/json"}}]},
        "expect": {"keep.in": [{"meta": {"error_node": "read"}}]}})",
                              graph);
    BOOST_TEST(result.code == 0, result.err);
}

BOOST_AUTO_TEST_CASE(unknown_names_are_told_with_pointer_and_nearest)
{
    BOOST_TEST(finding(R"({"name": "t", "given": {"reed.in": []}, "expect": {"keep.in": []}})") ==
               ":/tests/0/given/reed.in: unknown node \"reed\"; did you mean \"read\"?\n");
    BOOST_TEST(finding(R"({"name": "t", "expect": {"mark.uot": []}})") ==
               ":/tests/0/expect/mark.uot: unknown port \"mark.uot\"; did you mean \"out\"?\n");
    BOOST_TEST(finding(R"({"name": "t", "expct": {}, "expect": {"keep.in": []}})") ==
               ":/tests/0/expct: unknown key; did you mean \"expect\"?\n");
}

BOOST_AUTO_TEST_CASE(files_that_test_nothing_are_refused)
{
    BOOST_TEST(finding("") == ":/tests: is no list of tests; at least one test was expected\n");
    BOOST_TEST(finding(R"({"name": "t"})") ==
               ":/tests/0: expects nothing; expect, replies or dead was expected\n");
    const ended no_file = run(home, {"test", home.at("none.test.json")});
    BOOST_TEST(no_file.code == 1);
    BOOST_TEST(no_file.out == "0 passed, 1 failed\n");
    const ended no_graph = run(home, {"test", home.write("n.test.json", R"({"graph": "none.json",
        "tests": [{"name": "t", "dead": ["a: b"]}]})")});
    BOOST_TEST(no_graph.code == 1);
    BOOST_TEST(no_graph.out == "0 passed, 1 failed\n");
    BOOST_TEST(no_graph.err.find("none.json: cannot be read") != std::string::npos, no_graph.err);
}

BOOST_AUTO_TEST_CASE(what_components_keep_is_gone_after_each_test)
{
    const std::string graph = R"({"penstock": 1, "name": "g", "nodes": {
        "read": {"component": "json/read"},
        "index": {"component": "search/index", "params": {"database": "d"}},
        "find": {"component": "search/query", "params": {"database": "d"}},
        "answer": {"component": "http/reply"}},
        "edges": [{"from": "read.out", "to": "index.in"}, {"from": "read.out", "to": "find.in"},
                  {"from": "find.out", "to": "answer.in"}]})";
    const ended result = test(
        R"({"name": "kept", "given": {"index.in": [{"fields": {"t": "word"}, "meta": {"id": "1"}}],
                                      "find.in": [{"meta": {"id": "word"}}]},
            "replies": [{"fields": {"t": "word", "_rank": 1, "_score": 1e-06, "_snippet": "<mark>word</mark>"}}]},
           {"name": "gone", "given": {"index.in": [{"fields": {"t": "other"}, "meta": {"id": "2"}}],
                                      "find.in": [{"meta": {"id": "word"}}]}, "replies": []})",
        graph);
    BOOST_TEST(result.code == 0, result.err);
    BOOST_TEST(std::distance(std::filesystem::directory_iterator(home.path()), {}) == 2);
}

BOOST_AUTO_TEST_CASE(an_hour_is_not_waited_for)
{
    const std::string file =
        home.write("g.test.json", R"({"graph": "g.json", "tests": [{"name": "t",
        "given": {"read.in": [{"json": [{"a": 1}, {"a": 2}]}]},
        "expect": {"keep.in": [{"fields": {"count": 2}}]}}]})");
    home.write("g.json", R"({"penstock": 1, "name": "g", "lanes": 1, "nodes": {
        "read": {"component": "json/read"}, "hour": {"component": "versioned/hour"},
        "keep": {"component": "files/write", "params": {"path": "/nowhere/at/all"}}},
        "edges": [{"from": "read.out", "to": "hour.in"}, {"from": "hour.out", "to": "keep.in"}]})");
    const ended result = run(home, {"test", "--packages", PENSTOCK_VERSIONED "1.2.0", file});
    BOOST_TEST(result.code == 0, result.err);
}

BOOST_AUTO_TEST_CASE(json_tells_each_test)
{
    home.write("g.json", meeting);
    const ended result =
        run(home, {"test", "--json", home.write("g.test.json", R"({"graph": "g.json", "tests": [
            {"name": "good", "expect": {"keep.in": []}},
            {"name": "bad", "expect": {"keep.in": [{"fields": {}}]}}]})")});
    BOOST_TEST(result.code == 1);
    const json::value read = penstock::parse_json(result.out);
    BOOST_TEST(read.at_pointer("/tests/0/passed").as_bool());
    BOOST_TEST(!read.at_pointer("/tests/1/passed").as_bool());
    BOOST_TEST(read.at_pointer("/tests/1/findings").as_array().size() == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
