// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/graph/check.hpp"

#include "host/graph/warn.hpp"

#include <penstock/package.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <filesystem>

namespace penstock::host
{

namespace
{

using list = std::vector<std::string>;

/// The catalogue of the fixtures: the package sample, and many that are refused.
catalogue& fixtures()
{
    static catalogue all({{PENSTOCK_FIXTURES, true}});
    return all;
}

list lines(const std::vector<problem>& problems)
{
    list found;
    for (const problem& each : problems)
        found.push_back(to_string(each));
    return found;
}

struct wire
{
    const char* from;
    const char* to;
};

/// A graph file of `name: component` pairs, or `name: {…}`, and edges.
std::string graph(std::initializer_list<std::pair<const char*, std::string>> nodes,
                  std::initializer_list<wire> wires, const std::string& more = {})
{
    std::string text = R"({"penstock": 1, "name": "g", )" + more + R"("nodes": {)";
    const char* separator = "";
    for (const auto& [name, what] : nodes)
    {
        text += separator + ('"' + std::string(name) + "\": ");
        text += what.starts_with('{') ? what : R"({"component": "sample/)" + what + "\"}";
        separator = ", ";
    }
    text += R"(}, "edges": [)";
    separator = "";
    for (const wire& each : wires)
    {
        text += separator + (R"({"from": ")" + std::string(each.from)) + R"(", "to": ")" + each.to +
                "\"}";
        separator = ", ";
    }
    return text + "]}";
}

list faults(const std::string& text, const resolver& resolve = {})
{
    return lines(read_graph(text, fixtures(), resolve).problems);
}

/// The faults of read -> pass -> discard where pass has these parameters.
list faults_of_params(const std::string& params, const resolver& resolve = {})
{
    return faults(graph({{"r", "read"},
                         {"p", R"({"component": "sample/pass", "params": )" + params + "}"},
                         {"d", "discard"}},
                        {{"r.out", "p.in"}, {"p.out", "d.in"}}),
                  resolve);
}

} // namespace

#define CHECK_FAULTS(found, ...) \
    BOOST_TEST((found) == (list{__VA_ARGS__}), boost::test_tools::per_element())

BOOST_AUTO_TEST_SUITE(checks)

BOOST_AUTO_TEST_CASE(find_nothing_wrong_with_a_graph_that_runs)
{
    CHECK_FAULTS(faults(graph({{"r", "read"}, {"p", "pass"}, {"d", "discard"}},
                              {{"r.out", "p.in"}, {"p.out", "d.in"}})));
    CHECK_FAULTS(faults(graph({{"s", "source"}, {"d", "discard"}}, {{"s.out", "d.in"}})));
}

BOOST_AUTO_TEST_CASE(allow_fan_out_and_fan_in)
{
    CHECK_FAULTS(faults(
        graph({{"r", "read"}, {"p", "pass"}, {"q", "pass"}, {"d", "discard"}},
              {{"r.out", "p.in"}, {"r.out", "q.in"}, {"p.out", "d.in"}, {"q.out", "d.in"}})));
    CHECK_FAULTS(faults(graph(
        {{"r", "read"}, {"s", "split"}, {"j", "join"}, {"d", "discard"}},
        {{"r.out", "s.in"}, {"s.left", "j.left"}, {"s.right", "j.right"}, {"j.out", "d.in"}})));
}

BOOST_AUTO_TEST_CASE(find_a_reference_inside_of_a_text)
{
    CHECK_FAULTS(faults_of_params(R"({"greeting": "x-${env:NAME}"})"),
                 "/nodes/p/params/greeting: has a reference in a text, which is not resolved; "
                 "\"${env:NAME}\" or \"${secret:NAME}\" as the whole was expected");
}

// Each packet would come twice, which nobody means.
BOOST_AUTO_TEST_CASE(find_an_edge_that_is_there_twice)
{
    CHECK_FAULTS(
        faults(graph({{"r", "read"}, {"p", "pass"}, {"d", "discard"}},
                     {{"r.out", "p.in"}, {"p.out", "d.in"}, {"r.out", "p.in"}, {"r.out", "d.in"}})),
        "/edges/2: is the edge r.out -> p.in that is at \"/edges/0\" already; "
        "each edge once was expected");
}

