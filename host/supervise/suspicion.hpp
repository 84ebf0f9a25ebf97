// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/supervise/crash_report.hpp"
#include "host/supervise/shared_memory.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace penstock::host::supervise
{

/// Which requests of a graph may have ended workers, by their numbers in the journal, though no
/// packet was to blame: the worker was killed, or the component that crashed held several.
///
/// They are let in together once. If the next worker dies as well before they are done, they are
/// let in a few at a time, then, of the few at which one died, one at a time: the request at which
/// a worker dies then is to blame.
///
/// After a crash in one of its components a graph is in careful mode until its suspects have ended:
/// packets are handed out one at a time, each noted before, so that the next crash has a packet to
/// blame. It is unknown which entries come again that no journal keeps, those of sources for
/// instance; so as many as were at work, and no fewer than a thousand, count as suspects, and twice
/// as many each time.
struct suspicion
{
    std::string graph;
    std::uint64_t last = 0;     ///< requests up to this one are suspects; 0: none is
    bool in_steps = false;      ///< whether they are let in a few at a time, and not together
    std::uint64_t single = 0;   ///< up to this one they are let in one at a time
    std::uint64_t to_blame = 0; ///< the one that was alone when the worker died; 0: none was
    bool careful = false;
    std::uint64_t watched = 0; ///< so many entries that no journal keeps are suspects
};

/// Reads what the worker before was at, after its death. `crash` is what it noted itself. Before an
/// inflight is made of the shared memory.
[[nodiscard]] std::vector<suspicion> suspicions(const shared_memory& from,
                                                const std::optional<crash_report>& crash);

/// Returns whether a worker has just died while one suspect was let in alone.
[[nodiscard]] bool suspect_was_alone(const shared_memory& from) noexcept;

} // namespace penstock::host::supervise
