// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/random_graph_file.hpp"

#include "tests/host/engine/graphs/random_graph_text.hpp"

#include <penstock/json.hpp>

#include <cstddef>
#include <fstream>
#include <string_view>
#include <utility>

namespace penstock::faults
{

using namespace host::tests;

namespace
{

constexpr std::size_t most_packets = 60; // of a request: each delivery is a line in a file

std::string_view component_of(act does)
{
    switch (does)
    {
    case act::adapt: return "random/adapt";
    case act::window:
    case act::window_raise: return "random/window";
    case act::group: return "random/group";
    case act::join: return "random/join";
    case act::zip: return "random/zip";
    case act::poll: return "random/poll";
    case act::publish: return "random/publish";
    default: return is_publisher(does) ? "random/end" : "random/work";
    }
}

} // namespace

random_graph make_graph(std::uint64_t seed)
{
    random_graph made = make_random_graph(seed);
    made.events.clear();
    made.most_pending = 1000;
    for (random_request& each : made.requests)
    {
        each.packets = 1 + each.packets % most_packets;
        each.durable = true;
    }
    return made;
}

std::string file_of(const random_graph& graph, const std::filesystem::path& place)
{
    json::object nodes;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    {
        const random_node& each = graph.nodes[i];
        json::object form{
            {"component", component_of(each.does)},
            {"params",
             {{"number", i},
              {"node", to_numbers(each)},
              {"record", (place / "record").string()},
              {"away", (place / ("away" + std::to_string(i))).string()},
              {"crash", (place / ("crash" + std::to_string(i))).string()}}},
            {"retry", {{"attempts", each.attempts}, {"backoff", "1ms"}, {"max_backoff", "10ms"}}}};
        nodes["n" + std::to_string(i)] = std::move(form);
    }
    json::array edges;
    for (const random_edge& each : graph.edges)
        edges.push_back(
            {{"from", "n" + std::to_string(each.from) + (each.of_error ? ".error" : ".out")},
             {"to", "n" + std::to_string(each.to) + (each.port == 0 ? ".in" : ".in2")},
             {"capacity", each.capacity}});
    json::object file{{"penstock", 1},
                      {"name", "trial"},
                      {"nodes", std::move(nodes)},
                      {"edges", std::move(edges)}};
    if (graph.keys != 0)
        file["partition_by"] = "/meta/key";
    return write_json(file);
}

deliveries read_record(const std::filesystem::path& file)
{
    deliveries found;
    std::ifstream in(file);
    std::size_t node = 0;
    std::size_t request = 0;
    std::uint64_t value = 0;
    while (in >> node >> request >> value)
        ++found[{node, value}];
    return found;
}

} // namespace penstock::faults