BOOST_AUTO_TEST_CASE(allow_edges_that_drop_but_for_failures_and_sources)
{
    const auto dropping = [](const std::string& start, const char* from)
    {
        std::string text = graph({{"s", start}, {"d", "discard"}, {"e", "discard"}},
                                 {{"s.out", "d.in"}, {"d.error", "e.in"}});
        const std::string at = std::string("\"from\": \"") + from + '"';
        return text.insert(text.find(at) + at.size(), R"(, "overflow": "drop")");
    };
    CHECK_FAULTS(faults(dropping("read", "s.out")));
    CHECK_FAULTS(faults(dropping("read", "d.error")),
                 "/edges/1/overflow: is \"drop\" for packets that have failed; "
                 "\"wait\" was expected");
    CHECK_FAULTS(faults(dropping("source", "s.out")),
                 "/edges/0/overflow: is \"drop\" behind a source, which waits for room; "
                 "\"wait\" was expected");
}

BOOST_AUTO_TEST_CASE(tell_a_name_that_is_none_once)
{
    for (const std::string name : {"toString", "__proto__", "a.b"})
        CHECK_FAULTS(faults(graph({{"r", "read"}, {name.c_str(), "pass"}, {"d", "discard"}},
                                  {{"r.out", (name + ".in").c_str()},
                                   {(name + ".out").c_str(), "d.in"},
                                   {(name + ".error").c_str(), "d.in"}})),
                     "/nodes/" + name + ": \"" + name +
                         "\" is not a name; [a-z][a-z0-9_]* was expected");
    CHECK_FAULTS(
        faults(graph({{"constructor", "read"}, {"d", "discard"}}, {{"constructor.out", "d.in"}})));
}

BOOST_AUTO_TEST_CASE(allow_chains_that_do_not_meet)
{
    CHECK_FAULTS(faults(graph({{"a", "read"}, {"b", "discard"}, {"c", "source"}, {"d", "discard"}},
                              {{"a.out", "b.in"}, {"c.out", "d.in"}})));
}

BOOST_AUTO_TEST_CASE(allow_the_implicit_error_output)
{
    CHECK_FAULTS(faults(graph({{"r", "read"}, {"d", "discard"}, {"e", "discard"}},
                              {{"r.out", "d.in"}, {"r.error", "e.in"}, {"d.error", "e.in"}})));
    CHECK_FAULTS(faults(graph({{"s", "source"}, {"d", "discard"}},
                              {{"s.out", "d.in"}, {"s.error", "d.in"}})),
                 "/edges/1/from: \"s\" has no output \"error\"; \"out\" was expected");
}

BOOST_AUTO_TEST_CASE(find_a_graph_without_nodes)
{
    CHECK_FAULTS(faults(graph({}, {})),
                 "/nodes: is empty; at least one adapter or source was expected");
}

BOOST_AUTO_TEST_CASE(find_a_graph_that_nothing_starts)
{
    CHECK_FAULTS(
        faults(graph({{"p", "pass"}, {"d", "discard"}}, {{"p.out", "d.in"}})),
        "/nodes/p/in: required input is not wired; an edge to \"p.in\" was expected",
        "/nodes: has no adapter and no source; at least one adapter or source was expected",
        "/nodes/p: no adapter or source reaches it; a way from one was expected",
        "/nodes/d: no adapter or source reaches it; a way from one was expected");
}

BOOST_AUTO_TEST_CASE(find_a_lone_node)
{
    CHECK_FAULTS(faults(graph({{"r", "read"}, {"d", "discard"}, {"x", "discard"}, {"y", "source"}},
                              {{"r.out", "d.in"}})),
                 "/nodes/x/in: required input is not wired; an edge to \"x.in\" was expected",
                 "/nodes/x: no adapter or source reaches it; a way from one was expected",
                 "/nodes/y: reaches no publisher; a way to one was expected");
}

