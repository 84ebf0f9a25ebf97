// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Requests on one connection, each answered when it is done: server, admission, journal in memory,
// the graph of the ingest job without its file, receipt. Documents one by one, and in batches:
// requests PACKAGES.

#include "counted.hpp"

#include "host/api/api.hpp"
#include "host/graph/spec.hpp"
#include "host/journal/memory_journal.hpp"
#include "host/net/server.hpp"

#include "tests/bench/instructions/connection.hpp"
#include "tests/bench/json/documents.hpp"

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <utility>
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

host::engine_options one_lane()
{
    host::engine_options options;
    options.lanes = 1;
    return options;
}

/// A host in this process, without supervisor and data directory.
class small_host
{
public:
    explicit small_host(const char* packages)
        : components_({{packages, true}}),
          graphs_(components_, journal_, one_lane()),
          kept_(std::filesystem::temp_directory_path() / "penstock-nothing-is-kept"),
          api_(graphs_, kept_, {}),
          server_(api_, {})
    {
        const host::parsed_graph read = host::parse_graph(graph);
        for (const host::problem& each : graphs_.deploy(read.graph))
            throw std::runtime_error(host::to_string(each));
        port = server_.listen({"127.0.0.1", 0}).value();
        server_.start();
    }

    ~small_host()
    {
        server_.stop(std::chrono::steady_clock::now() + std::chrono::seconds(10));
        graphs_.stop_all();
    }

    std::uint16_t port = 0;

private:
    host::catalogue components_;
    host::memory_journal journal_;
    host::engine graphs_;
    host::graph_folders kept_;
    host::api::api api_;
    host::http::server server_;
};

} // namespace

int main(int count, char** arguments)
try
{
    if (count != 2)
        throw std::invalid_argument("expected PACKAGES");
    small_host host(arguments[1]);
    bench::connection client(host.port);
    const auto texts = bench::documents(300, bench::numbers::few);
    std::string lines;
    for (const std::string& each : texts)
        lines += each + '\n';
    bench::count_instructions(
        [&]
        {
            for (const std::string& each : texts)
                client.post("application/json", each);
            for (int i = 0; i < 4; ++i)
                client.post("application/x-ndjson", lines);
        });
}
catch (const std::exception& error)
{
    std::fprintf(stderr, "requests: %s\n", error.what());
    return 1;
}
