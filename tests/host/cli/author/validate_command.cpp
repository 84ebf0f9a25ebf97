// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/host/cli/graphs.hpp"
#include "tests/host/cli/program.hpp"

#include <penstock/json.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(validate)

using namespace penstock::host::cli::testing;
namespace json = boost::json;

BOOST_AUTO_TEST_CASE(a_graph_that_runs_is_fine)
{
    const scratch home;
    const std::string file = home.write("good.json", marking_graph("good", "x", home.at("out")));
    const ended result = run(home, {"validate", file});
    BOOST_TEST(result.code == 0);
    BOOST_TEST(result.out == file + ": runs: 3 nodes, 2 edges\n");
    BOOST_TEST(result.err == "");
}

BOOST_AUTO_TEST_CASE(each_problem_is_a_line_with_file_and_pointer)
{
    const scratch home;
    const std::string file = home.write("bad.json", R"({"penstock": 1, "name": "bad", "nodes": {
        "read": {"component": "json/reed"},
        "keep": {"component": "files/write", "params": {"path": 1}}},
        "edges": [{"from": "read.out", "to": "keep.in"}]})");
    const ended result = run(home, {"validate", file});
    BOOST_TEST(result.code == 1);
    BOOST_TEST(result.out == "");
    BOOST_TEST(result.err.find(file + ":/nodes/read/component: unknown component \"json/reed\"; "
                                      "did you mean \"json/read\"?\n") != std::string::npos,
               result.err);
    BOOST_TEST(result.err.find(file + ":/nodes/keep/params/path: ") != std::string::npos,
               result.err);
}

BOOST_AUTO_TEST_CASE(unreadable_json_is_told_with_line_and_column)
{
    const scratch home;
    const std::string file = home.write("bad.json", "{\n  \"penstock\": 1,,\n}");
    const ended result = run(home, {"validate", file});
    BOOST_TEST(result.code == 1);
    BOOST_TEST(result.err.find("line 2") != std::string::npos, result.err);
    BOOST_TEST(result.err.find("column") != std::string::npos, result.err);
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_there_is_a_problem)
{
    const scratch home;
    const ended result = run(home, {"validate", home.at("none.json")});
    BOOST_TEST(result.code == 1);
    BOOST_TEST(result.err ==
               home.at("none.json") + ": cannot be read: No such file or directory\n");
}

BOOST_AUTO_TEST_CASE(two_graphs_of_one_name_are_refused)
{
    const scratch home;
    const std::string first = home.write("a.json", marking_graph("same", "a", home.at("out")));
    const std::string second = home.write("b.json", marking_graph("same", "b", home.at("out")));
    const ended result = run(home, {"validate", first, second});
    BOOST_TEST(result.code == 1);
    BOOST_TEST(result.err == second + ":/name: \"same\" is also the name in " + first +
                                 "; another name was expected\n");
}

/// A rule across parameters, as a graph with one node `it` breaks it.
struct broken_rule
{
    const char* node;
    const char* edges;
    const char* told; ///< after the file
};

