// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/engine/graph_model.hpp"

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
    modelled_request(const random_graph& graph, std::size_t request)
        : graph_(graph), inputs_(graph.nodes.size())
    {
        for (std::size_t n = 0; n < graph.requests[request].packets; ++n)
            send(0, {first_value(request, n)});
        for (std::size_t i = 1; i < graph.nodes.size(); ++i)
            if (graph.nodes[i].does == act::join)
                join(i);
            else
                for (const modelled_packet& each : inputs_[i][0])
                    receive(i, each);
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
        case act::join: return;
        case act::pass:
        case act::block: return send(node, packet);
        case act::drop: return chosen ? void(++end_.counts.dropped) : send(node, packet);
        case act::fail: return chosen ? fail(node, packet) : send(node, packet);
        case act::raise: return raised ? fail(node, packet) : send(node, packet);
        case act::expand:
            for (std::size_t k = 0; k < children_of(at, packet.value); ++k)
                send(node, {mixed(packet.value, k), packet.via_error});
            return;
        case act::raise_after_send:
            send(node, {mixed(packet.value, 0), packet.via_error});
            return chosen ? fail(node, packet) : void();
        case act::deliver: return deliver(node, packet);
        case act::deliver_or_fail: return chosen ? fail(node, packet) : deliver(node, packet);
        case act::deliver_or_raise: return raised ? fail(node, packet) : deliver(node, packet);
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

    void send(std::size_t node, modelled_packet packet) { pass_on(node, false, packet); }

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
        if (!is_wired)
            ++(of_error ? end_.counts.dead : end_.counts.dropped);
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
    return modelled_request(graph, request).end();
}

} // namespace penstock::host::tests
