// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

namespace penstock::host
{

/// A set of ranks, with a summary word per 64 words, so that the highest of thousands is found in
/// three steps. [one lane]
class rank_set
{
public:
    static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();

    /// Can hold the ranks 0 to `ranks - 1`.
    explicit rank_set(std::size_t ranks)
        : all_words_((ranks + 63) / 64, 0),
          all_summaries_((all_words_.size() + 63) / 64, 0),
          words_(all_words_.data()),
          summary_(all_summaries_.data())
    {
    }
    rank_set(const rank_set&) = delete;
    rank_set& operator=(const rank_set&) = delete;

    void insert(std::size_t rank) noexcept
    {
        words_[rank / 64] |= bit(rank % 64);
        summary_[rank / 4096] |= bit(rank / 64 % 64);
        end_ = std::max(end_, rank + 1);
    }

    void erase(std::size_t rank) noexcept
    {
        if ((words_[rank / 64] &= ~bit(rank % 64)) == 0)
            summary_[rank / 4096] &= ~bit(rank / 64 % 64);
        if (end_ == rank + 1)
            end_ = highest_below(rank) + 1;
    }

    [[nodiscard]] bool contains(std::size_t rank) const noexcept
    {
        return (words_[rank / 64] & bit(rank % 64)) != 0;
    }

    /// The highest rank in the set, or `none`.
    [[nodiscard]] std::size_t highest() const noexcept { return end_ - 1; }

    /// The highest rank in the set that is lower than a rank that it can hold, or `none`.
    [[nodiscard]] std::size_t highest_below(std::size_t rank) const noexcept
    {
        if (const std::uint64_t word = words_[rank / 64] & below(rank % 64); word != 0)
            return rank / 64 * 64 + top(word);
        if (const std::uint64_t words = summary_[rank / 4096] & below(rank / 64 % 64); words != 0)
            return highest_of(rank / 4096 * 64 + top(words));
        return highest_in(rank / 4096);
    }

private:
    static std::uint64_t bit(std::size_t n) noexcept { return std::uint64_t{1} << n; }
    static std::uint64_t below(std::size_t n) noexcept { return bit(n) - 1; }
    static std::size_t top(std::uint64_t word) noexcept
    {
        return static_cast<std::size_t>(63 - std::countl_zero(word));
    }

    // Of a word that is not empty, and of the first so many summary words.
    [[nodiscard]] std::size_t highest_of(std::size_t word) const noexcept
    {
        return word * 64 + top(words_[word]);
    }
    [[nodiscard]] std::size_t highest_in(std::size_t summaries) const noexcept
    {
        for (std::size_t i = summaries; i-- > 0;)
            if (summary_[i] != 0)
                return highest_of(i * 64 + top(summary_[i]));
        return none;
    }

    std::vector<std::uint64_t> all_words_;
    std::vector<std::uint64_t> all_summaries_;
    // To check each index took 25 instructions of each switch of fibers.
    std::uint64_t* words_;
    std::uint64_t* summary_;
    // One more than the highest rank in the set. It is found when the rank before is erased, in the
    // shadow of what follows: to look for it when it was asked for took 3 ns of each switch.
    std::size_t end_ = 0;
};

} // namespace penstock::host
