// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/node/node_fiber.hpp"
#include "host/lane/node/node_source.hpp"
#include "host/lane/node/output_writer.hpp"

#include <penstock/component.hpp>
#include <penstock/packet.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace penstock::host
{

/// The outputs of a node, the implicit `error` among them: what is sent goes on to the edges, and
/// so do the ends of requests. Calls suspend while an edge is full. [the lane's thread]
class node_outputs
{
public:
    node_outputs(const node_setting& of, node_inputs& inputs, node_fiber& fiber,
                 node_source& source);

    /// Connects an output, `error_port` for the implicit one, to an edge.
    void add_edge(std::size_t port, edge_end to);

    /// Feeds the edges by the ports of an instance from now on; null: by none.
    void connect(component* instance);

    /// Publishes what a port was sent and gives it room for more.
    void make_room(output& port);

    /// Gives room to the only port of a component that has received a packet, and is about to send
    /// one, if there is some: for it to ask when it sends took 130 instructions of a hop of one
    /// packet at a time.
    void offer_room()
    {
        if (only_ != nullptr && !only_->has_span())
            only_->next_span(most_room);
    }

    /// Publishes what all ports were sent. No port has room then, until it asks or is offered some.
    void flush();

    /// Returns whether the `error` port is wired, and sends a packet by it.
    [[nodiscard]] bool sends_errors() const noexcept { return !error_ends_.empty(); }
    void send_as_error(packet&& failed);

    /// Forwards the ends of requests that have come at each input, now that the component waits at
    /// one and holds nothing of requests that are over.
    void forward_request_ends(input_queue& waiting_at)
    {
        waiting_at.retries().forget_taken();
        for (const input_queue& each : inputs_)
            if (each.request_ends_passed() > request_ends_forwarded_)
                return forward_ends_passed(waiting_at);
    }

    /// Closes all edges: nothing more will come.
    void close() const noexcept;

private:
    static constexpr std::size_t most_room = 128; // slots that an output gets at once

    void flush(output_writer& from);
    void send_to(const std::vector<edge_end>& ends, std::span<packet> packets);
    void hand_on(const edge_end& to, std::span<packet> packets, bool is_last);
    void end_request_on(output_writer& to);
    void forward_ends_passed(input_queue& waiting_at);

    const node_setting& of_;
    node_inputs& inputs_;
    node_fiber& fiber_;
    node_source& source_;
    std::vector<output_writer> output_writers_;
    output_writer* only_ = nullptr; // if there is one, which writes into its edge
    std::vector<edge_end> error_ends_;
    std::uint64_t request_ends_forwarded_ = 0;
};

} // namespace penstock::host
