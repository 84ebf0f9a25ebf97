// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "small_host.hpp"

#include "host/graph/spec.hpp"

#include <chrono>
#include <stdexcept>

namespace penstock::bench
{

namespace
{

host::engine_options one_lane()
{
    host::engine_options options;
    options.lanes = 1;
    return options;
}

} // namespace

small_host::small_host(const std::filesystem::path& packages, host::journal& journal,
                       const std::string& graph)
    : components_({{packages, true}}),
      graphs_(components_, journal, one_lane()),
      kept_(std::filesystem::temp_directory_path() / "penstock-nothing-is-kept"),
      api_(graphs_, kept_, {}),
      server_(api_, {})
{
    const host::parsed_graph read = host::parse_graph(graph);
    for (const host::problem& each : graphs_.deploy(read.graph))
        throw std::runtime_error(host::to_string(each));
    port_ = server_.listen({"127.0.0.1", 0}).value();
    server_.start();
}

small_host::~small_host()
{
    server_.stop(std::chrono::steady_clock::now() + std::chrono::seconds(10));
    graphs_.stop_all();
}

} // namespace penstock::bench
