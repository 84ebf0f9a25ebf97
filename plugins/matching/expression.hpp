// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include <re2/re2.h>

namespace matching
{

/// Returns how a pattern of RE2 is read: in UTF-8, nothing logged, up to 64 MiB of memory.
[[nodiscard]] inline RE2::Options reading_options()
{
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(std::int64_t{64} << 20);
    return options;
}

/// The matches of an expression in a text, from left to right; those of nothing are skipped. The
/// text and the expression outlive it.
class match_iterator
{
public:
    match_iterator(const RE2& expression, std::string_view text)
        : expression_(expression),
          text_(text),
          groups_(static_cast<std::size_t>(expression.NumberOfCapturingGroups()) + 1)
    {
    }

    /// Finds the next match; returns whether there is one.
    [[nodiscard]] bool next()
    {
        while (at_ <= text_.size())
        {
            const re2::StringPiece all(text_.data(), text_.size());
            if (!expression_.Match(all, at_, text_.size(), RE2::UNANCHORED, groups_.data(),
                                   static_cast<int>(groups_.size())))
                break;
            const auto begin = static_cast<std::size_t>(groups_[0].data() - text_.data());
            at_ = begin + groups_[0].size();
            if (!groups_[0].empty())
                return true;
            ++at_;
        }
        at_ = text_.size() + 1;
        return false;
    }

    /// A group of the match, 0 all of it; nothing if it took no part.
    [[nodiscard]] std::optional<std::string_view> group(std::size_t n) const
    {
        if (groups_[n].data() == nullptr)
            return std::nullopt;
        return std::string_view(groups_[n].data(), groups_[n].size());
    }

    /// The byte behind the match.
    [[nodiscard]] std::size_t end() const noexcept { return at_; }

private:
    const RE2& expression_;
    std::string_view text_;
    std::vector<re2::StringPiece> groups_;
    std::size_t at_ = 0;
};

} // namespace matching
