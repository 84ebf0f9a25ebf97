// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "peers.hpp"

#include "cpu_time.hpp"
#include "stage.hpp"

#include <oneapi/tbb/flow_graph.h>

#include <memory>
#include <stdexcept>
#include <vector>

#include <dlfcn.h>

namespace penstock::bench
{

namespace
{

using oneapi::tbb::flow::continue_msg;
using oneapi::tbb::flow::function_node;
using oneapi::tbb::flow::graph;
using oneapi::tbb::flow::lightweight;
using oneapi::tbb::flow::make_edge;
using oneapi::tbb::flow::unlimited;
using pass_node = function_node<void*, void*, lightweight>;
using end_node = function_node<void*, continue_msg, lightweight>;

make_stage load_maker()
{
    void* const library = dlopen(PENSTOCK_BENCH_STAGES, RTLD_NOW | RTLD_LOCAL);
    void* const maker = library == nullptr ? nullptr : dlsym(library, stage_maker);
    if (maker == nullptr)
        throw std::runtime_error(dlerror());
    return reinterpret_cast<make_stage>(maker);
}

std::unique_ptr<pass_node> make_pass(graph& graph)
{
    // Lightweight bodies run in the caller only if they are noexcept.
    return std::make_unique<pass_node>(graph, unlimited, [](void* item) noexcept { return item; });
}

double push_all(graph& graph, pass_node& first, std::size_t items)
{
    int item = 0;
    const double begin = cpu_seconds();
    for (std::size_t i = 0; i < items; ++i)
        first.try_put(&item);
    graph.wait_for_all();
    return cpu_seconds() - begin;
}

} // namespace

double virtual_chain(int hops, std::size_t items)
{
    static const make_stage make = load_maker();
    std::vector<std::unique_ptr<stage>> chain;
    chain.emplace_back(make(nullptr));
    for (int i = 0; i < hops; ++i)
        chain.emplace_back(make(chain.back().get()));
    int item = 0;
    const double begin = cpu_seconds();
    for (std::size_t i = 0; i < items; ++i)
        chain.back()->push(&item);
    return cpu_seconds() - begin;
}

double tbb_chain(int hops, std::size_t items)
{
    graph graph;
    std::vector<std::unique_ptr<pass_node>> chain;
    for (int i = 0; i < hops; ++i)
    {
        chain.push_back(make_pass(graph));
        if (i > 0)
            make_edge(*chain[static_cast<std::size_t>(i) - 1], *chain.back());
    }
    return push_all(graph, *chain.front(), items);
}

double tbb_fan(int receivers, std::size_t items)
{
    graph graph;
    const auto first = make_pass(graph);
    std::vector<std::unique_ptr<end_node>> ends;
    for (int i = 0; i < receivers; ++i)
    {
        ends.push_back(std::make_unique<end_node>(graph, unlimited,
                                                  [](void*) noexcept { return continue_msg(); }));
        make_edge(*first, *ends.back());
    }
    return push_all(graph, *first, items);
}

} // namespace penstock::bench
