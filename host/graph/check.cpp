// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/graph/check.hpp"

#include "host/base/json_pointer.hpp"
#include "host/base/problem_list.hpp"
#include "host/base/quantity.hpp"
#include "host/graph/entry_input.hpp"
#include "host/graph/lane_check.hpp"
#include "host/graph/node_check.hpp"
#include "host/graph/topology.hpp"

#include <penstock/nearest.hpp>

#include <algorithm>
#include <chrono>
#include <map>
#include <set>
#include <string>

namespace penstock::host
{

namespace
{

constexpr std::size_t most_cycles = 20; ///< told at once; there may be exponentially many

class checker
{
public:
    checker(const graph_spec& graph, catalogue& catalogue, const resolver& resolve)
        : graph_(graph), catalogue_(catalogue), resolve_(resolve), nodes_(graph.nodes.size())
    {
        for (std::size_t i = nodes_.size(); i-- > 0;)
            places_[graph.nodes[i].name] = i;
    }

    std::vector<problem> run()
    {
        for (std::size_t i = 0; i < nodes_.size() && may_go_on(); ++i)
            nodes_[i] = check_node(graph_.nodes[i], catalogue_, resolve_, problems_);
        for (std::size_t i = 0; i < graph_.edges.size() && may_go_on(); ++i)
            check_edge(i);
        if (!may_go_on())
            return std::move(problems_).take();
        check_inputs();
        check_cycles();
        check_reach();
        check_sources();
        check_lanes(graph_, nodes_, problems_);
        return std::move(problems_).take();
    }

private:
    void complain(const std::string& pointer, std::string message, std::string expected)
    {
        problems_.add(pointer, std::move(message), std::move(expected));
    }

    /// Components are made and asked, which may take time: a graph that takes too much is refused.
    bool may_go_on()
    {
        if (!is_late_ && std::chrono::steady_clock::now() > deadline_)
        {
            is_late_ = true;
            complain("/nodes", "take too long to be checked",
                     "at most " + write_duration(longest_check) + " was expected");
        }
        return !is_late_ && !problems_.is_full();
    }

    std::string pointer_of(std::size_t node) const
    {
        return pointer_to("/nodes", graph_.nodes[node].name);
    }

    void check_edge(std::size_t i)
    {
        const edge_spec& edge = graph_.edges[i];
        const std::string at = pointer_to("/edges", i);
        const std::optional<std::size_t> from = node_of(edge.from, pointer_to(at, "from"));
        const std::optional<std::size_t> to = node_of(edge.to, pointer_to(at, "to"));
        bool sound = from && to;
        if (from && nodes_[*from].type != nullptr && !nodes_[*from].any_output &&
            !nodes_[*from].output_names.contains(edge.from.port))
        {
            complain_of_port(edge.from, "output", nodes_[*from].outputs, pointer_to(at, "from"));
            sound = false;
        }
        if (to && nodes_[*to].type != nullptr && !has_input(*to, edge.to.port))
        {
            complain_of_port(edge.to, "input", names_of(nodes_[*to].inputs), pointer_to(at, "to"));
            sound = false;
        }
        if (sound)
        {
            check_same_edge(i);
            check_overflow(i, *from);
        }
        if (to)
            nodes_[*to].wired.insert(edge.to.port);
        if (from && to)
            arcs_.emplace_back(*from, *to);
        for (const std::optional<std::size_t>& end : {from, to})
            if (end && !sound)
                nodes_[*end].near_fault = true;
    }

    // Each packet would come twice.
    void check_same_edge(std::size_t i)
    {
        const edge_spec& edge = graph_.edges[i];
        const auto [first, is_new] = edges_.try_emplace(edge_name(edge), i);
        if (!is_new)
            complain(pointer_to("/edges", i),
                     "is the edge " + first->first + " that is at " +
                         quote(pointer_to("/edges", first->second)) + " already",
                     "each edge once was expected");
    }

