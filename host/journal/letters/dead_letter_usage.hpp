// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>

namespace penstock::host
{

/// The bytes that the dead letters of one graph take, with the entries that they refer to.
/// [any thread]
class dead_letter_usage
{
public:
    /// Called with the bytes after each change, one call at a time. Must not block, nor call the
    /// journal.
    using listener = std::function<void(std::uint64_t bytes)>;

    [[nodiscard]] std::uint64_t bytes() const noexcept
    {
        return bytes_.load(std::memory_order_relaxed);
    }

    /// Sets the listener of `who`, and calls it with the bytes as they are; an empty one ends that.
    /// The one before is not called any more when this returns.
    void watch(const void* who, listener hears);

    /// Adds to the bytes, or takes from them, down to 0.
    void change(std::int64_t by);

private:
    std::mutex mutex_; // guards changes, and the listeners
    std::atomic<std::uint64_t> bytes_{0};
    std::map<const void*, listener> listeners_;
};

} // namespace penstock::host
