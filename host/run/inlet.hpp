// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/run/edge.hpp"

#include <penstock/detail/runtime.hpp>
#include <penstock/port.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <vector>

namespace penstock::host
{

class node;

/// One end of an edge as a port sees it: the queue, and the node at the other end.
struct wire
{
    edge* queue = nullptr;
    node* other = nullptr; ///< null at the lane's door, where entries come in
};

/// Merges the edges of one input port in turn, and finds the ends of requests: a request has ended
/// at the port when its mark has come on every edge, so an edge that is ahead waits. [one lane]
class inlet
{
public:
    void add(wire from) { wires_.push_back({from, false}); }

    /// Takes packets back, in the order they were received in, to be received again first; and the
    /// ends of requests that were not forwarded yet, each behind the packets that came before it.
    void put_back(std::deque<packet> packets);

    /// Frees what the component took of its span; keeps the rest for the next instance.
    /// Calls `freed(wire)` for the edge whose slots were freed.
    template <class Freed>
    void release_span(input& port, Freed freed)
    {
        packet* const at = detail::port_access::next(port);
        const std::size_t taken = static_cast<std::size_t>(at - span_begin_);
        detail::port_access::set_span(port, nullptr, nullptr);
        release_taken(taken, freed);
    }

    /// Gives the port its next span, of at most `most` packets; tells whether there was one.
    bool next_span(input& port, std::size_t most);

    /// Passes the end of a request if it is reached on all edges; tells whether it did. `turn` is
    /// that of the packet received last.
    bool pass_request_end(std::uint32_t turn);

    /// Hears that the ends of so many requests were forwarded and will not be taken back.
    void request_ends_forwarded(std::uint64_t count) noexcept;

    /// Tells whether all was received and nothing more will come.
    [[nodiscard]] bool exhausted() const noexcept;

    /// The number of requests whose end was passed; "all" once exhausted.
    [[nodiscard]] std::uint64_t requests_ended() const noexcept
    {
        return exhausted() ? std::numeric_limits<std::uint64_t>::max() : requests_ended_;
    }

    [[nodiscard]] std::size_t span_size() const noexcept { return span_size_; }

    /// Doubles the edge; the port's span moves with it.
    void grow(edge& queue, input* port);

    template <class Visit>
    void each_wire(Visit visit) const
    {
        for (const waiting_wire& each : wires_)
            visit(each.from);
    }

private:
    struct waiting_wire
    {
        wire from;
        bool at_mark; ///< its mark came; those of other edges did not all yet
    };

    template <class Freed>
    void release_taken(std::size_t taken, Freed freed)
    {
        if (span_begin_ == nullptr)
            return;
        if (from_put_back_)
            put_back_.erase(put_back_.begin(),
                            put_back_.begin() + static_cast<std::ptrdiff_t>(taken));
        else
        {
            const wire& from = wires_[current_].from;
            from.queue->consume(taken);
            freed(from);
        }
        span_begin_ = nullptr;
        span_size_ = 0;
    }

    std::vector<waiting_wire> wires_;
    std::size_t current_ = 0; // the edge the span belongs to
    packet* span_begin_ = nullptr;
    std::size_t span_size_ = 0;
    std::deque<packet> put_back_; // an empty handle stands for the end of a request
    bool from_put_back_ = false;
    std::uint64_t requests_ended_ = 0;
    std::deque<std::uint32_t> ended_at_; // the turns at which those ended that were not forwarded
};

} // namespace penstock::host
