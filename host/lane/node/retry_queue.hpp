// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <penstock/packet.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace penstock::host
{

/// Keeps the packets of one input that failed until each is due to be tried again.
///
/// A packet stays behind those of its key that came before it, and the packets of that key that
/// come later wait behind them here. One without a key waits for none. [one lane]
class retry_queue
{
public:
    using clock = std::chrono::steady_clock;

    /// Takes a packet that failed, of the request before which so many had ended at the input. The
    /// node has received so many packets. One that is to come alone is to be no part of a batch.
    void add(packet&& failed, clock::time_point due, std::uint32_t received, std::uint64_t request,
             bool alone = false);

    /// Returns whether a packet of one of its keys is here, so that it must wait.
    [[nodiscard]] bool must_wait(const packet& arriving) const;

    /// Takes a packet of that request that must wait, behind all others of its keys.
    void wait_behind(packet&& arriving, std::uint64_t request);

    /// The packet that is to go next, or null if none is due. Valid until the next change.
    [[nodiscard]] const packet* due(clock::time_point now) const;

    /// Returns whether that packet is to come alone. There is one.
    [[nodiscard]] bool is_due_alone() const { return spots_.at(ready_.begin()->second).alone; }

    /// The request of that packet. There is one.
    [[nodiscard]] std::uint64_t due_request() const
    {
        return spots_.at(ready_.begin()->second).request;
    }

    /// When time alone will make the next packet due; `max` if it makes none.
    [[nodiscard]] clock::time_point next_due(clock::time_point now) const
    {
        const auto later = ready_.upper_bound({now, std::numeric_limits<number>::max()});
        return later == ready_.end() ? clock::time_point::max() : later->first;
    }

    /// Takes out the packet that is to go next. There is one.
    [[nodiscard]] packet take();

    /// The earliest request of which a packet is here. There is one.
    [[nodiscard]] std::uint64_t first_request() const noexcept { return *requests_.begin(); }

    /// The request of a packet that was taken out.
    [[nodiscard]] std::optional<std::uint64_t> request_of_taken(const packet_id& id) const;

    /// Forgets the requests of those that were taken and have not failed again.
    void forget_taken() noexcept
    {
        if (!taken_.empty())
            taken_.clear();
    }

    [[nodiscard]] bool empty() const noexcept { return spots_.empty(); }
    [[nodiscard]] std::size_t size() const noexcept { return spots_.size(); }

    /// Returns whether there are packets of keys, so that must_wait() may be true.
    [[nodiscard]] bool holds_keys() const noexcept { return !lines_.empty(); }

private:
    struct spot
    {
        packet content;
        clock::time_point due;
        std::uint64_t receive;              // its number
        std::uint64_t received_when_failed; // how many the node had received when it failed
        std::uint64_t request; // how many had ended when it was received for the first time
        std::vector<std::string> keys;
        bool alone = false;
    };
    using number = std::uint64_t;
    static constexpr std::uint64_t never = std::numeric_limits<std::uint64_t>::max();

    struct hash
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view key) const noexcept
        {
            return std::hash<std::string_view>()(key);
        }
    };

    void add(spot&& made);
    [[nodiscard]] bool is_first(const spot& each, number of) const;

    std::map<number, spot> spots_;
    std::set<std::pair<clock::time_point, number>> ready_; // those that wait for time alone
    std::unordered_map<std::string, std::deque<number>, hash, std::equal_to<>> lines_; // by key
    std::multiset<std::uint64_t> requests_;                                            // of all
    std::map<packet_id, std::uint64_t> taken_; // the request of each
    number last_ = 0;
};

} // namespace penstock::host
