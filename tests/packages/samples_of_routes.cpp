// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tests/packages/exercise_list.hpp"
#include "tests/packages/sample_packets.hpp"

#include <string>

namespace penstock::host::tests
{

void add_routes(exercise_list& to)
{
    to.add("route/drop", R"({"field": "kind", "values": ["unwanted"]})",
           [](std::size_t n) { return partly_marked(n, "kind", "unwanted"); });
    to.add("route/split", R"({"field": "tags", "copies": ["whole"]})", document);
    to.add("route/batch", R"({"count": 2})", document);
    to.add("route/dedup", R"({"key": ["/fields/kind"]})",
           [](std::size_t n) { return partly_marked(n, "kind", "k" + std::to_string(n)); });
    to.add("route/throttle", R"({"rate": 1000000, "burst": 1000})", document);
    to.add("route/delay", R"({"time": "1ms"})", document);
    to.add("route/window",
           R"({"size": "1s", "time": "n", "key": ["title"], "lateness": "1h",
            "aggregates": {"total": {"sum": "n"}, "texts": {"distinct": "text"}}})",
           document);
    to.add("exec/run", R"({"command": ["cat"]})", document);
    to.add("debug/fail", R"({"field": "kind", "value": "bad"})",
           [](std::size_t n) { return partly_marked(n, "kind", "bad"); });

    to.add("route/merge", R"({"key": "/fields/n"})", document);
    to.add("route/collate", "{}", document);
    to.add(
        "route/switch",
        R"({"routes": [{"port": "even", "when": "n % 2 == 0"}, {"port": "third", "when": "n % 3 == 0"}],
            "match": "all"})",
        document);
    to.add("route/sample", R"({"rate": 0.5, "key": "/fields/n", "when": "n % 2 == 0"})", document);
}

} // namespace penstock::host::tests
