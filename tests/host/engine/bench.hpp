// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/state_store.hpp"
#include "host/engine/running_graph.hpp"
#include "host/journal/memory_journal.hpp"

#include <penstock/detail/destruction.hpp>
#include <penstock/sdk.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace penstock::host::tests
{

using namespace std::chrono_literals;

/// What publishers of all lanes have got.
class collected
{
public:
    void add(std::string text)
    {
        std::lock_guard lock(mutex_);
        texts_.push_back(std::move(text));
        changed_.notify_all();
    }

    [[nodiscard]] std::vector<std::string> texts() const
    {
        std::lock_guard lock(mutex_);
        return texts_;
    }

    [[nodiscard]] std::size_t size() const
    {
        std::lock_guard lock(mutex_);
        return texts_.size();
    }

    /// Waits until there are so many; returns whether there are.
    bool wait_for(std::size_t count, std::chrono::seconds most = 20s)
    {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, most, [&] { return texts_.size() >= count; });
    }

private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<std::string> texts_;
};

/// An adapter that passes on what it gets.
class door final : public component
{
    accepts types{*this, {"*/*"}, triggers::taken};
    input in{*this, "in"};
    output out{*this, "out"};

    void run() override
    {
        while (auto packet = in.receive())
            out.send(std::move(*packet));
    }
};

/// An adapter that makes a packet of each line of the data.
class lines final : public component
{
    accepts types{*this, {"text/plain"}};
    input in{*this, "in"};
    output out{*this, "out"};

    void run() override
    {
        while (auto packet = in.receive())
        {
            const std::string_view text = packet->data().view();
            if (text.empty())
                drop(std::move(*packet));
            for (std::size_t at = 0; at < text.size();)
            {
                const std::size_t end = std::min(text.find('\n', at), text.size());
                auto line = packet->derive();
                line.set("text", text.substr(at, end - at));
                out.send(std::move(line));
                at = end + 1;
            }
        }
    }
};

/// A publisher that collects the field `text`.
class sink final : public component
{
public:
    explicit sink(collected& into) : into_(into) {}

private:
    input in{*this, "in"};
    collected& into_;

    void run() override
    {
        while (auto packet = in.receive())
        {
            into_.add(packet->text("text", ""));
            deliver(std::move(*packet));
        }
    }
};

/// Runs a function as a component with `in` and `out`.
class function_component final : public component
{
public:
    using body = std::function<void(input&, output&, function_component&)>;
    explicit function_component(body run) : run_(std::move(run)) {}

    using component::deliver;
    using component::drop;
    using component::fail;
    using component::retry;

private:
    input in{*this, "in"};
    output out{*this, "out"};
    body run_;

    void run() override { run_(in, out, *this); }
};

/// Builds a plan from components made in place; nodes in topological order.
class plan_builder
{
public:
    using maker = std::function<std::unique_ptr<component>()>;

    plan_builder& node(std::string name, category category, maker make)
    {
        planned_node node;
        node.name = std::move(name);
        node.component = "test/" + node.name + "@1";
        node.category = category;
        const detail::component_ptr instance = make();
        const component_description description = describe(*instance);
        for (const auto& each : description.inputs)
            node.inputs.push_back(each.name);
        for (const auto& each : description.outputs)
            node.outputs.push_back(each.name);
        node.accepts = description.accepts;
        node.metrics = description.metrics;
        node.takes_triggers = description.takes_triggers;
        node.is_source = category == category::adapter && description.is_source();
        node.acknowledges = node.is_source && description.acknowledges;
        node.keeps_state = description.keeps_state;
        node.make = std::move(make);
        plan_->nodes.push_back(std::move(node));
        return *this;
    }

    plan_builder& named(std::string graph)
    {
        plan_->graph = std::move(graph);
        return *this;
    }

    /// Keeps packets of one meta value in order.
    plan_builder& partitioned_by(std::string meta)
    {
        plan_->partition_by = std::move(meta);
        return *this;
    }

    plan_builder& pending_memory(std::uint64_t bytes)
    {
        plan_->pending_memory = bytes;
        return *this;
    }

    /// Sets the retry policy of the node added last.
    plan_builder& retry(retry_policy policy)
    {
        plan_->nodes.back().retry = policy;
        return *this;
    }

    /// Sets the secrets of the node added last.
    plan_builder& secrets(std::vector<std::string> values)
    {
        plan_->nodes.back().secrets = std::move(values);
        return *this;
    }

    plan_builder& door(std::string name = "door")
    {
        return node(std::move(name), category::adapter,
                    [] { return std::make_unique<tests::door>(); });
    }

    plan_builder& lines(std::string name = "lines")
    {
        return node(std::move(name), category::adapter,
                    [] { return std::make_unique<tests::lines>(); });
    }

    plan_builder& sink(collected& into, std::string name = "sink")
    {
        return node(std::move(name), category::publisher,
                    [&into] { return std::make_unique<tests::sink>(into); });
    }

    plan_builder& function(std::string name, function_component::body body,
                           category category = category::transformer)
    {
        return node(std::move(name), category,
                    [body] { return std::make_unique<function_component>(body); });
    }

    /// Wires `node.port` to `node.port`.
    plan_builder& edge(const std::string& from, const std::string& to, std::size_t capacity = 256)
    {
        const auto [from_node, from_name] = split(from);
        const auto [to_node, to_name] = split(to);
        const std::size_t port =
            from_name == "error" ? error_port : place(plan_->nodes[from_node].outputs, from_name);
        plan_->edges.push_back(
            {from_node, port, to_node, place(plan_->nodes[to_node].inputs, to_name), capacity});
        return *this;
    }

