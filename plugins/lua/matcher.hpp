// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "patterns.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace lua
{

/// A part of the subject, or a position in it.
struct capture
{
    std::size_t begin;
    std::size_t end;
    bool is_open;
    bool is_position;
};

/// One match of a pattern after the other in one subject. A try of a pattern takes time that grows
/// with the subject exponentially, at worst, and so its steps are given out by the caller.
class matcher
{
public:
    /// Gives further steps; what it throws leaves match_at().
    using more_function = std::uint64_t (*)(void* context);

    /// The views outlive it. `more` is called with `context` when no steps are left.
    matcher(std::string_view subject, const lua::pattern& pattern, more_function more,
            void* context)
        : subject_(subject), pattern_(pattern), more_(more), context_(context)
    {
    }

    /// Tries a match that begins at a place; returns whether there is one. Throws
    /// pattern_error.
    bool match_at(std::size_t begin);

    /// The end of the last match.
    [[nodiscard]] std::size_t end() const noexcept { return end_; }

    /// How many captures it has.
    [[nodiscard]] std::size_t captures() const noexcept { return level_; }

    /// The nth of them.
    [[nodiscard]] const capture& operator[](std::size_t n) const { return captures_[n]; }

    /// How many steps are left.
    [[nodiscard]] std::uint64_t steps() const noexcept { return steps_; }

    /// Sets how many steps are left.
    void set_steps(std::uint64_t steps) noexcept { steps_ = steps; }

private:
    bool match(std::size_t item, std::size_t at, int depth);
    bool repeat_most(const pattern_item& item, std::size_t next, std::size_t at, int depth);
    bool repeat_fewest(const pattern_item& item, std::size_t next, std::size_t at, int depth);
    bool open(std::size_t next, std::size_t at, bool is_position, int depth);
    bool close(std::size_t next, std::size_t at, int depth);
    [[nodiscard]] std::size_t balanced(const pattern_item& item, std::size_t at);
    [[nodiscard]] std::size_t back(const pattern_item& item, std::size_t at);
    [[nodiscard]] bool has(const pattern_item& item, std::size_t at) const noexcept;
    [[nodiscard]] bool is_frontier(const pattern_item& item, std::size_t at) const noexcept;
    void step(std::uint64_t count = 1);

    static constexpr std::size_t no_match = static_cast<std::size_t>(-1);

    std::string_view subject_;
    lua::pattern pattern_;
    more_function more_;
    void* context_;
    std::uint64_t steps_ = 0;
    std::size_t end_ = 0;
    std::size_t level_ = 0;
    std::array<capture, most_captures> captures_;
};

} // namespace lua
