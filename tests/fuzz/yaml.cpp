// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Graph files and configurations in YAML.

#include "target.hpp"

#include "host/base/yaml.hpp"

#include <penstock/json.hpp>

namespace penstock::fuzz
{

using namespace host;

std::vector<std::string> seeds()
{
    return {R"(# a graph
$schema: ./penstock.schema.json
penstock: 1
name: g
nodes:
  read: {component: json/read, note: 'it''s "here"'}
  write:
    component: files/write
    params: &p {path: /tmp/x, format: "nd\x6a\u0073on"}
    retry: {attempts: 3, on: [throw]}
edges:
  - {from: read.out, to: write.in, capacity: 0x40}
  - from: read.error
    to: write.in
layout:
  ? read
  : [0, -1.5e+1]
  write: [.5, ~]
)",
            "- &a [1, *b, &b b]\n- *a\n- !!str 1\n- !own {}\n- << : *a\n",
            "%YAML 1.2\n---\na: |+2\n    b\n\n   c\nd: >-\n  e\n\n  f\n...\n--- \n- 2\n",
            R"({"penstock": 1, "n": [true, null, -0.0, 1e400, "\ud83d\ude00"]})",
            "!2",
            "&a : *a",
            "? - a\n: b",
            "a: 'b\n  c'\n\"d\": \"e\\\n  f\"\n[g]: {h, i: }"};
}

// U+007F to U+009F, which an escape may stand for in YAML, and which JSON is written with.
bool controls_terminals(std::string_view text)
{
    for (std::size_t n = 0; n < text.size(); ++n)
        if (text[n] == '\x7f' || (text[n] == '\xc2' && n + 1 < text.size() &&
                                  static_cast<unsigned char>(text[n + 1]) < 0xa0))
            return true;
    return false;
}

void try_input(std::string_view input)
{
    std::string text;
    try
    {
        text = yaml_as_json(input);
    }
    catch (const json_error& error)
    {
        hold(error.line() > 0 && error.column() > 0 && error.offset() <= input.size(),
             "a fault has a place in the input");
        return;
    }
    json::value value;
    try
    {
        value = parse_json(text, {.duplicates = duplicate_key::refuse});
    }
    catch (const json_error&)
    {
        hold(false, "what is written is JSON with each key once");
    }
    const std::string written = write_json(value);
    try
    {
        hold(parse_json(yaml_as_json(written)) == value, "what is JSON is read as JSON is");
    }
    catch (const json_error&)
    {
        hold(controls_terminals(written), "only what controls terminals is refused of it");
    }
}

} // namespace penstock::fuzz
