// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/packet.hpp>

namespace reading
{

/// Whether a packet has no body because its request had none: a GET or a DELETE. A reader sends
/// such a trigger on as it is. An empty body of another request, or of a file, is an empty
/// document.
[[nodiscard]] inline bool is_trigger(const penstock::packet& packet)
{
    if (!packet.data().empty())
        return false;
    const auto method = packet.meta_text("requestmethod");
    return method == "DELETE" || method == "GET";
}

} // namespace reading
