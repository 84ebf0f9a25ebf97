// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/scheduler.hpp"

#include <deque>
#include <optional>

namespace penstock::host
{

/// Decides how long a node waits before it makes its component anew that failed without a packet to
/// blame, and when that has no more point: at the fifth time within a minute. [one lane]
class restart_pauses
{
public:
    using clock = scheduler::clock;

    /// Notes a failure; tells until when to wait, or nothing if the node is to give up.
    [[nodiscard]] std::optional<clock::time_point> failed(clock::time_point now);

private:
    std::deque<clock::time_point> failures_;
};

} // namespace penstock::host