    // What has failed is never thrown away, and a source waits as long as its graph has no room.
    void check_overflow(std::size_t i, std::size_t from)
    {
        const edge_spec& edge = graph_.edges[i];
        if (edge.overflow != overflow::drop)
            return;
        const std::string at = pointer_to(pointer_to("/edges", i), "overflow");
        if (edge.from.port == implicit_output)
            complain(at, "is \"drop\" for packets that have failed", "\"wait\" was expected");
        else if (nodes_[from].type != nullptr && nodes_[from].type->starts() &&
                 nodes_[from].inputs.empty())
            complain(at, "is \"drop\" behind a source, which waits for room",
                     "\"wait\" was expected");
    }

    static std::string edge_name(const edge_spec& edge)
    {
        return edge.from.node + '.' + edge.from.port + " -> " + edge.to.node + '.' + edge.to.port;
    }

    std::optional<std::size_t> node_of(const endpoint& end, const std::string& pointer)
    {
        if (end.node.empty())
            return std::nullopt; // its form is wrong, which has been told
        if (const auto found = places_.find(end.node); found != places_.end())
            return found->second;
        std::vector<std::string> names;
        for (const node_spec& each : graph_.nodes)
            names.push_back(each.name);
        complain(pointer, "unknown node " + quote(end.node), expected_name(end.node, names));
        return std::nullopt;
    }

    [[nodiscard]] bool has_input(std::size_t node, const std::string& port) const
    {
        return std::ranges::any_of(nodes_[node].inputs,
                                   [&](const port_description& each) { return each.name == port; });
    }

    static std::vector<std::string> names_of(const std::vector<port_description>& ports)
    {
        std::vector<std::string> names;
        for (const port_description& each : ports)
            names.push_back(each.name);
        return names;
    }

    void complain_of_port(const endpoint& end, const char* kind,
                          const std::vector<std::string>& known, const std::string& pointer)
    {
        complain(pointer, quote(end.node) + " has no " + kind + ' ' + quote(end.port),
                 expected_name(end.port, known));
    }

    void check_inputs()
    {
        for (std::size_t i = 0; i < nodes_.size(); ++i)
            for (const port_description& port : nodes_[i].inputs)
            {
                const std::set<std::string>& wired = nodes_[i].wired;
                const bool fed = &port == entry_of(i); // by the host
                if (!port.optional && !fed && !wired.contains(port.name))
                    complain(pointer_to(pointer_of(i), port.name), "required input is not wired",
                             "an edge to " + quote(graph_.nodes[i].name + '.' + port.name) +
                                 " was expected");
            }
    }

    void check_cycles()
    {
        for (const std::vector<std::size_t>& cycle : find_cycles(nodes_.size(), arcs_, most_cycles))
        {
            has_cycles_ = true;
            std::string way;
            for (const std::size_t node : cycle)
                way += graph_.nodes[node].name + " -> ";
            complain(closing_edge(cycle.back(), cycle.front()),
                     "cycle " + way + graph_.nodes[cycle.front()].name,
                     "edges that lead back to no node were expected");
        }
    }

    std::string closing_edge(std::size_t from, std::size_t to) const
    {
        for (std::size_t i = 0; i < graph_.edges.size(); ++i)
            if (graph_.edges[i].from.node == graph_.nodes[from].name &&
                graph_.edges[i].to.node == graph_.nodes[to].name)
                return pointer_to("/edges", i);
        return "/edges";
    }

    /// Marks what the marked nodes lead to, or come from.
    std::vector<bool> spread(std::vector<bool> marked, bool backwards) const
    {
        std::vector<std::vector<std::size_t>> next(nodes_.size());
        for (const auto& [from, to] : arcs_)
            next[backwards ? to : from].push_back(backwards ? from : to);
        std::vector<std::size_t> open;
        for (std::size_t i = 0; i < marked.size(); ++i)
            if (marked[i])
                open.push_back(i);
        while (!open.empty())
        {
            const std::size_t node = open.back();
            open.pop_back();
            for (const std::size_t each : next[node])
                if (!marked[each])
                {
                    marked[each] = true;
                    open.push_back(each);
                }
        }
        return marked;
    }