const broken_rule broken_rules[] = {
    {R"({"component": "fields/rename", "params": {"from": ["a", "b"], "to": ["c"]}})",
     R"({"from": "read.out", "to": "it.in"}, {"from": "it.out", "to": "end.in"})",
     "/nodes/it/params/to: has 1 names; 2 were expected, as many as in from"},
    {R"({"component": "fields/copy", "params": {"from": [""], "to": ["c"]}})",
     R"({"from": "read.out", "to": "it.in"}, {"from": "it.out", "to": "end.in"})",
     "/nodes/it/params/from: has an empty name; names of fields were expected"},
    {R"({"component": "fields/set", "params": {"field": "", "value": 1}})",
     R"({"from": "read.out", "to": "it.in"}, {"from": "it.out", "to": "end.in"})",
     "/nodes/it/params/field: is empty; the name of a field was expected"},
    {R"({"component": "route/drop", "params": {"field": ""}})",
     R"({"from": "read.out", "to": "it.in"}, {"from": "it.out", "to": "end.in"})",
     "/nodes/it/params/field: is empty; the name of a field was expected"},
    {R"({"component": "route/merge", "params": {"key": "name"}})",
     R"({"from": "read.out", "to": "it.in"}, {"from": "read.out", "to": "it.in2"},
        {"from": "it.out", "to": "end.in"})",
     "/nodes/it/params/key: is \"name\"; /fields/NAME or /meta/NAME was expected"},
    {R"({"component": "text/read", "params": {"field": ""}})",
     R"({"from": "read.out", "to": "end.in"}, {"from": "it.out", "to": "end.in"})",
     "/nodes/it/params/field: is empty; the name of a field was expected"},
    {R"({"component": "debug/generate", "params": {"packet": 1}})",
     R"({"from": "read.out", "to": "end.in"}, {"from": "it.out", "to": "end.in"})",
     "/nodes/it/params/packet: is no object; an object of fields was expected"},
    {R"({"component": "files/write", "params": {"path": ""}})",
     R"({"from": "read.out", "to": "end.in"}, {"from": "read.out", "to": "it.in"})",
     "/nodes/it/params/path: is empty; the name of a file was expected"},
    {R"({"component": "search/index", "params": {"database": "a/b"}})",
     R"({"from": "read.out", "to": "end.in"}, {"from": "read.out", "to": "it.in"})",
     "/nodes/it/params/database: is \"a/b\"; a name of a-z, 0-9, _ and - was expected"},
    {R"({"component": "search/query", "params": {"database": ""}})",
     R"({"from": "read.out", "to": "it.in"}, {"from": "it.out", "to": "end.in"})",
     "/nodes/it/params/database: is \"\"; a name of a-z, 0-9, _ and - was expected"},
    {R"({"component": "fields/map", "params": {"fields": {"a": "1", "b/c": "price ** 2"}}})",
     R"({"from": "read.out", "to": "it.in"}, {"from": "it.out", "to": "end.in"})",
     "/nodes/it/params/fields/b~1c: line 1, column 8: unexpected symbol near '*'; an expression of "
     "Lua was expected"},
    {R"({"component": "route/switch", "params": {"routes": [{"port": "a", "when": "n"},
                                                              {"port": "b", "when": "n >"}]}})",
     R"({"from": "read.out", "to": "it.in"}, {"from": "it.a", "to": "end.in"})",
     "/nodes/it/params/routes/1/when: line 1, column 4: unexpected symbol at the end; an "
     "expression of Lua was expected"},
    {R"({"component": "route/drop", "params": {"when": "a and"}})",
     R"({"from": "read.out", "to": "it.in"}, {"from": "it.out", "to": "end.in"})",
     "/nodes/it/params/when: line 1, column 6: unexpected symbol at the end; an expression of Lua "
     "was expected"},
    {R"json({"component": "script/lua", "params": {"script": "function process(p)\n  p = = 1\nend"}})json",
     R"({"from": "read.out", "to": "it.in"}, {"from": "it.out", "to": "end.in"})",
     "/nodes/it/params/script: line 2, column 7: unexpected symbol near '='; a script of Lua was "
     "expected"},
};

BOOST_AUTO_TEST_CASE(rules_across_parameters_are_told_as_run_tells_them)
{
    const scratch home;
    for (const broken_rule& each : broken_rules)
    {
        const std::string file = home.write(
            "rule.json", R"({"penstock": 1, "name": "rule", "nodes": {
            "read": {"component": "json/read"}, "end": {"component": "debug/null"}, "it": )" +
                             std::string(each.node) + R"(}, "edges": [)" + each.edges + "]}");
        const std::string told = file + ":" + each.told + "\n";
        const ended validated = run(home, {"validate", file});
        BOOST_TEST(validated.code == 1);
        BOOST_TEST(validated.err == told);
        const ended started = run(home, {"run", file, "--listen", "127.0.0.1:0"});
        BOOST_TEST(started.code != 0);
        BOOST_TEST(started.err.find(told) != std::string::npos, started.err);
    }
}

