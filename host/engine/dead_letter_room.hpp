// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/letters/dead_letter_usage.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

namespace penstock::host
{

/// The room that a graph has for dead letters. None is let go of for want of it: while there is
/// none, the graph takes in nothing, and what is pending in its journal stays there. [any thread]
class dead_letter_room
{
public:
    /// What the listener is told: whether there is no room any more, or again some. Must not block.
    using listener = std::function<void(bool is_full)>;

    /// There is room while `usage` is less than `most` bytes.
    dead_letter_room(std::shared_ptr<dead_letter_usage> usage, std::uint64_t most);
    ~dead_letter_room();
    dead_letter_room(const dead_letter_room&) = delete;
    dead_letter_room& operator=(const dead_letter_room&) = delete;

    /// Sets who is told of changes from now on, once for each; empty: nobody. The listener before
    /// is not called any more when this returns.
    void watch(listener hears);

    [[nodiscard]] bool is_full() const noexcept { return usage_->bytes() >= most_; }

    /// Since when there is no room; nothing if there is.
    [[nodiscard]] std::optional<std::chrono::system_clock::time_point> full_since() const;

    [[nodiscard]] std::uint64_t bytes() const noexcept { return usage_->bytes(); }
    [[nodiscard]] std::uint64_t most() const noexcept { return most_; }

private:
    void changed(std::uint64_t bytes, const listener& hears);

    const std::shared_ptr<dead_letter_usage> usage_;
    const std::uint64_t most_;
    mutable std::mutex mutex_;
    std::optional<std::chrono::system_clock::time_point> full_since_;
};

} // namespace penstock::host