BOOST_AUTO_TEST_CASE(find_an_adapter_that_reaches_no_publisher)
{
    CHECK_FAULTS(faults(graph({{"r", "read"}, {"p", "pass"}}, {{"r.out", "p.in"}})),
                 "/nodes/r: reaches no publisher; a way to one was expected");
}

BOOST_AUTO_TEST_CASE(find_required_inputs_that_are_not_wired)
{
    CHECK_FAULTS(faults(graph({{"r", "read"}, {"j", "join"}, {"d", "discard"}},
                              {{"r.out", "j.right"}, {"j.out", "d.in"}})),
                 "/nodes/j/left: required input is not wired; an edge to \"j.left\" was expected");
}

BOOST_AUTO_TEST_CASE(find_unknown_components_with_the_nearest)
{
    CHECK_FAULTS(faults(graph({{"r", R"({"component": "sample/raed"})"}, {"d", "discard"}},
                              {{"r.out", "d.in"}})),
                 "/nodes/r/component: unknown component \"sample/raed\"; "
                 "did you mean \"sample/read\"?");
    CHECK_FAULTS(
        faults(graph({{"r", R"({"component": "unheard/of_this_one"})"}, {"d", "discard"}},
                     {{"r.out", "d.in"}})),
        "/nodes/r/component: unknown component \"unheard/of_this_one\": there is no package "
        "\"unheard\"; a component of the catalogue was expected");
}

BOOST_AUTO_TEST_CASE(tell_why_a_package_was_refused)
{
    const std::string preset = own_stamp().sanitizer == "address" ? "asan" : "release";
    CHECK_FAULTS(faults(graph({{"r", R"({"component": "other_sdk/idle"})"}, {"d", "discard"}},
                              {{"r.out", "d.in"}})),
                 "/nodes/r/component: unknown component \"other_sdk/idle\"; its package was "
                 "refused: " +
                     (std::filesystem::canonical(PENSTOCK_FIXTURES) / "other_sdk.so").string() +
                     ": is built for SDK ABI \"99\"; \"" + std::to_string(PENSTOCK_SDK_ABI) +
                     "\" was expected; build it anew: cmake --fresh --preset " + preset +
                     " && cmake --build --preset " + preset + " --clean-first");
}

BOOST_AUTO_TEST_CASE(find_a_version_that_is_not_there)
{
    const auto pinned = [](const std::string& pin)
    {
        return faults(graph(
            {{"r", R"({"component": "sample/read", "package": ")" + pin + "\"}"}, {"d", "discard"}},
            {{"r.out", "d.in"}}));
    };
    CHECK_FAULTS(pinned("sample@1.2"));
    CHECK_FAULTS(pinned("sample@2"),
                 "/nodes/r/package: package \"sample@2\" is not there; \"sample@1.2.3\" is");
    CHECK_FAULTS(pinned("other@1.2"),
                 "/nodes/r/package: package \"other@1.2\" is not there; \"sample@1.2.3\" is");
}

BOOST_AUTO_TEST_CASE(find_unknown_nodes_and_ports_with_the_nearest)
{
    CHECK_FAULTS(faults(graph({{"read", "read"}, {"keep", "discard"}}, {{"reed.out", "keep.in"}})),
                 "/edges/0/from: unknown node \"reed\"; did you mean \"read\"?",
                 "/nodes/read: reaches no publisher; a way to one was expected");
    CHECK_FAULTS(faults(graph({{"r", "read"}, {"d", "discard"}}, {{"r.ot", "d.inn"}})),
                 "/edges/0/from: \"r\" has no output \"ot\"; did you mean \"out\"?",
                 "/edges/0/to: \"d\" has no input \"inn\"; did you mean \"in\"?",
                 "/nodes/d/in: required input is not wired; an edge to \"d.in\" was expected");
    CHECK_FAULTS(
        faults(graph({{"r", "read"}, {"d", "discard"}}, {{"r.out", "d.in"}, {"r.in", "d.in"}})),
        "/edges/1/from: \"r\" has no output \"in\"; \"out\" or \"error\" was expected");
}