BOOST_AUTO_TEST_CASE(a_deprecated_component_is_a_warning)
{
    const scratch home;
    const std::string file = home.write("old.json", R"({"penstock": 1, "name": "old", "nodes": {
            "read": {"component": "json/read"}, "end": {"component": "debug/null"},
            "it": {"component": "versioned/old_mark"}}, "edges": [
            {"from": "read.out", "to": "it.in"}, {"from": "it.out", "to": "end.in"}]})");
    const std::string places = PENSTOCK_VERSIONED "1.2.0";
    const ended said = run(home, {"validate", file, "--packages", places});
    BOOST_TEST(said.code == 0);
    BOOST_TEST(said.out == file + ": runs: 3 nodes, 2 edges\n");
    BOOST_TEST(said.err == "warning: " + file +
                               ":/nodes/it/component: component \"versioned/old_mark\" is "
                               "deprecated; \"versioned/mark\" was expected\n");
    const ended listed = run(home, {"validate", file, "--packages", places, "--json"});
    BOOST_TEST(listed.code == 0);
    const json::value files = penstock::parse_json(listed.out).at("files");
    BOOST_TEST(files.at(0).at("problems").as_array().empty());
    BOOST_TEST(files.at(0).at("warnings").at(0).at("pointer").as_string() == "/nodes/it/component");
    const ended shown = run(home, {"inspect", "versioned/old_mark", "--packages", places});
    BOOST_TEST(
        shown.out.find("since    versioned 1.0.0\nstatus   deprecated: use versioned/mark\n") !=
            std::string::npos,
        shown.out);
}

BOOST_AUTO_TEST_CASE(json_lists_the_problems_of_each_file)
{
    const scratch home;
    const std::string good = home.write("good.json", marking_graph("good", "x", home.at("out")));
    const std::string bad = home.write("bad.json", R"({"penstock": 2, "name": "bad"})");
    const ended result = run(home, {"validate", good, bad, "--json"});
    BOOST_TEST(result.code == 1);
    BOOST_TEST(result.err == "");
    const json::value read = penstock::parse_json(result.out);
    const json::array& files = read.at("files").as_array();
    BOOST_TEST(files.at(0).at("problems").as_array().empty());
    BOOST_TEST(files.at(1).at("file").as_string() == bad);
    bool is_told = false;
    for (const json::value& each : files.at(1).at("problems").as_array())
        is_told |= each.at("pointer").as_string() == "/penstock";
    BOOST_TEST(is_told);
}

BOOST_AUTO_TEST_CASE(with_connect_each_publisher_is_started_and_connected)
{
    const scratch home;
    const std::string file = home.write("good.json", marking_graph("good", "x", home.at("out")));
    const ended result = run(home, {"validate", file, "--connect"});
    BOOST_TEST(result.code == 0, result.err);
    BOOST_TEST(result.out == file + ": runs: 3 nodes, 2 edges\n" + file + ": keep: connected\n");
}

BOOST_AUTO_TEST_CASE(with_connect_a_publisher_whose_outside_is_away_is_named_with_the_reason)
{
    const scratch home;
    const std::string file =
        home.write("away.json", marking_graph("away", "x", home.at("no/such/folder/out")));
    const ended plain = run(home, {"validate", file});
    BOOST_TEST(plain.code == 0, plain.err);
    const ended result = run(home, {"validate", file, "--connect"});
    BOOST_TEST(result.code == 1);
    BOOST_TEST(result.err.starts_with(file + ":/nodes/keep: is not connected: "), result.err);
    BOOST_TEST(result.err.find("No such file or directory") != std::string::npos, result.err);
    const ended listed = run(home, {"validate", file, "--connect", "--json"});
    const json::object told =
        penstock::parse_json(listed.out).at_pointer("/files/0/connections/0").as_object();
    BOOST_TEST(told.at("node").as_string() == "keep");
    BOOST_TEST(!told.at("connected").as_bool());
}

BOOST_AUTO_TEST_CASE(with_connect_a_reference_that_leads_nowhere_is_a_problem)
{
    const scratch home;
    const std::string file =
        home.write("open.json", marking_graph("open", "x", "${env:NO_SUCH_VARIABLE}"));
    const ended result = run(home, {"validate", file, "--connect"});
    BOOST_TEST(result.code == 1);
    BOOST_TEST(result.err.find("NO_SUCH_VARIABLE") != std::string::npos, result.err);
}

BOOST_AUTO_TEST_SUITE_END()
