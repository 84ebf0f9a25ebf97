// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/graph/retry.hpp"
#include "host/lane/retry_note.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <random>
#include <string>

namespace penstock::host
{

/// The availability of what a node works with; one object for all lanes and versions of the node.
///
/// While it is away, one lane at a time probes with one packet, after a pause that doubles; when it
/// has been found, all go on. [any thread]
class availability
{
public:
    using clock = std::chrono::steady_clock;

    [[nodiscard]] bool is_away() const noexcept { return away_.load(std::memory_order_relaxed); }

    /// What a lane that has a packet may do.
    enum class permission
    {
        go,
        probe, ///< with one packet; found(), lost() or give_up() must follow
        wait
    };

    struct answer
    {
        permission may;
        clock::time_point until; ///< of a wait: when to ask again
    };

    /// Answers a lane; if it must wait, `wake` is called once when it should ask earlier.
    [[nodiscard]] answer ask(const void* who, clock::time_point now, std::function<void()> wake);

    /// Called by any node that finds it away, after a probe or without. The next probe is made
    /// after the policy's pause, and not before `retry_after`. Returns whether this was not known.
    bool lost(const std::string& why, std::chrono::milliseconds retry_after,
              const retry_policy& pace, bool probed);

    /// Called when a probe has found it.
    void found();

    /// Called when a probe was not made.
    void give_up();

    /// A version of the node has come or gone: the next probe is due at once, and what it was away
    /// for is forgotten unless somebody still probes or asks again.
    void hurry();

    /// Since when it is away, and why; nothing if it is there, or nobody has asked for it since
    /// hurry().
    [[nodiscard]] std::optional<retry_report> report() const;

private:
    using wakers = std::map<const void*, std::function<void()>>;

    static void call(const wakers& waiting);

    mutable std::mutex mutex_;
    std::atomic<bool> away_{false};
    bool probing_ = false;
    bool is_asked_for_ = false; // by a version that is there
    clock::time_point next_{};
    retry_report report_;
    wakers waiting_;
    std::minstd_rand random_{std::random_device{}()};
};

} // namespace penstock::host