BOOST_AUTO_TEST_CASE(know_the_outputs_that_parameters_name)
{
    const auto split = [](const std::string& params, const char* port)
    {
        return faults(graph({{"r", "read"},
                             {"s", R"({"component": "sample/split", "params": )" + params + "}"},
                             {"d", "discard"}},
                            {{"r.out", "s.in"}, {port, "d.in"}}));
    };
    CHECK_FAULTS(split(R"({"to": ["a", "b"]})", "s.b"));
    CHECK_FAULTS(split("{}", "s.right"));
    CHECK_FAULTS(split("{}", "s.rest"));
    CHECK_FAULTS(split(R"({"to": ["abcd", "b"]})", "s.abdc"),
                 "/edges/1/from: \"s\" has no output \"abdc\"; did you mean \"abcd\"?");
}

BOOST_AUTO_TEST_CASE(find_parameters_that_do_not_fit)
{
    CHECK_FAULTS(faults_of_params(R"({"greeting": "hej", "count": 10, "words": ["a"]})"));
    const list found = faults_of_params(R"({"greetin": "x", "count": 11, "words": "a"})");
    BOOST_REQUIRE(found.size() == 3u);
    BOOST_TEST(found[0].starts_with("/nodes/p/params/count: "));
    BOOST_TEST(found[1].starts_with("/nodes/p/params/words: "));
    BOOST_TEST(found[2] == "/nodes/p/params/greetin: unknown parameter \"greetin\"; "
                           "did you mean \"greeting\"?");
}

BOOST_AUTO_TEST_CASE(find_what_is_wrong_with_a_retry)
{
    const auto faults_of_retry = [](const std::string& retry)
    {
        return faults(graph(
            {{"r", "read"}, {"d", R"({"component": "sample/discard", "retry": )" + retry + "}"}},
            {{"r.out", "d.in"}}));
    };
    CHECK_FAULTS(faults_of_retry("{}"));
    CHECK_FAULTS(faults_of_retry(R"({"attempts": 1000, "backoff": 0, "max_backoff": "24h",
                                     "on": ["fail", "throw"]})"));
    CHECK_FAULTS(faults_of_retry(R"({"attempts": 0, "backof": "1s", "backoff": "soon",
                                     "max_backoff": "25h", "on": ["threw", 1]})"),
                 "/nodes/d/retry/backof: unknown key \"backof\"; did you mean \"backoff\"?",
                 "/nodes/d/retry/attempts: is 0; a whole number from 1 to 1000 was expected",
                 "/nodes/d/retry/backoff: is a text that cannot be read; a duration such as "
                 "\"500ms\", \"2s\", "
                 "\"1m\" or \"1h\", or milliseconds, was expected",
                 "/nodes/d/retry/max_backoff: is too long; at most \"24h\" was expected",
                 "/nodes/d/retry/on/0: unknown failure \"threw\"; did you mean \"throw\"?",
                 "/nodes/d/retry/on/1: is no text; \"throw\" or \"fail\" was expected");
    CHECK_FAULTS(
        faults_of_retry(R"({"attempts": 1.5, "backoff": "2s", "max_backoff": "1s",
                                     "on": []})"),
        "/nodes/d/retry/attempts: is 1.5; a whole number from 1 to 1000 was expected",
        "/nodes/d/retry/max_backoff: is less than the first wait; at least \"backoff\" was "
        "expected",
        "/nodes/d/retry/on: is empty; a list of \"throw\" and \"fail\" was expected");
}

BOOST_AUTO_TEST_CASE(find_a_parameter_that_every_graph_must_give)
{
    CHECK_FAULTS(faults(graph({{"r", "read"}, {"w", "write"}}, {{"r.out", "w.in"}})),
                 "/nodes/w/params/path: parameter \"path\" is missing; a value was expected");
}

BOOST_AUTO_TEST_CASE(take_references_to_fit_until_they_are_resolved)
{
    CHECK_FAULTS(faults_of_params(R"({"count": "${env:COUNT}", "words": ["${secret:WORD}"]})"));
    CHECK_FAULTS(faults(
        graph({{"r", "read"},
               {"w", R"({"component": "sample/write", "params": {"path": "${env:PATH_TO}"}})"}},
              {{"r.out", "w.in"}})));
}

