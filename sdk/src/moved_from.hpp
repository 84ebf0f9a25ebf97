// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/detail/packet_access.hpp>

#include <stdexcept>
#include <string>

namespace penstock::detail
{

/// Throws std::logic_error if the packet that a call is given was moved from.
inline void refuse_moved_from(const packet& given, const char* call)
{
    if (packet_access::is_none(given)) [[unlikely]]
        throw std::logic_error(std::string(call) +
                               ": the packet was moved from; one in hand was expected");
}

} // namespace penstock::detail
