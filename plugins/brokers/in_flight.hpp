// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/source.hpp>

#include <cstdint>
#include <stdexcept>

namespace brokers
{

/// The value of the parameter `in_flight` of a source: more than that is not asked for, because it
/// would wait in front of the graph. [from start() on]
[[nodiscard]] inline std::uint32_t in_flight_of(const penstock::source& of)
{
    for (const auto* each : penstock::detail::component_access::members(of).parameters)
        if (each->name() == "in_flight")
            return each->value().to_number<std::uint32_t>();
    throw std::logic_error("in_flight: is not declared; that of a source was expected");
}

} // namespace brokers
