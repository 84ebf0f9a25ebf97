// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/node/input_queue.hpp"

#include <penstock/port.hpp>

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

    /// Returns whether the port writes into its only edge.
    [[nodiscard]] bool writes_into_edge() const noexcept { return writes_into_edge_; }

    [[nodiscard]] const std::vector<edge_end>& ends() const noexcept { return ends_; }

    /// The slots filled since they were given to the port.
    [[nodiscard]] std::size_t filled(const output& port) const noexcept
    {
        return static_cast<std::size_t>(detail::port_access::next(port) - span_begin_);
    }

    /// The packets filled in since, to be published next.
    [[nodiscard]] std::span<packet> filled_slots(const output& port) noexcept
    {
        return {span_begin_, filled(port)};
    }

    /// Gives the port free slots; there are none if its only edge is full.
    void next_span(output& port, std::size_t most);

    /// Takes the span away from the port and publishes what was filled, if that was written into an
    /// edge; otherwise hands the span of filled packets to `share`. Returns how many were filled.
    template <class Published, class Share>
    std::size_t publish(output& port, Published published, Share share)
    {
        const std::size_t count = filled(port);
        packet* const begin = span_begin_;
        span_begin_ = nullptr;
        detail::port_access::set_span(port, nullptr, nullptr);
        if (count == 0)
            return 0;
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
    std::vector<edge_end> ends_;
    bool writes_into_edge_ = false;
    std::vector<packet> buffer_;
    packet* span_begin_ = nullptr;
};

} // namespace penstock::host
