// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/supervise/inflight.hpp"

#include <penstock/packet.hpp>

#include <optional>
#include <string>
#include <vector>

namespace penstock::host::supervise
{

/// What the worker before died of.
struct crash_report
{
    node_name who;      ///< empty texts: no component ran
    packet_id packet;   ///< all zero: it held none, or several
    std::string reason; ///< `SIGSEGV`, `SIGSEGV, stack overflow`, or `ran for 10 s`
};

/// `SIGSEGV`.
[[nodiscard]] std::string name_of_signal(int number);

/// Reads the note that the worker before left; nothing if it left none. Before an inflight is made
/// of the shared memory.
[[nodiscard]] std::optional<crash_report> last_crash(const shared_memory& from);

/// The components that ran when the worker before was killed, which says nothing against them.
[[nodiscard]] std::vector<node_name> ran_at_the_end(const shared_memory& from);

} // namespace penstock::host::supervise
