// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/graph/topology.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace penstock::host
{

namespace
{

using children = std::vector<std::vector<std::size_t>>;

children children_of(std::size_t nodes, const arcs& between)
{
    children of(nodes);
    for (const auto& [from, to] : between)
        of[from].push_back(to);
    return of;
}

std::vector<std::size_t> in_degrees(std::size_t nodes, const arcs& between)
{
    std::vector<std::size_t> degrees(nodes);
    for (const auto& [from, to] : between)
        ++degrees[to];
    return degrees;
}

/// Numbers the strongly connected parts of the nodes from `first` on (R. Tarjan, 1972). A graph
/// file may be a chain of very many nodes, so nothing here recurses.
std::vector<std::size_t> strong_parts(const children& of, std::size_t first)
{
    constexpr std::size_t none = static_cast<std::size_t>(-1);

    struct visit
    {
        std::size_t node;
        std::size_t next_child;
    };

    std::vector<std::size_t> part(of.size(), none);
    std::vector<std::size_t> number(of.size(), none);
    std::vector<std::size_t> lowest(of.size(), none);
    std::vector<std::size_t> open;
    std::vector<visit> path;
    std::size_t numbers = 0;
    std::size_t parts = 0;
    for (std::size_t root = first; root < of.size(); ++root)
    {
        if (number[root] == none)
            path.push_back({root, 0});
        while (!path.empty())
        {
            const std::size_t node = path.back().node;
            if (number[node] == none)
            {
                number[node] = lowest[node] = numbers++;
                open.push_back(node);
            }
            if (path.back().next_child < of[node].size())
            {
                const std::size_t child = of[node][path.back().next_child++];
                if (child < first)
                    continue;
                if (number[child] == none)
                    path.push_back({child, 0});
                else if (part[child] == none)
                    lowest[node] = std::min(lowest[node], number[child]);
                continue;
            }
            path.pop_back();
            if (!path.empty())
                lowest[path.back().node] = std::min(lowest[path.back().node], lowest[node]);
            if (lowest[node] != number[node])
                continue;
            for (std::size_t member = none; member != node; open.pop_back())
            {
                member = open.back();
                part[member] = parts;
            }
            ++parts;
        }
    }
    return part;
}

/// Counts the nodes of each part; those without one are not counted.
std::vector<std::size_t> sizes(const std::vector<std::size_t>& part)
{
    std::vector<std::size_t> of(part.size());
    for (const std::size_t each : part)
        if (each < of.size())
            ++of[each];
    return of;
}

/// Finds the cycles whose lowest node is `start`, among the nodes of its part.
class circuits_from
{
public:
    circuits_from(const children& of, const std::vector<std::size_t>& part, std::size_t start)
        : of_(of), part_(part), start_(start), blocked_(of.size()), waiting_(of.size())
    {
    }

    void find(std::vector<std::vector<std::size_t>>& cycles, std::size_t limit)
    {
        enter(start_);
        while (!path_.empty() && cycles.size() < limit)
        {
            visit& top = path_.back();
            if (top.next_child == of_[top.node].size())
            {
                leave();
                continue;
            }
            const std::size_t child = of_[top.node][top.next_child++];
            if (child < start_ || part_[child] != part_[start_])
                continue;
            if (child == start_)
            {
                top.closed = true;
                add_cycle(cycles);
            }
            else if (!blocked_[child])
                enter(child);
        }
    }

private:
    struct visit
    {
        std::size_t node;
        std::size_t next_child = 0;
        bool closed = false; ///< a cycle was found through it
    };

    void enter(std::size_t node)
    {
        blocked_[node] = true;
        path_.push_back({node});
    }

    void leave()
    {
        const visit left = path_.back();
        path_.pop_back();
        if (left.closed)
        {
            unblock(left.node);
            if (!path_.empty())
                path_.back().closed = true;
            return;
        }
        for (const std::size_t child : of_[left.node])
            if (child >= start_ && part_[child] == part_[start_])
                waiting_[child].insert(left.node);
    }

    void unblock(std::size_t first)
    {
        std::vector<std::size_t> free{first};
        while (!free.empty())
        {
            const std::size_t node = free.back();
            free.pop_back();
            blocked_[node] = false;
            for (const std::size_t waits : waiting_[node])
                if (blocked_[waits])
                    free.push_back(waits);
            waiting_[node].clear();
        }
    }

    void add_cycle(std::vector<std::vector<std::size_t>>& cycles) const
    {
        std::vector<std::size_t> cycle;
        for (const visit& each : path_)
            cycle.push_back(each.node);
        cycles.push_back(std::move(cycle));
    }

    const children& of_;
    const std::vector<std::size_t>& part_;
    std::size_t start_;
    std::vector<bool> blocked_;
    std::vector<std::set<std::size_t>> waiting_; ///< to be unblocked with the node
    std::vector<visit> path_;
};

} // namespace

node_order topological_order(std::size_t nodes, const arcs& between)
{
    const children of = children_of(nodes, between);
    std::vector<std::size_t> left = in_degrees(nodes, between);
    node_order sorted;
    for (std::size_t node = 0; node < nodes; ++node)
        if (left[node] == 0)
            sorted.order.push_back(node);
    for (std::size_t next = 0; next < sorted.order.size(); ++next)
        for (const std::size_t child : of[sorted.order[next]])
            if (--left[child] == 0)
                sorted.order.push_back(child);
    for (std::size_t node = 0; node < nodes; ++node)
        if (left[node] != 0)
            sorted.rest.push_back({node, left[node], of[node]});
    return sorted;
}

std::vector<std::vector<std::size_t>> levels(std::size_t nodes, const arcs& between)
{
    const children of = children_of(nodes, between);
    std::vector<std::size_t> level(nodes);
    std::vector<std::vector<std::size_t>> grouped;
    for (const std::size_t node : topological_order(nodes, between).order)
    {
        if (level[node] >= grouped.size())
            grouped.resize(level[node] + 1);
        grouped[level[node]].push_back(node);
        for (const std::size_t child : of[node])
            level[child] = std::max(level[child], level[node] + 1);
    }
    for (std::vector<std::size_t>& group : grouped)
        std::sort(group.begin(), group.end());
    return grouped;
}

std::vector<std::vector<std::size_t>> find_cycles(std::size_t nodes, const arcs& between,
                                                  std::size_t limit)
{
    children of = children_of(nodes, between);
    for (std::vector<std::size_t>& each : of) // parallel arcs make no further cycles
    {
        std::sort(each.begin(), each.end());
        each.erase(std::unique(each.begin(), each.end()), each.end());
    }
    std::vector<std::vector<std::size_t>> cycles;
    std::vector<std::size_t> part = strong_parts(of, 0);
    std::vector<std::size_t> size = sizes(part);
    for (std::size_t start = 0; start < nodes && cycles.size() < limit; ++start)
    {
        const bool loops = std::binary_search(of[start].begin(), of[start].end(), start);
        if (size[part[start]] == 1 && !loops)
            continue; // no cycle begins here, and the parts stay right
        circuits_from(of, part, start).find(cycles, limit);
        part = strong_parts(of, start + 1);
        size = sizes(part);
    }
    return cycles;
}

arcs arcs_of(const graph_spec& graph)
{
    std::map<std::string_view, std::size_t> places;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
        places.emplace(graph.nodes[i].name, i);
    arcs list;
    for (const edge_spec& edge : graph.edges)
    {
        const auto from = places.find(edge.from.node);
        const auto to = places.find(edge.to.node);
        if (from != places.end() && to != places.end())
            list.emplace_back(from->second, to->second);
    }
    return list;
}

} // namespace penstock::host
