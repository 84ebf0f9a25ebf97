// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace penstock::host::cli
{

/// How lines end in an encoding: after a unit of one byte in those that contain ASCII, of two in
/// UTF-16 and of four in UTF-32, in which the byte of a line feed alone ends nothing. A value.
class line_charset
{
public:
    /// That of lines which begin with `text`, in the encoding that is `named` (or empty), unless
    /// their byte order mark (RFC 2781, 3.2; Unicode 15, 23.8) tells another. Nothing if it takes
    /// more text to tell, of which there must be some unless `is_all`.
    [[nodiscard]] static std::optional<line_charset> of(std::string_view text,
                                                        std::string_view named, bool is_all);

    /// The encoding to name with lines that are sent without their mark: `utf-16le`. Empty if they
    /// have none and its unit is a byte: then they are what they were named.
    [[nodiscard]] const std::string& name() const noexcept { return name_; }

    [[nodiscard]] std::size_t unit() const noexcept { return unit_; } ///< bytes: 1, 2 or 4
    [[nodiscard]] std::size_t mark() const noexcept { return mark_; } ///< bytes, to be left out

    /// Encodes an ASCII character.
    [[nodiscard]] std::string encode(char c) const;

    /// Finds the first unit at or after `from`, which is one's offset, that is a line feed.
    [[nodiscard]] std::size_t find_end(std::string_view text, std::size_t from) const;

    /// Returns whether there is nothing in a line but spaces, tabs and carriage returns.
    [[nodiscard]] bool is_blank(std::string_view line) const;

private:
    std::string name_;
    std::size_t unit_ = 1;
    std::size_t mark_ = 0;
    bool is_big_ = false; // the greater byte first
};

} // namespace penstock::host::cli
