// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/graph/entry_input.hpp"
#include "host/lane/plan.hpp"
#include "tests/host/engine/simple_components.hpp"

#include <penstock/detail/destruction.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace penstock::host::tests
{

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
        node.entry = entry_input(category, node.inputs);
        node.acknowledges = node.is_source && description.acknowledges;
        node.keeps_state = description.keeps_state;
        node.replies_whole = description.replies_whole;
        node.replicates = description.replicates;
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
        if (plan_->nodes[to_node].entry == plan_->edges.back().to_port)
            plan_->nodes[to_node].close_door();
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

} // namespace penstock::host::tests
