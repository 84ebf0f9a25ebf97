// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/node/input_queue.hpp"

#include <penstock/port.hpp>

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

namespace penstock::host
{

/// Feeds what one output port sends to its edges. With one edge the port writes into the edge's own
/// slots; with several, or none, or one that drops what it has no room for, into a buffer that is
/// shared out, or dropped. [one lane]
class output_writer
{
public:
    void add(edge_end to)
    {
        ends_.push_back(to);
        writes_into_edge_ = ends_.size() == 1 && !to.queue->drops();
    }

    /// Writes what a port is sent from now on; null: nothing is.
    void connect(output* port) noexcept
    {
        port_ = port;
        span_begin_ = nullptr;
    }

    /// The place of the port among the outputs. There is one.
    [[nodiscard]] std::size_t index() const noexcept { return port_->index(); }

    /// Returns whether the port writes into its only edge.
    [[nodiscard]] bool writes_into_edge() const noexcept { return writes_into_edge_; }

    [[nodiscard]] const std::vector<edge_end>& ends() const noexcept { return ends_; }

    /// The slots filled since they were given to the port.
    [[nodiscard]] std::size_t filled() const noexcept
    {
        return port_ == nullptr
                   ? 0
                   : static_cast<std::size_t>(detail::port_access::next(*port_) - span_begin_);
    }

    /// The packets filled in since, to be published next.
    [[nodiscard]] std::span<packet> filled_slots() noexcept { return {span_begin_, filled()}; }

    /// Returns whether the port has slots, filled or not.
    [[nodiscard]] bool has_span() const noexcept { return span_begin_ != nullptr; }

    /// Takes slots away of which the port has filled none.
    void take_span() noexcept
    {
        span_begin_ = nullptr;
        detail::port_access::set_span(*port_, nullptr, nullptr);
    }

    /// Gives the port free slots; there are none if its only edge is full.
    void next_span(std::size_t most)
    {
        const std::span<packet> slots =
            writes_into_edge_ ? ends_.front().queue->writable() : buffer(most);
        span_begin_ = slots.data();
        detail::port_access::set_span(*port_, slots.data(),
                                      slots.data() + std::min(most, slots.size()));
    }

    /// Takes the span away from the port and publishes what was filled, if that was written into an
    /// edge; otherwise hands the span of filled packets to `share`. Returns how many were filled.
    template <class Published, class Share>
    std::size_t publish(Published published, Share share)
    {
        const std::size_t count = filled();
        if (count == 0)
            return 0;
        packet* const begin = span_begin_;
        take_span();
        if (writes_into_edge_)
        {
            ends_.front().queue->publish(count);
            published(ends_.front());
        }
        else
            share(std::span<packet>(begin, count));
        return count;
    }

private:
    [[nodiscard]] std::span<packet> buffer(std::size_t size);

    output* port_ = nullptr;
    std::vector<edge_end> ends_;
    bool writes_into_edge_ = false;
    std::vector<packet> buffer_;
    packet* span_begin_ = nullptr;
};

} // namespace penstock::host
