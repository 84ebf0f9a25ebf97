// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/node/output_writer.hpp"

#include <penstock/detail/packet_access.hpp>

#include <span>

namespace penstock::host
{

std::span<packet> output_writer::buffer(std::size_t size)
{
    while (buffer_.size() < size)
        buffer_.push_back(detail::packet_access::none());
    return buffer_;
}

} // namespace penstock::host
