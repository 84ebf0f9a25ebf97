// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <algorithm>
#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include <unicode/ubrk.h>
#include <unicode/utext.h>

namespace text_package
{

/// What a break iterator of ICU finds in a text of UTF-8, which outlives it, one after the other.
/// Throws std::runtime_error if ICU has no rules for the kind.
class break_iterator
{
public:
    break_iterator(UBreakIteratorType kind, std::string_view text);

    /// The next boundary, as a byte; the first one is behind the first byte.
    [[nodiscard]] std::optional<std::size_t> next();

    /// Whether what ends at the last boundary is a word, and no white space or punctuation.
    [[nodiscard]] bool is_word() const
    {
        return ubrk_getRuleStatus(iterator_.get()) >= UBRK_WORD_NONE_LIMIT;
    }

private:
    struct close
    {
        void operator()(UText* text) const { utext_close(text); }
        void operator()(UBreakIterator* iterator) const { ubrk_close(iterator); }
    };

    std::unique_ptr<UText, close> text_;
    std::unique_ptr<UBreakIterator, close> iterator_;
};

/// The ends of what is more than white space between two boundaries: of several that only white
/// space is between, the first.
class part_iterator
{
public:
    part_iterator(UBreakIteratorType kind, std::string_view text) : text_(text), parts_(kind, text)
    {
    }

    /// The next boundary, as a byte.
    [[nodiscard]] std::optional<std::size_t> next();

    /// Where the part begins whose end was found last.
    [[nodiscard]] std::size_t begin() const { return begin_; }

private:
    std::string_view text_;
    break_iterator parts_;
    std::size_t begin_ = 0;
    std::size_t end_ = 0;
};

/// Ends of sentences in a text. A line that ends within a paragraph ends no sentence by that, as it
/// does for ICU.
class sentence_iterator
{
public:
    explicit sentence_iterator(std::string_view text) : text_(text), parts_(UBRK_SENTENCE, text) {}

    /// The next boundary, as a byte.
    [[nodiscard]] std::optional<std::size_t> next();

private:
    [[nodiscard]] bool is_end(std::size_t at) const;

    std::string_view text_;
    part_iterator parts_;
};

/// Ends of paragraphs in a text: behind white space with two line ends, or a paragraph separator.
class paragraph_iterator
{
public:
    explicit paragraph_iterator(std::string_view text) : text_(text) {}

    /// The next boundary, as a byte.
    [[nodiscard]] std::optional<std::size_t> next();

private:
    std::string_view text_;
    std::size_t at_ = 0;
};

/// The boundaries that an iterator finds in a part of the text, which only moves on: each byte is
/// looked at once.
template <class Iterator>
class boundaries
{
public:
    explicit boundaries(Iterator iterator) : iterator_(std::move(iterator)) {}

    /// The last boundary from `begin` to `end` of which `is_good` is true.
    template <class Predicate>
    [[nodiscard]] std::optional<std::size_t> last(std::size_t begin, std::size_t end,
                                                  const Predicate& is_good)
    {
        read_to(end);
        for (auto each = found_.rbegin(); each != found_.rend() && *each >= begin; ++each)
            if (*each <= end && is_good(*each))
                return *each;
        return std::nullopt;
    }

    /// The first boundary at `begin` or behind it.
    [[nodiscard]] std::optional<std::size_t> first(std::size_t begin)
    {
        read_to(begin);
        const auto found = std::ranges::lower_bound(found_, begin);
        return found == found_.end() ? std::nullopt : std::optional(*found);
    }

    /// Forgets the boundaries before `begin`, which are not asked for again.
    void forget(std::size_t begin)
    {
        while (!found_.empty() && found_.front() < begin)
            found_.pop_front();
    }

private:
    void read_to(std::size_t end)
    {
        while (!at_end_ && (found_.empty() || found_.back() < end))
        {
            const std::optional<std::size_t> next = iterator_.next();
            at_end_ = !next;
            if (next)
                found_.push_back(*next);
        }
    }

    Iterator iterator_;
    std::deque<std::size_t> found_;
    bool at_end_ = false;
};

} // namespace text_package
