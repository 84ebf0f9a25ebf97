// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/plan.hpp"

#include "host/graph/entry_input.hpp"
#include "host/graph/topology.hpp"

#include <penstock/detail/destruction.hpp>

#include <algorithm>
#include <iterator>
#include <stdexcept>
#include <utility>

namespace penstock::host
{

namespace
{

json::object schemas_of(const component_type& type)
{
    json::object schemas;
    for (const parameter_description& each : type.description.parameters)
        schemas.emplace(each.name, each.schema);
    return schemas;
}

json::object resolved(const node_spec& node, const component_type& type, const resolver& resolve)
{
    const json::object schemas = schemas_of(type);
    json::object params;
    problem_list problems;
    for (const auto& [name, value] : node.params)
        params[name] = resolve_references(value, schemas.at(name).as_object(), resolve,
                                          json_place(""), problems);
    if (!problems.empty())
        throw std::invalid_argument("/nodes/" + node.name + ": " + to_string(problems.front()));
    return params;
}

retry_policy retry_of(const node_spec& node, category kind)
{
    if (!node.retry)
        return kind == category::publisher ? retry_policy() : no_retry;
    problem_list problems;
    const retry_policy read = read_retry(*node.retry, "/nodes/" + node.name + "/retry", problems);
    if (!problems.empty())
        throw std::invalid_argument(to_string(problems.front()));
    return read;
}

planned_node plan_node(const node_spec& node, const std::shared_ptr<const component_type>& type,
                       const resolver& resolve)
{
    if (type == nullptr) // found by check(), and removed since
        throw std::runtime_error(node.name + ": " + node.component + " is gone");
    planned_node plan;
    plan.name = node.name;
    plan.component = type->id + "@" + type->version;
    plan.category = type->category;
    plan.metrics = type->description.metrics;
    plan.takes_triggers = type->description.takes_triggers;
    plan.is_source = type->category == category::adapter && type->description.is_source();
    plan.acknowledges = plan.is_source && type->description.acknowledges;
    plan.keeps_state = type->description.keeps_state;
    if (node.stack)
        plan.stack_bytes = static_cast<std::size_t>(*node.stack);
    plan.retry = retry_of(node, type->category);
    const json::object params = resolved(node, *type, resolve);
    for (const parameter_description& each : type->description.parameters)
        if (const json::value* value = params.if_contains(each.name))
            collect_secrets(*value, each.schema, plan.secrets);
    plan.make = [type, params, secrets = plan.secrets]
    {
        detail::component_ptr made = type->make();
        const auto problems = configure(*made, params);
        if (!problems.empty())
            throw std::invalid_argument(
                without_secrets(problems.front().name + ": " + problems.front().message, secrets));
        return std::unique_ptr<component>(made.release());
    };
    std::shared_ptr<component> instance(plan.make().release(), detail::destroyer());
    component_description configured = describe(*instance);
    plan.accepts = std::move(configured.accepts);
    plan.replies_whole = configured.replies_whole;
    plan.replicates = configured.replicates;
    const auto& members = detail::component_access::members(*instance);
    for (const input* each : members.inputs)
        plan.inputs.push_back(each->name());
    for (const output* each : members.outputs)
        plan.outputs.push_back(each->name());
    plan.entry = entry_input(plan.category, plan.inputs);
    if (plan.category == category::adapter)
        plan.declared = std::move(instance);
    if (!plan.entry)
        plan.close_door();
    return plan;
}

// "/meta/customer" names the meta value "customer"; what is left of a JSON pointer's escapes goes.
std::string partition_name(std::string_view pointer)
{
    constexpr std::string_view meta = "/meta/";
    std::string name;
    if (!pointer.starts_with(meta))
        return name;
    for (pointer.remove_prefix(meta.size()); !pointer.empty(); pointer.remove_prefix(1))
    {
        const bool escaped = pointer.size() > 1 && pointer[0] == '~';
        if (escaped)
            pointer.remove_prefix(1);
        name += escaped ? (pointer[0] == '1' ? '/' : '~') : pointer[0];
    }
    return name;
}

std::size_t index_of(const std::vector<std::string>& names, const std::string& name)
{
    return static_cast<std::size_t>(std::ranges::find(names, name) - names.begin());
}

} // namespace

void planned_node::close_door() noexcept
{
    entry.reset();
    takes_triggers = false;
    accepts.clear();
    declared.reset();
}

bool plan::replies_whole() const noexcept
{
    return std::ranges::any_of(nodes, &planned_node::replies_whole);
}

bool plan::replicates() const noexcept
{
    return std::ranges::any_of(nodes, &planned_node::replicates) &&
           std::ranges::none_of(nodes,
                                [](const planned_node& each) {
                                    return each.category == category::publisher && !each.replicates;
                                });
}

std::shared_ptr<const plan> make_plan(const graph_spec& graph, catalogue& catalogue,
                                      const resolver& resolve,
                                      const std::vector<quarantined_packet>& quarantine)
{
    auto made = std::make_shared<plan>();
    made->graph = graph.name;
    made->partition_by = partition_name(graph.partition_by.value_or(""));
    made->pending_memory = graph.pending_memory;
    const arcs between = arcs_of(graph); // one for each edge of a graph that was checked
    const node_order order = topological_order(graph.nodes.size(), between);
    std::ranges::copy_if(quarantine, std::back_inserter(made->quarantine),
                         [](const quarantined_packet& each) { return each.node.empty(); });
    std::vector<std::size_t> place(graph.nodes.size());
    for (const std::size_t each : order.order)
    {
        const node_spec& node = graph.nodes[each];
        place[each] = made->nodes.size();
        made->nodes.push_back(
            plan_node(node, catalogue.find(node.component, node.package), resolve));
        std::ranges::copy_if(quarantine, std::back_inserter(made->nodes.back().quarantine),
                             [&](const quarantined_packet& packet)
                             { return packet.node == node.name; });
    }
    for (std::size_t i = 0; i < graph.edges.size(); ++i)
    {
        const edge_spec& each = graph.edges[i];
        const std::size_t from = place[between.at(i).first];
        const std::size_t to = place[between.at(i).second];
        const std::size_t port = index_of(made->nodes[from].outputs, each.from.port);
        made->edges.push_back({from, port == made->nodes[from].outputs.size() ? error_port : port,
                               to, index_of(made->nodes[to].inputs, each.to.port),
                               each.capacity.value_or(default_capacity),
                               each.overflow == overflow::drop});
        planned_node& fed = made->nodes[to];
        if (fed.entry == made->edges.back().to_port)
            fed.close_door();
    }
    return made;
}

std::shared_ptr<const plan> make_open_plan(const graph_spec& graph)
{
    auto made = std::make_shared<plan>();
    made->graph = graph.name;
    made->partition_by = partition_name(graph.partition_by.value_or(""));
    made->pending_memory = graph.pending_memory;
    planned_node ingress;
    ingress.category = category::adapter;
    ingress.entry = 0;
    ingress.accepts = {"*/*"};
    ingress.takes_triggers = true;
    made->nodes.push_back(std::move(ingress));
    return made;
}

std::string id_of(const planned_edge& edge, const plan& within)
{
    const planned_node& from = within.nodes[edge.from_node];
    const planned_node& to = within.nodes[edge.to_node];
    return from.name + '.' +
           (edge.from_port == error_port ? "error" : from.outputs[edge.from_port]) + '>' + to.name +
           '.' + to.inputs[edge.to_port];
}

} // namespace penstock::host
