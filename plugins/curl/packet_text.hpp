// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>
#include <penstock/packet.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace curl
{

/// Finds what a name stands for in a packet: `/meta/NAME`, `/fields/NAME`, or `NAME`, which is the
/// meta of that name or else the field. Null when it is absent; valid as packet::find() is.
[[nodiscard]] const penstock::json::value* find_place(const penstock::packet& in,
                                                      std::string_view name);

/// A text with places that each packet fills: `logs-{{/meta/day}}`. [any thread]
class packet_text
{
public:
    /// Turns the text of a value into what stands in the place.
    using writer = std::string (*)(std::string_view);

    packet_text() = default;

    /// Throws std::invalid_argument for a place that does not end, or has no name.
    explicit packet_text(std::string_view text);

    /// Returns what is wrong with a text; empty: nothing.
    [[nodiscard]] static std::string problem_of(std::string_view text);

    /// Returns the name of the place that is all of the text; null if there is more, or none.
    [[nodiscard]] const std::string* only_place() const noexcept;

    /// Whether the text has no places.
    [[nodiscard]] bool is_fixed() const noexcept;

    /// Fills the places with texts, numbers and truth values. Throws std::invalid_argument for what
    /// is absent, null, a list or an object, or a number that JSON cannot hold.
    [[nodiscard]] std::string fill(const penstock::packet& from, writer write = nullptr) const;

private:
    struct part
    {
        std::string text;
        bool is_place;
    };

    std::vector<part> parts_;
};

} // namespace curl
