// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/host/engine/bench.hpp"

#include <memory>
#include <optional>
#include <set>

namespace penstock::host::tests::standstill_shapes
{

inline void pass_each(input& in, output& out, function_component&)
{
    while (auto packet = in.receive())
        out.send(std::move(*packet));
}

inline void drop_each(input& in, output&, function_component& self)
{
    while (auto packet = in.receive())
        self.drop(std::move(*packet));
}

// Passes on only those whose number is a multiple of 16.
inline void pass_few(input& in, output& out, function_component& self)
{
    while (auto packet = in.receive())
        if (std::stoul(packet->text("text", "0")) % 16 == 0)
            out.send(std::move(*packet));
        else
            self.drop(std::move(*packet));
}

// Waits with a deadline, always.
inline void pass_until(input& in, output& out, function_component&)
{
    for (;;)
    {
        auto got = in.receive_until(std::chrono::steady_clock::now() + 1ms);
        if (got)
            out.send(std::move(*got));
        else if (got.closed())
            return;
    }
}

inline void pass_in_batches(input& in, output& out, function_component&)
{
    while (auto batch = in.receive_some(100, 1ms))
        for (packet& each : batch)
            out.send(std::move(each));
}

inline void pass_whole_requests(input& in, output& out, function_component&)
{
    while (auto batch = in.receive_request())
        for (packet& each : batch)
            out.send(std::move(each));
}

// Throws when it first receives one of which the number is a multiple of 16.
inline function_component::body pass_at_second_try()
{
    return [seen = std::make_shared<std::set<std::string>>()](input& in, output& out,
                                                              function_component&)
    {
        while (auto packet = in.receive())
        {
            const std::string text(packet->text("text", "0"));
            if (std::stoul(text) % 16 == 0 && seen->insert(text).second)
                throw std::runtime_error("not at once");
            out.send(std::move(*packet));
        }
    };
}

// Takes all packets of a request from one input, then those from the other.
class collate final : public component
{
    input in{*this, "in"};
    input in2{*this, "in2"};
    output out{*this, "out"};

    void run() override
    {
        for (;;)
        {
            batch left = in.receive_request();
            batch right = in2.receive_request();
            if (!left && !right)
                return;
            for (batch* each : {&left, &right})
                for (packet& one : *each)
                    out.send(std::move(one));
        }
    }
};

// Takes a packet from each input in turn, and joins them.
class pair_up final : public component
{
    input in{*this, "in"};
    input in2{*this, "in2"};
    output out{*this, "out"};

    void run() override
    {
        for (;;)
        {
            auto one = in.receive();
            auto other = in2.receive();
            if (!one || !other)
                return;
            one->join(std::move(*other));
            out.send(std::move(*one));
        }
    }
};

// The same, but asks with a deadline again and again.
class pair_up_until final : public component
{
    input in{*this, "in"};
    input in2{*this, "in2"};
    output out{*this, "out"};

    static std::optional<packet> next(input& from)
    {
        for (;;)
        {
            auto got = from.receive_until(std::chrono::steady_clock::now() + 1ms);
            if (got)
                return std::move(*got);
            if (got.closed())
                return std::nullopt;
        }
    }

    void run() override
    {
        for (;;)
        {
            auto one = next(in);
            auto other = next(in2);
            if (!one || !other)
                return;
            one->join(std::move(*other));
            out.send(std::move(*one));
        }
    }
};

// Sends a request's packets to one output first, then as many to the other.
class split_whole final : public component
{
    input in{*this, "in"};
    output out{*this, "out"};
    output out2{*this, "out2"};

