// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <chrono>
#include <cstddef>
#include <deque>

namespace penstock::host::supervise
{

/// What to do about a worker that crashed.
struct restart
{
    std::chrono::milliseconds after{0};
    bool intake_only = false; ///< take requests in, but run no graph
};

/// Decides how soon a crashed worker is started again, and when its graphs are left out: after more
/// than ten crashes in a minute.
///
/// A crash that a packet was to blame for costs no time: such crashes are few, since a packet and a
/// component are each given only three. Before any other one, workers must have been started so
/// long ago: 0, 0.1, 0.5, 1, then 5 s, by the number of such crashes in the last minute.
class restart_policy
{
public:
    using clock = std::chrono::steady_clock;

    [[nodiscard]] restart crashed(clock::time_point started, clock::time_point now,
                                  bool packet_was_blamed);

private:
    struct crash
    {
        clock::time_point when;
        bool blamed;
    };

    std::deque<crash> crashes_;
};

} // namespace penstock::host::supervise
