// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/node/hand.hpp"
#include "host/lane/node/inlet.hpp"
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

/// The inputs of a node: which of them has given its port a span, and how many packets the component
/// has received over all of them. [one lane]
class node_inputs
{
public:
    explicit node_inputs(const node_setting& of);

    [[nodiscard]] inlet& operator[](std::size_t port) noexcept { return inlets_[port]; }
    [[nodiscard]] const inlet& operator[](std::size_t port) const noexcept { return inlets_[port]; }
    [[nodiscard]] std::size_t size() const noexcept { return inlets_.size(); }
    [[nodiscard]] auto begin() noexcept { return inlets_.begin(); }
    [[nodiscard]] auto begin() const noexcept { return inlets_.begin(); }
    [[nodiscard]] auto end() noexcept { return inlets_.end(); }
    [[nodiscard]] auto end() const noexcept { return inlets_.end(); }

    /// What the component has in hand of what it received.
    [[nodiscard]] hand& in_hand() noexcept { return hand_; }

    /// How many packets it may receive before it lets others run.
    [[nodiscard]] time_slice& slice() noexcept { return slice_; }

    /// Tells an instance's ports which are wired.
    void tell_wired(component& instance) const;

    /// Numbers the packets of the span that an inlet has given its port. No other has one.
    void open(inlet& from, input& port);

    /// Frees what the component took of its span, and keeps the rest.
    void release();

    /// Forgets the span, with its port, which is about to go.
    void close() noexcept;

    /// How many packets the component has received.
    [[nodiscard]] std::uint32_t received() const noexcept { return received_ + taken_of_span(); }

    /// Counts what was received for who looks.
    void count_received() noexcept;

    /// Sets a packet aside to be received again, not before `due`; and if so, alone.
    void park(std::size_t port, packet&& failed, scheduler::clock::time_point due,
              bool alone = false);

    /// Takes a packet that enters the graph here: it is received before what waits on the edges, as a
    /// request of its own, in the order of its key.
    void enter(std::size_t port, packet&& packet);

    /// Takes packets back, those of each input in the order they were received in; the others of their
    /// keys that failed are due at `due`. One that is being tried again remains set aside.
    void put_back(std::vector<std::deque<packet>> packets, scheduler::clock::time_point due);

    /// Tells whether packets are, or ever were, set aside.
    [[nodiscard]] bool has_parked() const noexcept { return has_parked_; }
    [[nodiscard]] bool nothing_is_parked() const noexcept;

    /// Tells whether all was received and nothing more will come; but for what is parked.
    [[nodiscard]] bool exhausted() const noexcept;
    [[nodiscard]] bool edges_exhausted() const noexcept;

    /// Tells whether no end of a request is on its way to an input, though packets came there that none
    /// has ended: a component before has kept them for longer than their request. Who receives at
    /// several inputs in turn gets such an end at each.
    [[nodiscard]] bool must_end_late(const inlet& from) const;

    /// Tells the node before an edge that it has room, and whether it will have no more for now.
    void tell_freed(const wire& from, bool at_last = false) const;
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
    std::vector<inlet> inlets_;
    inlet* open_ = nullptr;      // the one whose port has a span
    input* port_ = nullptr;      // that port
    std::uint32_t received_ = 0; // before that span
    std::uint32_t counted_ = 0;
    bool has_parked_ = false; // ever
    hand hand_;
    time_slice slice_;
};

} // namespace penstock::host
