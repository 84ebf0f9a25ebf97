// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "../packets/event_time.hpp"

#include <penstock/json.hpp>
#include <penstock/packet.hpp>

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

namespace route_package
{

using packets::milliseconds_since_1970;

/// A packet in a window, its time, and the values of it that each aggregate takes.
struct window_member
{
    milliseconds_since_1970 time;
    penstock::packet packet;
    std::vector<penstock::json::array> values;
};

/// The packets of one key in one span of time.
struct window
{
    std::string key; ///< the JSON of a list
    milliseconds_since_1970 start;
    milliseconds_since_1970 end; ///< of a session, the time of its last packet
    std::vector<window_member> members;
};

/// The windows that are open. Tumbling ones lie side by side and begin at multiples of their size;
/// a session has packets of which each is less than that behind another. [one lane]
class open_windows
{
public:
    open_windows(bool are_sessions, std::int64_t size) : are_sessions_(are_sessions), size_(size) {}

    /// Adds a packet to its window, which it may be the first of, or join to another.
    void add(const std::string& key, window_member member);

    /// Whether a packet would come into a window that has been closed: one that has ended before a
    /// time, and is not open.
    [[nodiscard]] bool is_late(const std::string& key, milliseconds_since_1970 time,
                               milliseconds_since_1970 closed_until) const;

    /// How many packets they have.
    [[nodiscard]] std::size_t size() const noexcept { return count_; }

    /// Takes those out that nothing can come into behind a time, in order of their ends.
    [[nodiscard]] std::vector<window> take_until(milliseconds_since_1970 time);

    /// Takes those out that end first, one at least, until the others have no more packets than that.
    [[nodiscard]] std::vector<window> take_down_to(std::size_t count);

    /// Takes all of them out.
    [[nodiscard]] std::vector<window> take_all();

    /// The time behind which nothing comes into a window.
    [[nodiscard]] milliseconds_since_1970 closing_time(const window& of) const
    {
        return are_sessions_ ? of.end + size_ : of.end;
    }

private:
    using place = std::pair<std::string, milliseconds_since_1970>; // key and start
    using places = std::map<place, window>;

    [[nodiscard]] milliseconds_since_1970 start_of(milliseconds_since_1970 time) const;
    [[nodiscard]] std::vector<places::const_iterator>
    sessions_at(const std::string& key, milliseconds_since_1970 time) const;
    void add_to_session(const std::string& key, window_member member);
    void insert(window added);
    [[nodiscard]] window extract(places::const_iterator which);
    [[nodiscard]] window take_earliest();

    // The time behind which nothing comes into a window, and its place; the key is that of places.
    using closing = std::tuple<milliseconds_since_1970, std::string_view, milliseconds_since_1970>;

    bool are_sessions_;
    std::int64_t size_;
    places windows_;
    std::set<closing> closings_; // one for each of them
    std::size_t count_ = 0;
};

} // namespace route_package
