// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/packet.hpp>

namespace packets
{

/// Whether a packet is an order to delete a document, by its meta `requestmethod`. Whoever changes
/// documents passes it on, whatever fields it has.
[[nodiscard]] inline bool is_order_to_delete(const penstock::packet& packet)
{
    return packet.meta_text("requestmethod") == "DELETE";
}

} // namespace packets
