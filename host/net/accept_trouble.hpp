// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <string_view>
#include <utility>

namespace penstock::host::http
{

/// Tells once that connections cannot be accepted, and once that they can be again: when one was, a
/// second or more after the last that was not, so that a server at its limit does not tell of each.
/// [one thread at a time]
class accept_trouble
{
public:
    using clock = std::chrono::steady_clock;

    static constexpr std::chrono::seconds quiet{1};

    explicit accept_trouble(std::function<void(std::string_view)> hears) : hears_{std::move(hears)}
    {
    }

    /// Notes that a connection could not be accepted, and why: not empty.
    void failed(std::string_view why, clock::time_point now)
    {
        last_failure_ = now;
        if (!std::exchange(has_failed_, true) && hears_)
        {
            hears_(why);
        }
    }

    /// Notes that one was accepted.
    void succeeded(clock::time_point now)
    {
        if (has_failed_ && now - last_failure_ >= quiet)
        {
            has_failed_ = false;
            if (hears_)
            {
                hears_({});
            }
        }
    }

private:
    std::function<void(std::string_view)> hears_;
    clock::time_point last_failure_;
    bool has_failed_ = false;
};

} // namespace penstock::host::http
