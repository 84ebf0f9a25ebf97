// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "lane_graphs.hpp"

#include "cpu_time.hpp"

#include "tests/host/engine/bench.hpp"

#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace penstock::bench
{

namespace
{

using host::tap;
using host::tests::plan_builder;
using namespace std::chrono_literals;

// An adapter that makes the packets.
class burst final : public component
{
public:
    explicit burst(std::size_t items) : items_(items) {}

private:
    accepts types{*this, {"*/*"}};
    input in{*this, "in"};
    output out{*this, "out"};
    std::size_t items_;

    void run() override
    {
        while (auto packet = in.receive())
            for (std::size_t i = 0; i < items_; ++i)
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

class pass_batches final : public component
{
    input in{*this, "in"};
    output out{*this, "out"};

    void run() override
    {
        while (auto some = in.receive_some(64, 0ms))
            out.send(std::move(some));
    }
};

class pass_spans final : public component
{
    input in{*this, "in"};
    output out{*this, "out"};

    void run() override
    {
        for (auto some = in.receive_span(128); !some.empty(); some = in.receive_span(128))
            out.send(some);
    }
};

class discard final : public component
{
public:
    explicit discard(std::size_t& count) : count_(count) {}

private:
    input in{*this, "in"};
    std::size_t& count_;

    void run() override
    {
        while (auto packet = in.receive())
        {
            ++count_;
            deliver(std::move(*packet));
        }
    }
};

void add_burst(plan_builder& plan, std::size_t items)
{
    plan.node("burst", category::adapter, [items] { return std::make_unique<burst>(items); });
}

void add_discard(plan_builder& plan, const std::string& name, std::size_t& count)
{
    plan.node(name, category::publisher, [&] { return std::make_unique<discard>(count); });
}

// Runs one entry through; returns CPU seconds.
double push_through(host::tests::bench& bench, std::size_t& arrived, std::size_t expected)
{
    arrived = 0;
    const double begin = cpu_seconds();
    bench.push("go");
    const bool settled = bench.settle();
    const double taken = cpu_seconds() - begin;
    if (!settled || arrived != expected)
        throw std::runtime_error(std::to_string(arrived) + " packets arrived; expected " +
                                 std::to_string(expected));
    return taken;
}

std::unique_ptr<component> make_pass(manner how)
{
    switch (how)
    {
    case manner::in_batches: return std::make_unique<pass_batches>();
    case manner::in_spans: return std::make_unique<pass_spans>();
    case manner::one_by_one: break;
    }
    return std::make_unique<pass>();
}

void tap_edges(host::tests::bench& bench, const std::vector<std::string>& edges)
{
    const auto viewer =
        std::make_shared<tap>(tap::settings{}, [](const host::packet_preview&) { return true; });
    for (const std::string& each : edges)
        if (!bench.graph.add_tap(each, viewer))
            throw std::logic_error("no edge " + each);
}

} // namespace

struct running_chain::state
{
    std::size_t items;
    std::size_t arrived = 0;
    host::tests::bench bench{};
};

running_chain::running_chain(const lane_chain& what, int hops, std::size_t items)
    : state_(new state{.items = items})
{
    plan_builder plan;
    std::vector<std::string> edges;
    add_burst(plan, items);
    std::string last = "burst.out";
    for (int i = 0; i < hops; ++i)
    {
        const std::string name = "pass" + std::to_string(i);
        plan.node(name, category::transformer, [how = what.how] { return make_pass(how); })
            .edge(last, name + ".in", what.capacity);
        edges.push_back(last + '>' + name + ".in");
        last = name + ".out";
    }
    add_discard(plan, "discard", state_->arrived);
    plan.edge(last, "discard.in", what.capacity);
    state_->bench.deploy(plan);
    if (what.tapped)
        tap_edges(state_->bench, edges);
}

running_chain::~running_chain() = default;

double running_chain::push()
{
    return push_through(state_->bench, state_->arrived, state_->items);
}

double lane_chain::operator()(int hops, std::size_t items) const
{
    return running_chain(*this, hops, items).push();
}

double lane_fan(int receivers, std::size_t items)
{
    plan_builder plan;
    std::size_t arrived = 0; // one lane, one thread: all of them count here
    add_burst(plan, items);
    for (int i = 0; i < receivers; ++i)
    {
        const std::string name = "discard" + std::to_string(i);
        add_discard(plan, name, arrived);
        plan.edge("burst.out", name + ".in");
    }
    host::tests::bench bench;
    bench.deploy(plan);
    return push_through(bench, arrived, items * static_cast<std::size_t>(receivers));
}

} // namespace penstock::bench
