// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace penstock::host
{

class completion_queue;

/// Remembers which sources wait until their graph has room. [any thread]
class room_queue
{
public:
    /// Registers a source that is notified when room is given back. The caller must try once more
    /// afterwards: room that was given back before is not told of.
    void wait(std::shared_ptr<completion_queue> source);

    /// Called when room was given back. As a rule nobody waits, and this costs one atomic
    /// operation.
    void freed()
    {
        // It reads and writes, as wait() does, so that one of the two comes first: either this sees
        // who waits, or who waits sees the room. A fence would do, but the thread sanitizer knows
        // none.
        if (any_.fetch_add(0, std::memory_order_acq_rel) != 0)
            tell();
    }

private:
    void tell();

    std::atomic<unsigned> any_{0}; // 1 if any wait
    std::mutex mutex_;
    std::vector<std::shared_ptr<completion_queue>> waiting_;
};

} // namespace penstock::host
