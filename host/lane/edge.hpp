// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/counters.hpp"

#include <penstock/detail/packet_access.hpp>
#include <penstock/packet.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <unordered_set>
#include <vector>

namespace penstock::host
{

class tap;

/// Queues packets from one output to one input, first in first out, up to its capacity.
///
/// A ring whose slots are filled and emptied in place: the producer writes into writable() and
/// publishes, the consumer takes from readable() and consumes, a whole span at a time. The end of a
/// request stands between two packets; it takes no slot. [one lane]
class edge
{
public:
    /// `capacity` is rounded up to a power of two. If it drops, nobody waits for room in it.
    edge(std::size_t capacity, edge_counters& counters, bool drops = false);
    ~edge();
    edge(const edge&) = delete;
    edge& operator=(const edge&) = delete;

    /// Free slots in one piece; empty when the edge is full.
    [[nodiscard]] std::span<packet> writable() noexcept
    {
        // An empty ring begins anew, so that few packets at a time go through few slots: ten edges
        // of 256 do not fit into the nearest cache.
        if (head_ == tail_)
            first_ = tail_;
        const std::size_t at = slot_of(tail_);
        return {slots_.get() + at, std::min(capacity() - size(), capacity() - at)};
    }

    /// Returns whether what it has no room for is dropped, and hears how much was.
    [[nodiscard]] bool drops() const noexcept { return drops_; }
    void dropped(std::size_t count) noexcept { counters_.dropped.add(count); }

    /// Makes the first `count` writable slots, now filled, visible to the consumer.
    void publish(std::size_t count) noexcept
    {
        if (taps_ != nullptr) [[unlikely]]
            show(count);
        tail_ += count;
        counters_.entered.store(tail_, std::memory_order_relaxed);
    }

    /// Adds a viewer of the packets that are published, until the tap is closed.
    void add_tap(std::shared_ptr<tap> viewer);

    /// Adds the end of a request behind what was published, and behind the first `ahead` writable
    /// slots, which are published later.
    void add_request_end(std::size_t ahead = 0);

    /// Closes the edge: nothing more will come.
    void close() noexcept { closed_ = true; }
    [[nodiscard]] bool closed() const noexcept { return closed_; }

    /// The next packets in one piece, up to the next end of a request and at most `most`.
    [[nodiscard]] std::span<packet> readable(std::size_t most) noexcept
    {
        const std::size_t at = slot_of(head_);
        const std::uint64_t until =
            request_ends_.empty() ? tail_ : std::min(tail_, request_ends_.front().at);
        return {slots_.get() + at,
                std::min({most, static_cast<std::size_t>(until - head_), capacity() - at})};
    }

    /// Frees the first `count` readable slots, whose packets were taken.
    void consume(std::size_t count) noexcept
    {
        head_ += count;
        if (!outgrown_.empty()) [[unlikely]]
            outgrown_.clear();
        counters_.left.store(head_, std::memory_order_relaxed);
    }

    /// Returns whether the next thing to take is the end of a request.
    [[nodiscard]] bool at_request_end() const noexcept
    {
        return !request_ends_.empty() && request_ends_.front().at == head_;
    }
    void consume_request_end() noexcept
    {
        if (--request_ends_.front().count == 0)
            request_ends_.pop_front();
    }

    /// The number of requests that have ended before the next packet.
    [[nodiscard]] std::size_t request_ends_ahead() const noexcept
    {
        return at_request_end() ? static_cast<std::size_t>(request_ends_.front().count) : 0;
    }

    /// Returns whether all was taken and nothing more will come.
    [[nodiscard]] bool exhausted() const noexcept
    {
        return closed_ && head_ == tail_ && request_ends_.empty();
    }

    /// Doubles the capacity. Spans got before are void; readable() starts with the same packets.
    /// The first `taken` readable slots, whose packets the consumer has in hand or is lent, stay
    /// where they are until they are consumed; consume() frees them all at once then.
    void grow(std::size_t taken = 0);

    /// Sums up what the queued packets take, each as if no other shared its body.
    [[nodiscard]] std::uint64_t bytes() const noexcept;

    /// The same, of those whose bodies are not counted yet, which are then.
    [[nodiscard]] std::uint64_t bytes(std::unordered_set<const void*>& counted) const;

    [[nodiscard]] std::size_t size() const noexcept { return tail_ - head_; }
    [[nodiscard]] std::size_t capacity() const noexcept { return mask_ + 1; }
    [[nodiscard]] bool empty() const noexcept { return head_ == tail_ && request_ends_.empty(); }
    [[nodiscard]] bool full() const noexcept { return size() == capacity(); }

    /// Returns whether so much was taken that a producer that waits for room should go on.
    [[nodiscard]] bool half_empty() const noexcept { return size() <= capacity() / 2; }

private:
    struct slots_deleter
    {
        std::size_t count;
        void operator()(packet* slots) const noexcept;
    };
    using slots = std::unique_ptr<packet, slots_deleter>;

    // Requests that ended at one tail: most of those that bring no packet here.
    struct request_ends
    {
        std::uint64_t at;
        std::uint64_t count;
    };

    [[nodiscard]] std::size_t slot_of(std::uint64_t number) const noexcept
    {
        return (number - first_) & mask_;
    }

    static slots empty_slots(std::size_t count);
    void show(std::size_t count) noexcept;

    slots slots_;
    std::vector<slots> outgrown_; // in which the consumer may still have packets
    std::size_t mask_;
    std::uint64_t head_ = 0;                // counts all packets ever taken
    std::uint64_t tail_ = 0;                // counts all packets ever published
    std::uint64_t first_ = 0;               // the number of the packet in the first slot
    std::deque<request_ends> request_ends_; // in the order of their tails, one for each
    edge_counters& counters_;
    std::unique_ptr<std::vector<std::shared_ptr<tap>>> taps_; // null while there are no taps
    bool closed_ = false;
    const bool drops_;
};

} // namespace penstock::host
