// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What one hop costs: CPU nanoseconds per packet per edge, through the host's lane with real packets
// and counters on, against a chain of virtual calls and oneTBB's lightweight flow graph, in one
// process and in turn. Each competitor runs a short and a long chain; the difference is the hops.
// Prints one row each: median, least and greatest, and the ratio to the virtual calls.

#include "tests/host/run/bench.hpp"

#include <oneapi/tbb/flow_graph.h>
#include <oneapi/tbb/global_control.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace
{

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::tests;

constexpr std::size_t items = 400'000;
constexpr int short_chain = 2;
constexpr int long_chain = 10;
constexpr int rounds = 11;

double cpu_seconds()
{
    timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

// An adapter that makes the packets.
class burst final : public component
{
    accepts types{*this, {"*/*"}};
    input in{*this, "in"};
    output out{*this, "out"};

    void run() override
    {
        while (auto packet = in.receive())
            for (std::size_t i = 0; i < items; ++i)
                out.send(packet->derive());
    }
};

class pass final : public component
{
    input in{*this, "in"};
    output out{*this, "out"};

    void run() override
    {
        while (auto packet = in.receive())
            out.send(std::move(*packet));
    }
};

class discard final : public component
{
    input in{*this, "in"};

    void run() override
    {
        while (auto packet = in.receive())
        {
        }
    }
};

double lane_chain(int hops, std::size_t capacity, bool tapped = false)
{
    plan_builder plan;
    std::vector<std::string> edges;
    plan.node("burst", category::adapter, [] { return std::make_unique<burst>(); });
    std::string last = "burst.out";
    for (int i = 0; i < hops; ++i)
    {
        const std::string name = "pass" + std::to_string(i);
        plan.node(name, category::transformer, [] { return std::make_unique<pass>(); })
            .wire(last, name + ".in", capacity);
        edges.push_back(last + '>' + name + ".in");
        last = name + ".out";
    }
    plan.node("discard", category::publisher, [] { return std::make_unique<discard>(); })
        .wire(last, "discard.in", capacity);
    bench bench;
    bench.deploy(plan);
    const auto viewer =
        std::make_shared<tap>(tap::settings{}, [](packet_excerpt&&) { return true; });
    if (tapped)
        for (const std::string& each : edges)
            if (!bench.graph.add_tap(each, viewer))
                throw std::logic_error("no edge " + each);
    const double begin = cpu_seconds();
    bench.push("go");
    bench.settle();
    return cpu_seconds() - begin;
}

struct stage
{
    virtual ~stage() = default;
    virtual void push(void* item) = 0;
};

struct pass_stage final : stage
{
    explicit pass_stage(stage& next) : next_(next) {}
    __attribute__((noinline)) void push(void* item) override { next_.push(item); }
    stage& next_;
};

struct end_stage final : stage
{
    __attribute__((noinline)) void push(void* item) override { last = item; }
    void* volatile last = nullptr;
};

double virtual_chain(int hops)
{
    end_stage end;
    std::vector<std::unique_ptr<pass_stage>> chain;
    stage* first = &end;
    for (int i = 0; i < hops; ++i)
    {
        chain.push_back(std::make_unique<pass_stage>(*first));
        first = chain.back().get();
    }
    int item = 0;
    const double begin = cpu_seconds();
    for (std::size_t i = 0; i < items; ++i)
        first->push(&item);
    return cpu_seconds() - begin;
}

double tbb_chain(int hops)
{
    using namespace oneapi::tbb::flow;
    using node = function_node<void*, void*, lightweight>;
    graph graph;
    std::vector<std::unique_ptr<node>> chain;
    for (int i = 0; i < hops; ++i)
    {
        chain.push_back(
            std::make_unique<node>(graph, unlimited, [](void* item) noexcept { return item; }));
        if (i > 0)
            make_edge(*chain[static_cast<std::size_t>(i) - 1], *chain.back());
    }
    int item = 0;
    const double begin = cpu_seconds();
    for (std::size_t i = 0; i < items; ++i)
        chain.front()->try_put(&item);
    graph.wait_for_all();
    return cpu_seconds() - begin;
}

struct competitor
{
    const char* name;
    std::function<double(int hops)> run;
    std::vector<double> hop_ns;
};

double middle(std::vector<double> values)
{
    std::ranges::sort(values);
    return values[values.size() / 2];
}

} // namespace

int main()
{
    oneapi::tbb::global_control one(oneapi::tbb::global_control::max_allowed_parallelism, 1);
    std::vector<competitor> all{
        {"virtual calls", virtual_chain, {}},
        {"penstock, capacity 256", [](int hops) { return lane_chain(hops, 256); }, {}},
        {"penstock, 256, tapped", [](int hops) { return lane_chain(hops, 256, true); }, {}},
        {"penstock, capacity 16", [](int hops) { return lane_chain(hops, 16); }, {}},
        {"penstock, capacity 1", [](int hops) { return lane_chain(hops, 1); }, {}},
        {"oneTBB, lightweight", tbb_chain, {}},
    };
    for (int round = 0; round < rounds; ++round)
        for (competitor& each : all)
        {
            const double less = each.run(short_chain);
            const double more = each.run(long_chain);
            each.hop_ns.push_back((more - less) * 1e9 /
                                  static_cast<double>(items * (long_chain - short_chain)));
        }
    std::printf("%-24s %10s %10s %10s %14s\n", "one hop, CPU ns", "median", "least", "greatest",
                "x virtual call");
    for (const competitor& each : all)
    {
        std::vector<double> ratios;
        for (std::size_t i = 0; i < each.hop_ns.size(); ++i)
            ratios.push_back(each.hop_ns[i] / all.front().hop_ns[i]);
        const auto [least, greatest] = std::ranges::minmax(each.hop_ns);
        std::printf("%-24s %10.2f %10.2f %10.2f %14.2f\n", each.name, middle(each.hop_ns), least,
                    greatest, middle(ratios));
    }
}
