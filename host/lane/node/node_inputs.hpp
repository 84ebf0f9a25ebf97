// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/node/in_flight_slot.hpp"
#include "host/lane/node/input_queue.hpp"
#include "host/lane/node/node_setting.hpp"
#include "host/lane/node/time_slice.hpp"

#include <penstock/component.hpp>
#include <penstock/port.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

namespace penstock::host
{

/// The inputs of a node: which of them has given its port a span, and how many packets the
/// component has received over all of them. [one lane]
class node_inputs
{
public:
    explicit node_inputs(const node_setting& of);

    [[nodiscard]] input_queue& operator[](std::size_t port) noexcept { return input_queues_[port]; }
    [[nodiscard]] const input_queue& operator[](std::size_t port) const noexcept
    {
        return input_queues_[port];
    }
    [[nodiscard]] std::size_t size() const noexcept { return input_queues_.size(); }
    [[nodiscard]] auto begin() noexcept { return input_queues_.begin(); }
    [[nodiscard]] auto begin() const noexcept { return input_queues_.begin(); }
    [[nodiscard]] auto end() noexcept { return input_queues_.end(); }
    [[nodiscard]] auto end() const noexcept { return input_queues_.end(); }

    /// What the component has in hand of what it received.
    [[nodiscard]] in_flight_slot& in_hand() noexcept { return in_flight_; }

    /// How many packets it may receive before it lets others run.
    [[nodiscard]] time_slice& slice() noexcept { return slice_; }

    /// Sets for an instance's ports whether they are wired.
    void tell_wired(component& instance) const;

    /// Numbers the packets of the span that an input queue has given its port. No other has one.
    void open(input_queue& from, input& port);

    /// Frees what the component took of its span, and keeps the rest.
    void release();

    /// Refuses work that releases the span while packets of it are lent, and left where they are.
    /// Throws std::logic_error.
    void refuse_while_lent() const;

    /// Has the port give no more of its span: the rest stays in the queue, and what the component is
    /// lent stays where it is. The next refill releases the span.
    void give_no_more() noexcept;

    /// Forgets the span, with its port, which is about to go.
    void close() noexcept;

    /// How many packets the component has received.
    [[nodiscard]] std::uint32_t received() const noexcept { return received_ + taken_of_span(); }

    /// Publishes the count of received packets.
    void count_received() noexcept;

    /// Sets a packet aside to be received again, not before `due`; and if so, alone.
    void retry_later(std::size_t port, packet&& failed, scheduler::clock::time_point due,
                     bool alone = false);

    /// Takes a packet that enters the graph here: it is received before what waits on the edges, as
    /// a request of its own, in the order of its key.
    void enter(std::size_t port, packet&& packet);

    /// Takes packets back, those of each input in the order they were received in; the others of
    /// their keys that failed are due at `due`. One that is being tried again remains set aside.
    void put_back(std::vector<std::deque<packet>> packets, scheduler::clock::time_point due);

    /// Returns whether packets are, or ever were, set aside.
    [[nodiscard]] bool has_retries() const noexcept { return has_retries_; }
    [[nodiscard]] bool nothing_is_to_be_retried() const noexcept;

    /// Returns whether all was received and nothing more will come; but for what is to be retried.
    [[nodiscard]] bool exhausted() const noexcept;
    [[nodiscard]] bool edges_exhausted() const noexcept;

    /// Returns whether what came to an input must end without the end of a request: a component
    /// before has kept the packets for longer than their request. At the only input that is so if
    /// there are no others since the last end; at one of several if no end is on its way. Who
    /// receives at several inputs in turn gets such an end at each.
    [[nodiscard]] bool must_end_late(const input_queue& from) const;

    /// Notifies the node before an edge that it has room; `at_last`: and will have no more for now.
    void tell_freed(const edge_end& from, bool at_last = false) const;
    void tell_freed_at_last() const;

    /// Doubles one of the edges; the span of a port of the instance moves with it.
    void grow(edge& queue, component* instance);

private:
    [[nodiscard]] std::uint32_t taken_of_span() const noexcept
    {
        return open_ == nullptr ? 0
                                : static_cast<std::uint32_t>(detail::port_access::next(*port_) -
                                                             open_->span().data());
    }

    const node_setting& of_;
    std::vector<input_queue> input_queues_;
    input_queue* open_ = nullptr; // the one whose port has a span
    input* port_ = nullptr;       // that port
    std::uint32_t received_ = 0;  // before that span
    std::uint32_t counted_ = 0;
    bool has_retries_ = false; // ever
    in_flight_slot in_flight_;
    time_slice slice_;
};

} // namespace penstock::host
