// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace penstock::host
{

/// The number of entries that are on their way into the journal, which has neither kept nor refused
/// them. [any thread]
class append_count
{
public:
    void begin(std::size_t entries = 1)
    {
        std::lock_guard lock(mutex_);
        count_ += entries;
    }

    void end() noexcept
    {
        std::lock_guard lock(mutex_);
        if (--count_ == 0)
            none_.notify_all();
    }

    /// Waits until there is none. Blocks.
    void wait_for_none()
    {
        std::unique_lock lock(mutex_);
        none_.wait(lock, [this] { return count_ == 0; });
    }

private:
    std::mutex mutex_;
    std::size_t count_ = 0;
    std::condition_variable none_;
};

/// Counts one entry down at the end of its scope.
class append_end
{
public:
    explicit append_end(append_count& from) : from_(from) {}
    append_end(const append_end&) = delete;
    append_end& operator=(const append_end&) = delete;
    ~append_end() { from_.end(); }

private:
    append_count& from_;
};

} // namespace penstock::host
