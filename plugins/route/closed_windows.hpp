// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>
#include <penstock/packet.hpp>

#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

namespace route_package
{

/// What was made of a window.
struct window_result
{
    std::string id; ///< the same whenever the window is made
    std::string closed_by;
    penstock::json::object fields;
};

/// The results of windows that were closed, and of which packets they are: one that comes again
/// after a crash has its part in its result already. Those remembered first are forgotten first.
class closed_windows
{
public:
    /// Remembers results of about so many packets.
    explicit closed_windows(std::size_t most) : most_(most) {}

    /// Forgets the oldest while there is more than may be. Called before those are remembered that
    /// are closed at once, which all stay until the next time.
    void make_room();

    /// Remembers a result of some packets.
    void remember(window_result result, std::vector<penstock::packet_id> packets);

    /// The result that a packet has its part in; null if there is none. Valid until make_room().
    [[nodiscard]] const window_result* find(penstock::packet_id packet) const;

    /// All of them, for a state.
    [[nodiscard]] penstock::json::array state() const;

    /// Takes over what state() returned. Throws std::exception for anything else.
    void read(const penstock::json::array& state);

private:
    struct kept
    {
        window_result result;
        std::vector<penstock::packet_id> packets;
    };

    struct hash
    {
        std::size_t operator()(const penstock::packet_id& id) const noexcept { return id.low; }
    };

    std::size_t most_;
    std::deque<kept> kept_;
    std::uint64_t first_ = 0; // the number of the first of them, of all that were remembered
    std::unordered_map<penstock::packet_id, std::uint64_t, hash> by_packet_;
};

} // namespace route_package
