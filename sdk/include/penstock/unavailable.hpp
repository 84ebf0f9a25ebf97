// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/export.hpp>

#include <chrono>
#include <stdexcept>
#include <string>

namespace penstock
{

/// The exception of a component whose far side is away: a server refuses connections, a disk is
/// full.
///
/// No packet is to blame. Those in hand are received again and use none of their attempts. Until
/// the far side is back, the node waits, on all lanes; one packet at a time is handed out to see
/// whether it is. Thrown by `publisher::write()`, `publisher::connect()`, `transformer::process()`,
/// `filter::keep()` and `component::run()`.
class PENSTOCK_EXPORT unavailable : public std::runtime_error
{
public:
    /// The node waits at least `retry_after`, as a server may have asked for.
    explicit unavailable(const std::string& why,
                         std::chrono::milliseconds retry_after = std::chrono::milliseconds(0))
        : std::runtime_error(why), retry_after_(retry_after)
    {
    }

    /// The least time to wait; 0: the policy of the graph alone decides.
    [[nodiscard]] std::chrono::milliseconds retry_after() const noexcept { return retry_after_; }

private:
    std::chrono::milliseconds retry_after_;
};

} // namespace penstock