    void run() override
    {
        while (auto batch = in.receive_request())
        {
            for (packet& each : batch)
                out.send(each.derive());
            for (packet& each : batch)
                out2.send(each.derive());
        }
    }
};

template <class Component>
std::unique_ptr<component> made()
{
    return std::make_unique<Component>();
}

/// A graph to stand still in; of n packets of a request, `delivered(n)` reach the sink.
struct shape
{
    std::string name;
    std::function<void(plan_builder&, collected& sink, std::size_t capacity)> build;
    std::function<std::size_t(std::size_t)> delivered;
};

inline std::size_t all_twice(std::size_t n)
{
    return 2 * n;
}

inline std::size_t all_once(std::size_t n)
{
    return n;
}

inline std::size_t all_and_few(std::size_t n)
{
    return n + (n + 15) / 16;
}

// A fork whose two branches are joined again.
inline shape fork_join(std::string name, function_component::body left, plan_builder::maker join,
                       std::function<std::size_t(std::size_t)> delivered)
{
    return {std::move(name),
            [left, join](plan_builder& plan, collected& got, std::size_t capacity)
            {
                plan.lines()
                    .function("left", left)
                    .function("right", pass_each)
                    .node("join", category::op, join)
                    .sink(got)
                    .edge("lines.out", "left.in", capacity)
                    .edge("lines.out", "right.in", capacity)
                    .edge("left.out", "join.in", capacity)
                    .edge("right.out", "join.in2", capacity)
                    .edge("join.out", "sink.in", capacity);
            },
            std::move(delivered)};
}

// Two joins, of which the second also waits for the fork itself.
inline shape nested_joins(std::string name, plan_builder::maker join,
                          std::function<std::size_t(std::size_t)> delivered)
{
    return {std::move(name),
            [join](plan_builder& plan, collected& got, std::size_t capacity)
            {
                plan.lines()
                    .node("inner", category::op, join)
                    .node("outer", category::op, join)
                    .sink(got)
                    .edge("lines.out", "inner.in", capacity)
                    .edge("lines.out", "inner.in2", capacity)
                    .edge("inner.out", "outer.in", capacity)
                    .edge("lines.out", "outer.in2", capacity)
                    .edge("outer.out", "sink.in", capacity);
            },
            std::move(delivered)};
}

inline std::vector<shape> shapes()
{
    std::vector<shape> all;
    all.push_back(fork_join("fork and join", pass_each, made<collate>, all_twice));
    all.push_back(fork_join("a branch that drops", drop_each, made<collate>, all_once));
    all.push_back(
        fork_join("a branch that waits with a deadline", pass_until, made<collate>, all_twice));
    all.push_back(fork_join("a branch of batches", pass_in_batches, made<pair_up>, all_once));
    all.push_back(fork_join("a branch of requests", pass_whole_requests, made<pair_up>, all_once));
    all.push_back(fork_join("uneven branches", pass_few, made<collate>, all_and_few));
    all.push_back(
        fork_join("a join with deadlines", pass_whole_requests, made<pair_up_until>, all_once));
    all.push_back(fork_join("a branch of batches joined by requests", pass_in_batches,
                            made<collate>, all_twice));
    all.push_back(nested_joins("nested joins of requests", made<collate>,
                               [](std::size_t n) { return 3 * n; }));
    all.push_back(nested_joins("nested joins of pairs", made<pair_up>, all_once));
    all.push_back({"pairs before whole requests",
                   [](plan_builder& plan, collected& got, std::size_t capacity)
                   {
                       plan.lines()
                           .function("left", pass_each)
                           .node("join", category::op, made<pair_up>)
                           .function("requests", pass_whole_requests)
                           .sink(got)
                           .edge("lines.out", "left.in", capacity)
                           .edge("left.out", "join.in", capacity)
                           .edge("lines.out", "join.in2", capacity)
                           .edge("join.out", "requests.in", capacity)
                           .edge("requests.out", "sink.in", capacity);
                   },
                   all_once});
    all.push_back({"tries before whole requests",
                   [](plan_builder& plan, collected& got, std::size_t capacity)
                   {
                       plan.lines()
                           .function("again", pass_at_second_try())
                           .retry({.attempts = 2, .backoff = 1ms, .max_backoff = 1ms})
                           .function("requests", pass_whole_requests)
                           .sink(got)
                           .edge("lines.out", "again.in", capacity)
                           .edge("again.out", "requests.in", capacity)
                           .edge("requests.out", "sink.in", capacity);
                   },
                   all_once});
    all.push_back({"a split joined in pairs",
                   [](plan_builder& plan, collected& got, std::size_t capacity)
                   {
                       plan.lines()
                           .node("split", category::transformer, made<split_whole>)
                           .node("join", category::op, made<pair_up>)
                           .sink(got)
                           .edge("lines.out", "split.in", capacity)
                           .edge("split.out", "join.in", capacity)
                           .edge("split.out2", "join.in2", capacity)
                           .edge("join.out", "sink.in", capacity);
                   },
                   all_once});
    return all;
}

} // namespace penstock::host::tests::standstill_shapes
