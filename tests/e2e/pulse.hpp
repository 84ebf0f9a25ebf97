// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "live_host.hpp"

#include <atomic>
#include <chrono>
#include <cstdint>
#include <thread>
#include <vector>

namespace penstock::e2e
{

/// Asks `/livez` again and again, on a connection of its own, from its construction on, and notes
/// how long each answer takes.
class pulse
{
public:
    explicit pulse(std::uint16_t port);
    ~pulse();
    pulse(const pulse&) = delete;
    pulse& operator=(const pulse&) = delete;

    /// Ends it, and requires that it was answered all the time, nine times of ten within 50 ms, and
    /// always within a second. A machine of a CI runner, which is shared, has five times as long;
    /// with a sanitizer only the answers count.
    void must_have_been_steady();

private:
    void ask();

    caller asks_;
    std::atomic<bool> ended_ = false;
    bool lives_ = true; // all the time
    std::vector<clock::duration> times_;
    std::thread asking_;
};

} // namespace penstock::e2e
