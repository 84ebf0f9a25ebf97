// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Graph files: their form, the form they are written in, and the check against a catalogue.

#include "target.hpp"

#include "host/graph/check.hpp"
#include "host/graph/spec.hpp"

namespace penstock::fuzz
{

using namespace host;

std::vector<std::string> seeds()
{
    return {R"({
  "$schema": "penstock.schema.json",
  "penstock": 1,
  "name": "g",
  "title": "all there is",
  "note": "and why",
  "nodes": {
    "read": { "component": "sample/read" },
    "pass": { "component": "sample/pass", "title": "t", "note": "n", "package": "sample@1.2", "stack": 131072,
              "params": { "greeting": "${env:HOME}", "count": 3, "words": ["a"] },
              "retry": { "attempts": 3, "backoff": "200ms", "max_backoff": "30s", "on": ["throw"] } },
    "split": { "component": "sample/split", "params": { "to": ["left", "right"] } },
    "join": { "component": "sample/join" },
    "write": { "component": "sample/write" }
  },
  "edges": [
    { "from": "read.out", "to": "pass.in" },
    { "from": "pass.out", "to": "split.in", "capacity": 64, "overflow": "drop" },
    { "from": "split.left", "to": "join.left" },
    { "from": "split.right", "to": "join.right" },
    { "from": "pass.error", "to": "write.in" },
    { "from": "join.out", "to": "write.in" }
  ],
  "partition_by": "/meta/a~1b",
  "lanes": 2,
  "pending_memory": "64MiB",
  "layout": { "read": [0, 0], "pass": [240.5, -1] }
})",
            R"({"penstock": 1, "name": "loop",
                "nodes": {"a": {"component": "sample/pass"}, "b": {"component": "sample/pass"}},
                "edges": [{"from": "a.out", "to": "b.in"}, {"from": "b.out", "to": "a.in"}]})",
            R"({"penstock": 2, "name": "../x", "nodes": [], "edges": {}, "a/b~c": 1})"};
}

void try_input(std::string_view input)
{
    static catalogue components({{PENSTOCK_SAMPLE, true}});
    const parsed_graph read = parse_graph(input);
    for (const problem& each : read.problems)
        hold(!each.message.empty(), "a problem says what is wrong");
    hold(read.readable || !read.problems.empty(), "what cannot be read is told");
    const auto nothing = [](const reference&) -> std::optional<std::string> { return {}; };
    for (const problem& each : check(read.graph, components, nothing))
        hold(!each.message.empty() && to_string(each).find('\n') == std::string::npos,
             "a problem is one line");
    if (!read.problems.empty())
        return;
    const std::string text = write_graph(read.graph);
    const parsed_graph again = parse_graph(text);
    hold(again.problems.empty(), "what is written can be read");
    hold(again.graph == read.graph, "it is the same graph");
    hold(write_graph(again.graph) == text, "and is written the same");
    hold(parse_json(text) == json::value(graph_json(read.graph)), "both ways to write agree");
}

} // namespace penstock::fuzz
