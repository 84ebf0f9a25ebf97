// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <vector>

namespace penstock::host
{

class mailbox;

/// Wakes the lanes to which this thread hands entries once for all that are at hand, and not for
/// each entry: waking a thread costs as much as a small request, and a lane that wakes to many
/// entries works on them together. One at a time on a thread.
class wake_batch
{
public:
    /// `post` makes a call on this thread later, and soon: the lanes may sleep until then.
    explicit wake_batch(std::function<void(std::function<void()>)> post);

    /// Wakes those that wait for it.
    ~wake_batch();
    wake_batch(const wake_batch&) = delete;
    wake_batch& operator=(const wake_batch&) = delete;

    /// Adds the lane of a mailbox to the batch of this thread; false if the thread has
    /// none, or no memory.
    static bool takes(std::shared_ptr<mailbox> asleep);

private:
    void wake();

    const std::function<void(std::function<void()>)> post_;
    std::vector<std::shared_ptr<mailbox>> asleep_;
};

} // namespace penstock::host
