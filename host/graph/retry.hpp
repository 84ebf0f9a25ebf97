// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/problem_list.hpp"

#include <penstock/json.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace penstock::host
{

/// Returns how often a node tries a packet that fails, and how long it waits between.
struct retry_policy
{
    std::uint16_t attempts = 5; ///< in all; 1: none is tried again
    std::chrono::milliseconds backoff{200};
    std::chrono::milliseconds max_backoff{30'000}; ///< the wait doubles up to this
    bool on_throw = true;                          ///< an exception left the component
    bool on_fail = false;                          ///< the component called fail()

    friend bool operator==(const retry_policy&, const retry_policy&) = default;
};

inline constexpr retry_policy no_retry{.attempts = 1};
inline constexpr std::uint16_t greatest_attempts = 1000;
inline constexpr std::chrono::hours greatest_backoff{24};

/// Reads the `retry` of a node; what is missing has its default, what is wrong is added to
/// `problems` with its JSON pointer below `pointer`.
[[nodiscard]] retry_policy read_retry(const json::object& form, const std::string& pointer,
                                      problem_list& problems);

} // namespace penstock::host
