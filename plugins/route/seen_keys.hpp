// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>
#include <penstock/packet.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string_view>
#include <unordered_map>

namespace route_package
{

/// The hashes of keys that were seen, with the packet that had each first, and when. The oldest are
/// forgotten first. Times are milliseconds since 1970.
class seen_keys
{
public:
    /// Forgets keys that are older than `window`, and the oldest if there are more than `most`.
    seen_keys(std::int64_t window, std::size_t most) : window_(window), most_(most) {}

    /// Whether the key was seen within the window with another packet. If not, the packet is
    /// noted, unless it is there: one that comes again after a crash is no duplicate of its own.
    [[nodiscard]] bool is_duplicate(std::uint64_t key, penstock::packet_id by, std::int64_t now);

    /// Forgets one key, if it is there.
    void forget(std::uint64_t key) { keys_.erase(key); }

    /// All of them as a text of hexadecimal digits, for a state.
    [[nodiscard]] penstock::json::string text() const;

    /// Takes over what text() returned. Throws std::invalid_argument for anything else.
    void read(std::string_view text);

    /// How many places it keeps, those of keys that were forgotten among them.
    [[nodiscard]] std::size_t places() const noexcept { return order_.size(); }

private:
    struct first
    {
        penstock::packet_id packet;
        std::int64_t time;
        std::uint64_t number; // of all that were noted
    };

    struct place
    {
        std::uint64_t key;
        std::uint64_t number; // another one than that of the key: it was forgotten, and came again
    };

    void note(std::uint64_t key, const first& by);
    void forget_oldest(std::int64_t now);

    std::int64_t window_;
    std::size_t most_;
    std::unordered_map<std::uint64_t, first> keys_;
    std::deque<place> order_; // of time
    std::uint64_t count_ = 0;
};

} // namespace route_package