    /// The input of a node at which the host offers requests, unless an edge leads there; or null.
    [[nodiscard]] const port_description* entry_of(std::size_t node) const
    {
        const known_node& of = nodes_[node];
        const auto place = entry_input(of.type->category, names_of(of.inputs));
        return place ? &of.inputs[*place] : nullptr;
    }

    /// An adapter that an edge feeds is not fed by the host. In a cycle, which has been told, none
    /// would be.
    [[nodiscard]] bool is_fed_by_host(std::size_t node) const
    {
        const port_description* entry = entry_of(node);
        const bool is_source = nodes_[node].type->starts() && nodes_[node].inputs.empty();
        return is_source ||
               (entry != nullptr && (has_cycles_ || !nodes_[node].wired.contains(entry->name)));
    }

    void check_starts(const std::vector<bool>& starts, const std::vector<bool>& adapters)
    {
        const auto has_one = [](const std::vector<bool>& of)
        { return std::find(of.begin(), of.end(), true) != of.end(); };
        if (has_one(starts))
            return;
        if (has_one(adapters))
            complain("/nodes", "has no source, and no adapter whose \"in\" is not wired",
                     "at least one source, or adapter that the host feeds, was expected");
        else
            complain("/nodes", nodes_.empty() ? "is empty" : "has no adapter and no source",
                     "at least one adapter or source was expected");
    }

    /// Nodes of unknown kind, and those at a wrong edge, count as both ends: one slip is told once.
    void check_reach()
    {
        std::vector<bool> starts(nodes_.size());
        std::vector<bool> adapters(nodes_.size());
        std::vector<bool> ends(nodes_.size());
        for (std::size_t i = 0; i < nodes_.size(); ++i)
        {
            const bool unknown = nodes_[i].type == nullptr || nodes_[i].near_fault;
            starts[i] = unknown || is_fed_by_host(i);
            adapters[i] = unknown || nodes_[i].type->starts();
            ends[i] = unknown || nodes_[i].type->ends();
        }
        check_starts(starts, adapters);
        const std::vector<bool> reached = spread(starts, false);
        const std::vector<bool> reaching = spread(ends, true);
        for (std::size_t i = 0; i < nodes_.size(); ++i)
            if (!reached[i])
                complain(pointer_of(i), "no adapter or source reaches it",
                         "a way from one was expected");
            else if (adapters[i] && !reaching[i])
                complain(pointer_of(i), "reaches no publisher", "a way to one was expected");
    }

    void check_sources()
    {
        for (std::size_t i = 0; i < nodes_.size(); ++i)
            if (nodes_[i].type != nullptr && nodes_[i].type->description.acknowledges &&
                !(nodes_[i].type->starts() && nodes_[i].inputs.empty()))
                complain(pointer_of(i),
                         "component " + quote(graph_.nodes[i].component) +
                             " is a source, and is no adapter or has inputs",
                         "an adapter without inputs was expected");
    }

    const graph_spec& graph_;
    catalogue& catalogue_;
    const resolver& resolve_;
    std::vector<known_node> nodes_; ///< in the order of the graph's
    std::map<std::string, std::size_t, std::less<>> places_;
    std::map<std::string, std::size_t> edges_; ///< the place of each, by what it is called
    arcs arcs_;
    problem_list problems_;
    const std::chrono::steady_clock::time_point deadline_ =
        std::chrono::steady_clock::now() + longest_check;
    bool is_late_ = false;
    bool has_cycles_ = false;
};

} // namespace

std::vector<problem> check(const graph_spec& graph, catalogue& catalogue, const resolver& resolve)
{
    return checker(graph, catalogue, resolve).run();
}

parsed_graph read_graph(std::string_view text, catalogue& catalogue, const resolver& resolve)
{
    parsed_graph read = parse_graph(text);
    if (read.readable)
    {
        std::vector<problem> more = check(read.graph, catalogue, resolve);
        read.problems.insert(read.problems.end(), std::make_move_iterator(more.begin()),
                             std::make_move_iterator(more.end()));
    }
    return read;
}

} // namespace penstock::host