    /// Makes the edge added last drop packets that it has no room for.
    plan_builder& drops()
    {
        plan_->edges.back().drops = true;
        return *this;
    }

    [[nodiscard]] std::shared_ptr<const plan> build() const { return plan_; }

private:
    std::pair<std::size_t, std::string> split(const std::string& end) const
    {
        const std::size_t dot = end.find('.');
        std::vector<std::string> names;
        for (const planned_node& each : plan_->nodes)
            names.push_back(each.name);
        return {place(names, end.substr(0, dot)), end.substr(dot + 1)};
    }

    static std::size_t place(const std::vector<std::string>& names, const std::string& name)
    {
        for (std::size_t i = 0; i < names.size(); ++i)
            if (names[i] == name)
                return i;
        throw std::invalid_argument("no " + name);
    }

    std::shared_ptr<plan> plan_ = std::make_shared<plan>();
};

/// Keeps states in memory, and refuses to while it is told to.
class kept_states final : public state_store
{
public:
    std::optional<std::string> load(const std::string& graph, const std::string& node,
                                    std::string_view key = {}) const override
    {
        std::lock_guard lock(mutex_);
        const auto found = texts_.find(graph + '/' + node + '/' + std::string(key));
        return found == texts_.end() ? std::nullopt : std::optional(found->second);
    }

    void save(const std::string& graph, const std::string& node, const std::string& text,
              std::string_view key = {}) const override
    {
        std::lock_guard lock(mutex_);
        if (is_full)
            throw std::runtime_error("the disk is full");
        texts_[graph + '/' + node + '/' + std::string(key)] = text;
    }

    std::atomic<bool> is_full{false};

private:
    mutable std::mutex mutex_;
    mutable std::map<std::string, std::string> texts_;
};

/// A graph with all it needs to run, and a way to push entries and wait for their receipts.
class bench
{
public:
    /// `data` is where components may keep files; empty: nowhere.
    explicit bench(quota_limits limits = {}, std::string data = {})
        : data_(std::move(data)), graph("test", limits, services())
    {
    }

    /// Runs on a journal of the test's own, where an earlier run may have left something.
    explicit bench(host::journal& kept, quota_limits limits = {})
        : journal(kept), graph("test", limits, services(), left_in(kept))
    {
    }

    /// Runs after a crash that left a suspicion; `watched` hears what runs.
    bench(supervise::suspicion left, supervise::inflight& watched)
        : threads(&watched), graph("test", {}, services(), {}, std::move(left))
    {
    }

    ~bench() { graph.stop(0ms); }

    graph_services services()
    {
        return {journal,
                receipts,
                {pool, resources, threads, {}, {&states, data_}},
                [this](severity, std::string_view, std::string_view node, std::string_view text)
                { log.add(std::string(node) + ": " + std::string(text)); }};
    }

    /// Deploys with one lane unless told otherwise; throws if it does not start.
    void deploy(const plan_builder& plan, std::size_t lanes = 1,
                std::chrono::milliseconds drain = 30s)
    {
        if (const auto error = graph.deploy(plan.build(), lanes, drain))
            throw std::runtime_error(*error);
    }

    static std::unique_ptr<entry> make_entry(std::string data, std::string media = "text/plain")
    {
        auto made = std::make_unique<entry>();
        packet content;
        made->bytes = data.size() + 100;
        if (!media.empty())
        {
            content.set("text", data);
            content.set_data(bytes(std::move(data)));
        }
        made->packets.push_back({std::move(content), std::move(media)});
        return made;
    }

    /// Pushes one entry whose packet has the data, also as field `text`.
    admission push(std::string data, std::string key = {})
    {
        auto made = make_entry(std::move(data));
        made->key = std::move(key);
        return push(std::move(made));
    }

    admission push(std::unique_ptr<entry> made, std::shared_ptr<const receipt>* issued = nullptr)
    {
        made->done = [this](const receipt&)
        {
            std::lock_guard lock(mutex_);
            ++done_;
            changed_.notify_all();
        };
        {
            std::lock_guard lock(mutex_);
            ++pushed_;
        }
        const admission answer = graph.submit(made, issued);
        if (answer != admission::accepted)
        {
            std::lock_guard lock(mutex_);
            --pushed_;
        }
        return answer;
    }

    /// Waits until every receipt is done; returns whether they are.
    bool settle(std::chrono::seconds most = 30s)
    {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, most, [&] { return done_ == pushed_; });
    }

    /// The dead letters, the newest first.
    std::vector<dead_letter> dead_letters() { return journal.kept().dead_letters({}, 100'000, {}); }

private:
    const std::string data_;

public:
    memory_journal in_memory;
    host::journal& journal = in_memory;
    host::receipts receipts{journal};
    host::resources resources;
    kept_states states;
    blocking_pool pool;
    collected log;
    supervise::inflight* threads = nullptr;
    running_graph graph;

private:
    static pending_of_graph left_in(host::journal& kept)
    {
        for (const pending_of_graph& each : kept.kept().pending())
            if (each.graph == "test")
                return each;
        return {};
    }

    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t pushed_ = 0;
    std::size_t done_ = 0;
};

} // namespace penstock::host::tests
