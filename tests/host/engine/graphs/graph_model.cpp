// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/engine/graphs/graph_model.hpp"

#include <algorithm>
#include <array>
#include <compare>

namespace penstock::host::tests
{

namespace
{

struct modelled_packet
{
    std::uint64_t value;
    bool via_error = false;

    friend auto operator<=>(const modelled_packet&, const modelled_packet&) = default;
};
using modelled_packets = std::vector<modelled_packet>;

class modelled_request
{
public:
    explicit modelled_request(const random_graph& graph)
        : graph_(graph), inputs_(graph.nodes.size())
    {
    }

    /// Gives packets to all whom a node sends to.
    void send(std::size_t node, modelled_packet packet) { pass_on(node, false, packet); }

    /// Gives a packet to a node.
    void give(std::size_t node, modelled_packet packet) { inputs_[node][0].push_back(packet); }

    void drain()
    {
        for (std::size_t i = 1; i < graph_.nodes.size(); ++i)
            if (graph_.nodes[i].does == act::join)
                join(i);
            else if (graph_.nodes[i].does == act::group)
                group(i);
            else if (graph_.nodes[i].does == act::zip)
                zip(i);
            else
            {
                for (const modelled_packet& each : inputs_[i][1])
                    receive(i, each);
                for (const modelled_packet& each : inputs_[i][0])
                    receive(i, each);
            }
    }

    [[nodiscard]] const expected_end& end() const { return end_; }

private:
    void receive(std::size_t node, modelled_packet packet)
    {
        const random_node& at = graph_.nodes[node];
        const bool chosen = is_chosen(at, packet.value);
        const bool raised = chosen && raises_always(at, packet.value);
        switch (at.does)
        {
        case act::adapt:
        case act::group:
        case act::zip:
        case act::join: return;
        case act::pass:
        case act::poll:
        case act::window:
        case act::block: return send(node, packet);
        case act::drop: return chosen ? void(++end_.counts.dropped) : send(node, packet);
        case act::fail: return chosen ? fail(node, packet) : send(node, packet);
        case act::join_back: return chosen ? join_back(node, packet) : send(node, packet);
        case act::raise:
        case act::window_raise: return raised ? fail(node, packet) : send(node, packet);
        case act::expand:
        case act::copy:
            for (std::size_t k = 0; k < children_of(at, packet.value); ++k)
                send(node, {mixed(packet.value, k), packet.via_error});
            return;
        case act::raise_after_send:
            send(node, {mixed(packet.value, 0), packet.via_error});
            return chosen ? fail(node, packet) : void();
        case act::deliver: return deliver(node, packet);
        case act::deliver_or_fail: return chosen ? fail(node, packet) : deliver(node, packet);
        case act::deliver_or_raise: return raised ? fail(node, packet) : deliver(node, packet);
        case act::publish: return chosen ? publish_chosen(node, packet) : deliver(node, packet);
        }
    }

    void publish_chosen(std::size_t node, modelled_packet packet)
    {
        const random_node& at = graph_.nodes[node];
        switch (chosen_end_of(at, packet.value))
        {
        case chosen_end::fail: return fail(node, packet);
        case chosen_end::drop: ++end_.counts.dropped; return;
        case chosen_end::retry:
        case chosen_end::raise:
            return raises_always(at, packet.value) ? fail(node, packet) : deliver(node, packet);
        }
    }

    void join_back(std::size_t node, modelled_packet packet)
    {
        switch (joined_back_of(graph_.nodes[node], packet.value))
        {
        case joined_back::let_go: return fail(node, packet);
        case joined_back::dropped:
        case joined_back::swapped: ++end_.counts.dropped; return;
        case joined_back::replaced: return send(node, {mixed(packet.value, 0), packet.via_error});
        }
    }

    // Both inputs have the same packets.
    void zip(std::size_t node)
    {
        for (const modelled_packet& each : inputs_[node][0])
            send(node, {mixed(each.value, each.value), each.via_error});
    }

    void group(std::size_t node)
    {
        modelled_packets& packets = inputs_[node][0];
        std::ranges::sort(packets);
        for (std::size_t i = 0; i < packets.size(); i += packets_of_a_group)
        {
            modelled_packet first = packets[i];
            for (std::size_t k = i + 1; k < std::min(packets.size(), i + packets_of_a_group); ++k)
                first = {mixed(first.value, packets[k].value),
                         first.via_error || packets[k].via_error};
            send(node, first);
        }
    }

    void join(std::size_t node)
    {
        auto& [left, right] = inputs_[node];
        std::ranges::sort(left);
        std::ranges::sort(right);
        for (std::size_t i = 0; i < std::max(left.size(), right.size()); ++i)
            if (i >= right.size())
                send(node, left[i]);
            else if (i >= left.size())
                send(node, right[i]);
            else
                send(node, {mixed(left[i].value, right[i].value),
                            left[i].via_error || right[i].via_error});
    }

    void fail(std::size_t node, modelled_packet packet)
    {
        packet.via_error = true;
        pass_on(node, true, packet);
    }

    void pass_on(std::size_t node, bool of_error, modelled_packet packet)
    {
        bool is_wired = false;
        for (const random_edge& each : graph_.edges)
            if (each.from == node && each.of_error == of_error)
            {
                is_wired = true;
                inputs_[each.to][each.port].push_back(packet);
            }
        if (is_wired)
            return;
        ++(of_error ? end_.counts.dead : end_.counts.dropped);
        if (of_error)
            end_.dead.insert({node, packet.value});
    }

    void deliver(std::size_t node, modelled_packet packet)
    {
        ++(packet.via_error ? end_.counts.failed : end_.counts.delivered);
        ++end_.outputs[{node, packet.value}];
    }

    const random_graph& graph_;
    std::vector<std::array<modelled_packets, 2>> inputs_; // of each node, by port
    expected_end end_;
};

} // namespace

std::uint64_t first_value(std::size_t request, std::size_t n) noexcept
{
    return mixed(request + 1, n);
}

expected_end model_of(const random_graph& graph, std::size_t request)
{
    modelled_request modelled(graph);
    for (std::size_t n = 0; n < graph.requests[request].packets; ++n)
        modelled.send(0, {first_value(request, n)});
    modelled.drain();
    return modelled.end();
}

expected_end model_of_replay(const random_graph& graph, std::size_t node, std::uint64_t value)
{
    modelled_request modelled(graph);
    modelled.give(node, {value});
    modelled.drain();
    return modelled.end();
}

} // namespace penstock::host::tests
