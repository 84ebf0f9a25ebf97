// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

namespace re2
{
class RE2;
} // namespace re2

namespace files_package
{

/// The cut of a text into records: lines, or a first line and those behind it that begin no other.
/// A value type. [any thread]
class record_cutter
{
public:
    /// `begin` matches the first line of each record; null: each line is one. A record of several
    /// lines has at most `most` bytes; the next one begins behind them.
    record_cutter(std::shared_ptr<const re2::RE2> begin, std::size_t most)
        : begin_(std::move(begin)), most_(most)
    {
    }

    /// What is known of the end of the text.
    enum class rest
    {
        open,  ///< more may come
        quiet, ///< more may come, but nothing has for long: lines that are whole are a record
        last   ///< that is all: the last line needs no end
    };

    /// The bytes of the first record, with the end of its last line; none if it may go on.
    [[nodiscard]] std::optional<std::size_t> first(std::string_view text, rest behind) const;

    [[nodiscard]] bool has_records() const noexcept { return begin_ != nullptr; }

private:
    [[nodiscard]] bool begins_record(std::string_view line) const;

    std::shared_ptr<const re2::RE2> begin_;
    std::size_t most_;
};

/// A line without its end.
[[nodiscard]] std::string_view without_end(std::string_view line) noexcept;

} // namespace files_package
