// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/lane_entry.hpp"

#include <functional>
#include <memory>
#include <mutex>
#include <vector>

namespace penstock::host
{

/// Takes in, from any thread, what a lane is to do: entries, and calls to make on its thread.
/// Outlives its lane, so that what comes too late goes nowhere.
class mailbox : public std::enable_shared_from_this<mailbox>
{
public:
    /// Hands an entry over, unless the lane has ended; then it stays with the caller. The lane is
    /// woken, with this thread's wake_batch if there is one.
    bool post(std::unique_ptr<lane_entry>& entry);

    /// Posts a call that the lane's thread makes, unless the lane has ended.
    void post(std::function<void()> call);

    /// Wakes the lane, unless it has ended.
    void wake();

    /// Sets what wakes the lane when something is posted, and calls it; until close().
    void open(std::function<void()> notify);

    /// Ends the taking in; returns the entries that nobody took.
    std::vector<std::unique_ptr<lane_entry>> close();

    /// Takes what was posted since, by swapping. [the lane's thread]
    void take(std::vector<std::unique_ptr<lane_entry>>& entries,
              std::vector<std::function<void()>>& calls);

private:
    std::mutex mutex_;
    std::vector<std::unique_ptr<lane_entry>> entries_;
    std::vector<std::function<void()>> calls_;
    bool closed_ = false;
    bool notified_ = false;

    // Not the other one, which the lane would wait for as soon as it is woken.
    std::mutex waking_;
    std::function<void()> notify_;
};

} // namespace penstock::host
