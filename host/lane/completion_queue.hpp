// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <utility>
#include <vector>

namespace penstock::host
{

/// What has happened to the entries of a source since it asked.
struct source_news
{
    std::vector<std::uint64_t> ended; ///< the numbers of those that ended
    bool any_dead = false;            ///< whether dead letters were made of some
    bool abandoned = false;           ///< whether some will never end: their lane was cancelled
    bool has_room = false;            ///< whether the graph may take in more

    [[nodiscard]] bool is_empty() const noexcept
    {
        return ended.empty() && !abandoned && !has_room;
    }
};

/// Gathers, from all lanes, what becomes of the entries of one source until the source asks.
/// [any thread]
class completion_queue
{
public:
    /// `wake` is called once when there are news, if take() had none to give. It must not block,
    /// and does nothing once the source has ended.
    explicit completion_queue(std::function<void()> wake) : wake_(std::move(wake)) {}

    /// Called when every packet made from an entry has ended.
    void ended(std::uint64_t number, bool any_dead);

    /// Called when an entry is abandoned.
    void abandoned();

    /// Called when the graph has given back room.
    void has_room();

    /// Returns what has happened since the last call.
    [[nodiscard]] source_news take();

private:
    void tell(std::unique_lock<std::mutex> lock);

    const std::function<void()> wake_;
    std::mutex mutex_;
    source_news news_;
    bool awaited_ = false;
};

} // namespace penstock::host
