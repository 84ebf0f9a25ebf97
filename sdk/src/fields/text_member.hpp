// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace penstock::detail
{

/// A part of a text.
struct text_part
{
    std::uint32_t at = 0;
    std::uint32_t size = 0;

    [[nodiscard]] std::string_view of(std::string_view text) const noexcept
    {
        return {text.data() + at, size};
    }
};

/// A field of which name and value are parts of one JSON text, or the name alone.
struct text_member
{
    text_part name = {};
    text_part text = {};                  ///< of no size if the value has none
    bool is_plain = false;                ///< JSON has the name as it is, between quotes
    bool is_in_place = false;             ///< the text has the member as JSON, `"name":value`
    mutable json::value* value = nullptr; ///< made of the text, or without one
};

/// Whether JSON has a text as it is, between quotes.
[[nodiscard]] bool is_plain(std::string_view text) noexcept;

/// Appends members as one JSON object, each value that has a text as it came. Throws
/// std::invalid_argument as write_json() does; `out` is then as it was.
void write_members(std::span<const text_member> members, std::string_view text, std::string& out);

} // namespace penstock::detail
