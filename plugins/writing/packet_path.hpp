// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "../curl/packet_text.hpp"

#include <penstock/packet.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace writing
{

/// The path of a file, or the key of an object, with places that each packet fills:
/// `logs/{{/fields/host}}/{{%Y-%m-%d}}.ndjson`. What stands before the last slash in front of the
/// first place is the folder, which no packet leaves. [any thread]
class packet_path
{
public:
    using time_point = std::chrono::sys_time<std::chrono::milliseconds>;

    /// How long paths may be, in bytes.
    struct limits
    {
        std::size_t name; ///< of a name between two slashes
        std::size_t whole;
    };

    packet_path() = default;

    /// Takes a text without problems and the place of the time of a packet; empty: the time at which
    /// fill() is called. Throws std::invalid_argument for a text with problems.
    packet_path(std::string_view text, std::string time_place, limits longest);

    /// Returns what is wrong with a text; empty: nothing.
    [[nodiscard]] static std::string problem_of(std::string_view text);

    /// Whether the text has no places.
    [[nodiscard]] bool is_fixed() const noexcept;

    /// The folder, with the slash at its end; empty if there is none.
    [[nodiscard]] const std::string& folder() const noexcept { return folder_; }

    /// Fills the places, those of times in UTC. Throws std::invalid_argument for what is absent or no
    /// text or number, a time that is none, and a path that is too long, has an empty name, `.` or
    /// `..` behind the folder, or characters that show as nothing.
    [[nodiscard]] std::string fill(const penstock::packet& from, time_point now) const;

private:
    struct part
    {
        curl::packet_text text;
        std::string date; ///< a format of a time behind the text; empty: none
    };

    [[nodiscard]] time_point time_of(const penstock::packet& from, time_point now) const;
    void check(std::string_view path) const;

    std::vector<part> parts_;
    std::string folder_;
    std::string time_place_;
    limits longest_{};
};

} // namespace writing
