// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <cstddef>
#include <deque>

namespace penstock::host::supervise
{

/// How a worker came to need a successor.
enum class worker_end
{
    asked,  ///< it asked to be started anew, as it does when its disk fails
    packet, ///< it crashed, and a packet was to blame
    unexplained
};

/// What to do about a worker that ended.
struct restart
{
    std::chrono::milliseconds after{0};
    bool intake_only = false; ///< take requests in, but run no graph
};

/// Decides how soon a worker is started again, and when its graphs are left out: after more than
/// ten crashes in a minute, of which an end that a worker asked for is none.
///
/// A crash that a packet was to blame for costs no time: such crashes are few, since a packet and a
/// component are each given only three. After any other end, the worker must have been started so
/// long ago: 0, 0.1, 0.5, 1, then 5 s, by the number of such ends in the last minute.
class restart_policy
{
public:
    using clock = std::chrono::steady_clock;

    [[nodiscard]] restart ended(clock::time_point started, clock::time_point now, worker_end how);

private:
    struct past_end
    {
        clock::time_point when;
        worker_end how;
    };

    std::deque<past_end> ends_; // of the last minute
};

} // namespace penstock::host::supervise
