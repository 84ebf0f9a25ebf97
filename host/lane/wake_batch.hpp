// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <vector>

namespace penstock::host
{

class mailbox;

/// Wakes the lanes to which this thread hands entries once, when it ends, and not for each entry:
/// waking a thread costs as much as a small request, and a lane that wakes to many entries works on
/// them together. One at a time on a thread, and not for long: the lanes may sleep until it ends.
class wake_batch
{
public:
    wake_batch() noexcept;

    /// Wakes them.
    ~wake_batch();
    wake_batch(const wake_batch&) = delete;
    wake_batch& operator=(const wake_batch&) = delete;

    /// Adds the lane of a mailbox to the batch of this thread; false if the thread has none.
    static bool takes(std::shared_ptr<mailbox> asleep);

private:
    std::vector<std::shared_ptr<mailbox>> asleep_;
};

} // namespace penstock::host
