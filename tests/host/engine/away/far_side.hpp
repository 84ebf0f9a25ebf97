// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/host/engine/bench.hpp"

#include <atomic>

namespace penstock::host::tests
{

inline constexpr retry_policy quick{.attempts = 2, .backoff = 1ms, .max_backoff = 4ms};

/// Stands for a server that can be away, and counts who knocks.
class far_side
{
public:
    /// Takes texts, or throws when it is away.
    void take(const std::vector<std::string>& texts)
    {
        ++knocks_;
        const int together = ++at_once_;
        int most = most_at_once_;
        while (together > most && !most_at_once_.compare_exchange_weak(most, together))
            continue;
        std::size_t largest = largest_;
        while (is_away_ && texts.size() > largest &&
               !largest_.compare_exchange_weak(largest, texts.size()))
            continue;
        --at_once_;
        if (is_away_)
            throw unavailable("nobody is there", retry_after_);
        for (const std::string& each : texts)
            got.add(each);
    }

    void go() { is_away_ = true; }
    void come_back() { is_away_ = false; }
    void ask_for(std::chrono::milliseconds pause) { retry_after_ = pause; }

    /// Forgets what was counted.
    void count_anew()
    {
        knocks_ = 0;
        largest_ = 0;
        most_at_once_ = 0;
    }

    [[nodiscard]] int knocks() const { return knocks_; }
    [[nodiscard]] std::size_t largest() const { return largest_; }
    [[nodiscard]] int most_at_once() const { return most_at_once_; }

    bool wait_for_knocks(int count) const
    {
        const auto deadline = std::chrono::steady_clock::now() + 20s;
        while (knocks_ < count && std::chrono::steady_clock::now() < deadline)
            std::this_thread::yield();
        return knocks_ >= count;
    }

    collected got;

private:
    std::atomic<bool> is_away_{false};
    std::atomic<std::chrono::milliseconds> retry_after_{0ms};
    std::atomic<int> knocks_{0};
    std::atomic<int> at_once_{0};
    std::atomic<int> most_at_once_{0};
    std::atomic<std::size_t> largest_{0};
};

class shipper final : public publisher
{
public:
    explicit shipper(far_side& to) : publisher({.count = 8, .wait = 0ms}), to_(to) {}

private:
    far_side& to_;

    void write(batch& items) override
    {
        std::vector<std::string> texts;
        for (const packet& each : items)
            texts.push_back(each.text("text"));
        blocking([&] { to_.take(texts); });
    }
};

inline plan_builder ship(far_side& to, retry_policy retry = quick)
{
    return plan_builder()
        .door()
        .node("ship", category::publisher, [&to] { return std::make_unique<shipper>(to); })
        .retry(retry)
        .edge("door.out", "ship.in");
}

} // namespace penstock::host::tests
