// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/packet.hpp>

namespace packets
{

/// Why a packet of data alone fails where fields are written.
inline constexpr const char* needs_fields =
    "has data and no fields; fields, as a reader or fields/map makes them of data, were expected";

/// Whether a packet has data, and no fields to write. One without both is a trigger.
[[nodiscard]] inline bool is_data_alone(const penstock::packet& packet)
{
    return packet.field_count() == 0 && !packet.data().empty();
}

} // namespace packets
