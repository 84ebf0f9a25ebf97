// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "windows.hpp"
#include "characters.hpp"

#include <algorithm>

namespace text_package
{

namespace
{

// The byte behind so many characters, or the end of the text.
std::size_t advance(std::string_view text, std::size_t begin, std::size_t characters)
{
    for (; characters > 0 && begin < text.size(); --characters)
        begin = character_at(text, begin).end;
    return begin;
}

} // namespace

windows::windows(std::string_view text, const window_options& options)
    : text_(text),
      options_(options),
      graphemes_(break_iterator(UBRK_CHARACTER, text)),
      lines_(part_iterator(UBRK_LINE, text)),
      sentences_(sentence_iterator(text)),
      paragraphs_(paragraph_iterator(text)),
      segments_(UBRK_WORD, text)
{
}

std::optional<window> windows::next()
{
    move_to(skip_space(text_, begin_));
    if (begin_ == text_.size())
        return std::nullopt;
    const std::size_t limit = furthest_end();
    const std::size_t end = limit < text_.size() ? cut(limit) : limit;
    const std::size_t text_end = without_space(text_, begin_, end);
    const window found{text_.substr(begin_, text_end - begin_), offset_};
    move_to(skip_space(text_, end) < text_.size() ? begin_of_overlap(text_end) : text_.size());
    if (text_.data() + begin_ == found.text.data()) // nothing that could be repeated
        move_to(end);
    return found;
}

// The end of the largest window, not yet at a good place.
std::size_t windows::furthest_end()
{
    if (options_.measure == unit::characters)
    {
        least_ = advance(text_, begin_, options_.overlap + 1);
        return advance(text_, least_, options_.size - options_.overlap - 1);
    }
    read_words(options_.size + 1);
    if (words_.size() <= options_.size)
        return text_.size();
    least_ = words_[options_.overlap].end;
    return words_[options_.size].begin;
}

std::size_t windows::cut(std::size_t limit)
{
    const auto is_good = [this](std::size_t at) { return is_cut(at); };
    if (const auto found = paragraphs_.last(least_, limit, is_good))
        return *found;
    if (const auto found = sentences_.last(least_, limit, is_good))
        return *found;
    if (options_.measure == unit::words)
    {
        const std::size_t behind = behind_space(words_[options_.size - 1].end, limit);
        if (is_cut(behind))
            return behind;
    }
    else if (const auto found = lines_.last(least_, limit, is_good))
        return *found;
    const auto always = [](std::size_t) { return true; };
    if (const auto found = graphemes_.last(begin_ + 1, limit, always))
        return *found;
    return graphemes_.first(limit).value_or(text_.size());
}

// Whether a window may end there: more is in it than what the next one repeats.
bool windows::is_cut(std::size_t at)
{
    return graphemes_.first(at) == at && !is_in_word(at) &&
           without_space(text_, begin_, at) >= least_;
}

// Words are known only if they are what is counted.
bool windows::is_in_word(std::size_t at) const
{
    const auto behind = std::ranges::upper_bound(words_, at, {}, &word::begin);
    return behind != words_.begin() && std::prev(behind)->begin < at && at < std::prev(behind)->end;
}

// Behind the last white space between two words, so that what opens something stays with it.
std::size_t windows::behind_space(std::size_t begin, std::size_t end) const
{
    std::size_t behind = end;
    while (behind > begin)
    {
        const std::size_t before = begin_of_character(text_, behind);
        if (is_space(character_at(text_, before).code))
            return behind;
        behind = before;
    }
    return end;
}

// Where the window begins that follows one that ends at `end`.
std::size_t windows::begin_of_overlap(std::size_t end)
{
    if (options_.overlap == 0)
        return end;
    if (options_.measure == unit::words)
    {
        const auto behind = std::ranges::upper_bound(words_, end, {}, &word::end);
        const auto count = static_cast<std::size_t>(behind - words_.begin());
        return count > options_.overlap ? words_[count - options_.overlap].begin : begin_;
    }
    std::size_t begin = end;
    for (std::size_t n = 0; n < options_.overlap && begin > begin_; ++n)
        begin = begin_of_character(text_, begin);
    return graphemes_.first(begin).value_or(end);
}

void windows::move_to(std::size_t begin)
{
    for (std::size_t at = begin_; at < begin; at = character_at(text_, at).end)
        ++offset_;
    begin_ = begin;
    graphemes_.forget(begin);
    lines_.forget(begin);
    sentences_.forget(begin);
    paragraphs_.forget(begin);
    while (!words_.empty() && words_.front().begin < begin)
        words_.pop_front();
}

void windows::read_words(std::size_t count)
{
    while (words_.size() < count)
    {
        const std::optional<std::size_t> end = segments_.next();
        if (!end)
            return;
        if (segments_.is_word() && segment_ >= begin_)
            words_.push_back({segment_, *end});
        segment_ = *end;
    }
}

} // namespace text_package