BOOST_AUTO_TEST_CASE(resolve_references_when_told_how)
{
    const resolver resolve = [](const reference& wanted) -> std::optional<std::string>
    {
        if (wanted.name == "COUNT")
            return "4";
        if (wanted.name == "GREAT")
            return "4711";
        return std::nullopt;
    };
    CHECK_FAULTS(faults_of_params(R"({"count": "${env:COUNT}"})", resolve));
    CHECK_FAULTS(faults_of_params(R"({"greeting": "${env:OTHER}"})", resolve),
                 "/nodes/p/params/greeting: ${env:OTHER} is not known here; "
                 "an environment variable of that name was expected");
}

BOOST_AUTO_TEST_CASE(tell_what_a_components_own_rules_find)
{
    CHECK_FAULTS(faults_of_params(R"({"words": ["hello"]})"),
                 "/nodes/p/params/words: has \"hello\", the greeting; other words were expected");
    CHECK_FAULTS(faults_of_params(R"({"words": ["hello"], "greeting": "hej"})"));
}

BOOST_AUTO_TEST_CASE(apply_rules_to_references_once_they_are_resolved_without_telling_their_values)
{
    const resolver resolve = [](const reference&) { return std::optional<std::string>("4711"); };
    const std::string params = R"({"words": ["${env:WORD}"], "greeting": "${secret:GREETING}"})";
    CHECK_FAULTS(faults_of_params(params));
    CHECK_FAULTS(faults_of_params(params, resolve),
                 "/nodes/p/params/words: has \"${env:WORD}\", the greeting; other words were "
                 "expected");
}

BOOST_AUTO_TEST_CASE(refuse_a_secret_that_is_written_out_without_telling_it)
{
    const auto faults_of = [](const std::string& params, const resolver& resolve = {})
    {
        return faults(graph({{"r", "read"},
                             {"p", R"({"component": "sample/publish", "params": )" + params + "}"}},
                            {{"r.out", "p.in"}}),
                      resolve);
    };
    const resolver resolve = [](const reference&) { return std::optional<std::string>("12345"); };
    CHECK_FAULTS(faults_of(R"({"token": "hunter2"})"),
                 "/nodes/p/params/token: is a secret that is written out; "
                 "\"${secret:NAME}\" or \"${env:NAME}\" was expected");
    CHECK_FAULTS(faults_of(R"({"token": "${env:T}", "routes": [{"port": "a", "key": "x"}]})"),
                 "/nodes/p/params/routes/0/key: is a secret that is written out; "
                 "\"${secret:NAME}\" or \"${env:NAME}\" was expected");
    CHECK_FAULTS(faults_of(R"({"token": "${secret:T}", "language": "${env:L}",
                               "routes": [{"port": "a", "key": "${secret:K}"}]})",
                           resolve));
    CHECK_FAULTS(faults_of(R"({"token": "${secret:T}"})",
                           [](const reference&) { return std::optional<std::string>("wrong"); }),
                 "/nodes/p/params/token: is ${secret:T}; another was expected");
}

BOOST_AUTO_TEST_CASE(warn_of_what_is_deprecated)
{
    const parsed_graph read =
        read_graph(graph({{"r", "read"},
                          {"w", R"({"component": "sample/old_write", "params": {"path": "x"}})"}},
                         {{"r.out", "w.in"}}),
                   fixtures());
    BOOST_TEST(read.problems.empty());
    CHECK_FAULTS(lines(warn(read.graph, fixtures())),
                 "/nodes/w/component: component \"sample/old_write\" is deprecated; "
                 "\"sample/write\" was expected");
}

