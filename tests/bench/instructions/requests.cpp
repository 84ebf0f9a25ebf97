// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Requests on one connection, each answered when it is done: server, admission, journal in memory,
// the graph of the ingest job without its file, receipt. Documents one by one, and in batches:
// requests PACKAGES.

#include "counted.hpp"

#include "host/journal/memory_journal.hpp"

#include "tests/bench/instructions/connection.hpp"
#include "tests/bench/instructions/small_host.hpp"
#include "tests/bench/json/documents.hpp"

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <string>
#include <vector>

namespace
{

using namespace penstock;

constexpr const char* graph = R"({
  "penstock": 1,
  "name": "ingest",
  "nodes": {
    "read": {"component": "json/read"},
    "rename": {"component": "fields/rename", "params": {"from": ["name"], "to": ["title"]}},
    "drop": {"component": "route/drop", "params": {"field": "essential", "values": [true]}},
    "set": {"component": "fields/set", "params": {"field": "stage", "value": "done"}},
    "null": {"component": "debug/null"}
  },
  "edges": [
    {"from": "read.out", "to": "rename.in"},
    {"from": "rename.out", "to": "drop.in"},
    {"from": "drop.out", "to": "set.in"},
    {"from": "set.out", "to": "null.in"}
  ]
})";

} // namespace

int main(int count, char** arguments)
try
{
    if (count != 2)
        throw std::invalid_argument("expected PACKAGES");
    host::memory_journal journal;
    bench::small_host host(arguments[1], journal, graph);
    bench::connection client(host.port());
    const auto texts = bench::documents(300, bench::numbers::few);
    std::string lines;
    for (const std::string& each : texts)
        lines += each + '\n';
    bench::count_instructions(
        [&]
        {
            const auto post = [&](const char* type, const std::string& body)
            {
                client.send("processed&wait=60s", type, body);
                client.receive("200");
            };
            for (const std::string& each : texts)
                post("application/json", each);
            for (int i = 0; i < 4; ++i)
                post("application/x-ndjson", lines);
        });
}
catch (const std::exception& error)
{
    std::fprintf(stderr, "requests: %s\n", error.what());
    return 1;
}
