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
    /// Has a source told when room is given back. Whoever calls this must try once more afterwards: room
    /// that was given back before is not told of.
    void wait(std::shared_ptr<completion_queue> source);

    /// Hears that room was given back. As a rule nobody waits, and this costs a fence and a comparison.
    void freed()
    {
        // With that of wait(): either who waits sees the room, or this sees who waits.
        std::atomic_thread_fence(std::memory_order_seq_cst);
        if (any_.load(std::memory_order_relaxed))
            tell();
    }

private:
    void tell();

    std::atomic<bool> any_{false};
    std::mutex mutex_;
    std::vector<std::shared_ptr<completion_queue>> waiting_;
};

} // namespace penstock::host
