// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "limits.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace penstock::host::http
{

/// Tells when a body that comes in is too slow. It has some time, and each byte earns some more,
/// but never more than there was at first: who has sent much at once may not rest on it. What holds
/// while memory is short is counted from the begin, so that those who are slow can be told from the
/// others at once.
class body_pace
{
public:
    using clock = std::chrono::steady_clock;

    body_pace(const limits& bounds, clock::time_point begin) noexcept
        : usual_{bounds.body_time, bounds.body_rate, begin + bounds.body_time},
          strict_{std::min(bounds.body_time, bounds.short_body_time), bounds.short_body_rate,
                  begin + std::min(bounds.body_time, bounds.short_body_time)}
    {
    }

    void received(std::size_t bytes, clock::time_point now) noexcept
    {
        usual_.earn(bytes, now);
        strict_.earn(bytes, now);
    }

    /// The time by which more must have come.
    [[nodiscard]] clock::time_point due(bool is_short) const noexcept
    {
        return is_short ? strict_.due : usual_.due;
    }

private:
    struct allowance
    {
        void earn(std::size_t bytes, clock::time_point now) noexcept
        {
            const std::chrono::microseconds earned{rate > 0 ? bytes * 1'000'000 / rate : 0};
            due = rate > 0 ? std::min(due + earned, now + most) : due;
        }

        std::chrono::milliseconds most;
        std::size_t rate;
        clock::time_point due;
    };

    allowance usual_;
    allowance strict_;
};

} // namespace penstock::host::http
