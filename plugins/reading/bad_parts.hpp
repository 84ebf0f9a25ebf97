// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace reading
{

/// The bad parts of one body beyond those that become a dead letter each. They become one together:
/// a body of 16 MiB may have millions of parts, and a dead letter is larger than most of them.
class bad_parts
{
public:
    /// What stands before the first part, between two, and behind the last.
    struct joints
    {
        std::string_view first;
        std::string_view between;
        std::string_view last;
    };

    /// `most` become a dead letter each, as long as these are not much more than the body, which
    /// has `body_bytes`. The texts outlive this.
    bad_parts(std::size_t most, std::size_t body_bytes, joints joints)
        : most_(most), joints_(joints), bytes_left_(std::max(4 * body_bytes, always_allowed))
    {
    }

    /// Counts a bad part; returns whether it became one of those that are kept here.
    [[nodiscard]] bool keep(std::string_view part, std::string_view reason)
    {
        // What one would weigh: it has all that it takes to be replayed alone.
        const std::size_t weight =
            joints_.first.size() + part.size() + joints_.last.size() + reason.size();
        if (reason_.empty() && alone_ < most_ && weight <= bytes_left_)
        {
            ++alone_;
            bytes_left_ -= weight;
            return false;
        }
        if (reason_.empty())
            reason_ = std::string(reason) + "; it and all bad ones behind it are here";
        text_.append(text_.empty() ? joints_.first : joints_.between).append(part);
        return true;
    }

    [[nodiscard]] bool is_any_kept() const noexcept { return !reason_.empty(); }

    /// Why the first of those kept here is bad.
    [[nodiscard]] std::string take_reason() { return std::move(reason_); }

    /// A body of those kept here.
    [[nodiscard]] std::string take_text()
    {
        text_ += joints_.last;
        return std::move(text_);
    }

private:
    static constexpr std::size_t always_allowed = std::size_t{16} << 20;

    std::size_t most_;
    joints joints_;
    std::size_t bytes_left_; // that those alone may have
    std::size_t alone_ = 0;
    std::string text_;
    std::string reason_;
};

} // namespace reading
