// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/node/output_writer.hpp"

#include <penstock/detail/packet_access.hpp>

#include <algorithm>
#include <span>

namespace penstock::host
{

void output_writer::next_span(output& port, std::size_t most)
{
    std::span<packet> slots;
    if (writes_into_edge_)
        slots = ends_.front().queue->writable();
    else
    {
        while (buffer_.size() < most)
            buffer_.push_back(detail::packet_access::none());
        slots = buffer_;
    }
    span_begin_ = slots.data();
    detail::port_access::set_span(port, slots.data(), slots.data() + std::min(most, slots.size()));
}

} // namespace penstock::host
