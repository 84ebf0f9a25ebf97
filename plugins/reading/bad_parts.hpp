// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

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

    /// `most` become a dead letter each. The texts outlive this.
    bad_parts(std::size_t most, joints joints) : most_(most), joints_(joints) {}

    /// Counts a bad part; returns whether it became one of those that are kept here.
    [[nodiscard]] bool keep(std::string_view part, std::string_view reason)
    {
        if (alone_ < most_)
        {
            ++alone_;
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
    std::size_t most_;
    joints joints_;
    std::size_t alone_ = 0;
    std::string text_;
    std::string reason_;
};

} // namespace reading