BOOST_AUTO_TEST_CASE(never_tell_what_a_reference_stands_for)
{
    const resolver resolve = [](const reference&) { return std::optional<std::string>("4711"); };
    const list found = faults_of_params(R"({"count": "${secret:GREAT}"})", resolve);
    BOOST_REQUIRE(found.size() == 1u);
    BOOST_TEST(found[0].starts_with(
        "/nodes/p/params/count: what its reference stands for does not fit; "));
    BOOST_TEST(found[0].find("4711") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(name_cycles_from_their_first_node)
{
    CHECK_FAULTS(
        faults(graph({{"r", "read"}, {"a", "pass"}, {"b", "pass"}, {"d", "discard"}},
                     {{"r.out", "b.in"}, {"b.out", "a.in"}, {"a.out", "b.in"}, {"a.out", "d.in"}})),
        "/edges/1: cycle a -> b -> a; edges that lead back to no node were expected");
    CHECK_FAULTS(faults(graph({{"r", "read"}, {"a", "pass"}, {"d", "discard"}},
                              {{"r.out", "a.in"}, {"a.out", "a.in"}, {"a.out", "d.in"}})),
                 "/edges/1: cycle a -> a; edges that lead back to no node were expected");
}

BOOST_AUTO_TEST_CASE(ask_for_one_lane_where_a_component_must_see_all)
{
    const auto with = [](const std::string& more)
    {
        return faults(graph({{"r", "read"}, {"w", "window"}, {"d", "discard"}},
                            {{"r.out", "w.in"}, {"w.out", "d.in"}}, more));
    };
    CHECK_FAULTS(with(""), "/nodes/w: component \"sample/window\" must see all packets; "
                           "\"lanes\": 1 or \"partition_by\" was expected");
    BOOST_TEST(with(R"("lanes": 2, )").size() == 1u);
    CHECK_FAULTS(with(R"("lanes": 1, )"));
    CHECK_FAULTS(with(R"("partition_by": "/meta/id", )"));
}

BOOST_AUTO_TEST_CASE(ask_for_one_lane_where_a_component_keeps_state)
{
    const auto with = [](const std::string& more)
    {
        return faults(graph({{"r", "read"}, {"t", "tally"}, {"d", "discard"}},
                            {{"r.out", "t.in"}, {"t.out", "d.in"}}, more));
    };
    const char* const wrong =
        "/nodes/t: component \"sample/tally\" keeps state; \"lanes\": 1 was expected";
    CHECK_FAULTS(with(""), wrong);
    CHECK_FAULTS(with(R"("lanes": 2, "partition_by": "/meta/id", )"), wrong);
    CHECK_FAULTS(with(R"("lanes": 1, )"));
}

BOOST_AUTO_TEST_CASE(ask_for_a_partition_where_a_component_keeps_state_by_key)
{
    const auto with = [](const std::string& more)
    {
        return faults(graph({{"r", "read"}, {"t", "tally_each"}, {"d", "discard"}},
                            {{"r.out", "t.in"}, {"t.out", "d.in"}}, more));
    };
    CHECK_FAULTS(with(R"("lanes": 1, )"),
                 "/nodes/t: component \"sample/tally_each\" keeps state by key; "
                 "\"partition_by\" was expected");
    CHECK_FAULTS(with(R"("lanes": 2, "partition_by": "/meta/id", )"));
}

BOOST_AUTO_TEST_CASE(tell_all_that_is_wrong_at_once)
{
    const list found = faults(graph({{"r", R"({"component": "sample/read", "nope": 1})"},
                                     {"p", R"({"component": "sample/pass", "params": {"x": 1}})"},
                                     {"q", R"({"component": "sample/quit"})"},
                                     {"d", "discard"},
                                     {"l", "join"}},
                                    {{"r.out", "p.in"}, {"p.out", "d.im"}, {"x.out", "d.in"}},
                                    R"("partition_by": "/fields/x", )"));
    for (const char* pointer :
         {"/nodes/r/nope: ", "/partition_by: ", "/nodes/p/params/x: ", "/nodes/q/component: ",
          "/edges/1/to: ", "/edges/2/from: ", "/nodes/l/left: ", "/nodes/l: "})
        BOOST_TEST(std::count_if(found.begin(), found.end(),
                                 [&](const std::string& line)
                                 { return line.starts_with(pointer); }) == 1,
                   pointer);
    BOOST_TEST(found.size() == 8u);
}

BOOST_AUTO_TEST_CASE(say_nothing_more_of_what_cannot_be_read)
{
    BOOST_TEST(faults("{").size() == 1u);
    BOOST_TEST(faults("[]").size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace penstock::host
