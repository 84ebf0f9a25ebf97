// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/export.hpp>

#include <chrono>

namespace penstock
{

/// Returns the time on the clock of a component's waits: the steady clock; in a test run a clock of
/// its own, which waits move on. Deadlines are made from it: `in.receive_until(now() + 10s)`. [any
/// thread; outside of a component's own fiber it is the steady clock]
[[nodiscard]] PENSTOCK_EXPORT std::chrono::steady_clock::time_point now() noexcept;

/// Suspends this fiber, and no other, until a time on that clock; if it has passed, until others
/// have run. What was sent goes on before. Throws `stopped` at teardown, in a source also when its
/// graph takes in nothing more. In a test run it is over at once. [a component's own fiber] Throws
/// std::logic_error elsewhere.
PENSTOCK_EXPORT void wait_until(std::chrono::steady_clock::time_point when);

/// Suspends this fiber for a length of time, as wait_until() does.
PENSTOCK_EXPORT void wait_for(std::chrono::nanoseconds time);

} // namespace penstock
