// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "matcher.hpp"

namespace lua
{

namespace
{

constexpr int deepest_match = 200;

} // namespace

bool matcher::match_at(std::size_t begin)
{
    level_ = 0;
    return match(0, begin, 0);
}

void matcher::step(std::uint64_t count)
{
    while (steps_ < count)
        steps_ += more_(context_);
    steps_ -= count;
}

bool matcher::has(const pattern_item& item, std::size_t at) const noexcept
{
    return at < subject_.size() && item.set[static_cast<unsigned char>(subject_[at])];
}

// Before the begin and behind the end there is a zero byte.
bool matcher::is_frontier(const pattern_item& item, std::size_t at) const noexcept
{
    const auto byte = [this](std::size_t n)
    { return n < subject_.size() ? static_cast<unsigned char>(subject_[n]) : 0U; };
    return !item.set[at == 0 ? 0U : byte(at - 1)] && item.set[byte(at)];
}

// Matches the items from `item` on. It calls itself only where it may have to come back.
bool matcher::match(std::size_t item, std::size_t at, int depth)
{
    if (depth > deepest_match)
        throw pattern_error("a pattern is too complex; fewer repetitions were expected");
    for (; item < pattern_.size; ++item)
    {
        step();
        const pattern_item& each = pattern_.items[item];
        switch (each.kind)
        {
        case pattern_kind::open: return open(item + 1, at, false, depth);
        case pattern_kind::position: return open(item + 1, at, true, depth);
        case pattern_kind::close: return close(item + 1, at, depth);
        case pattern_kind::back: at = back(each, at); break;
        case pattern_kind::balance: at = balanced(each, at); break;
        case pattern_kind::frontier:
            if (!is_frontier(each, at))
                return false;
            break;
        case pattern_kind::end:
            if (at != subject_.size())
                return false;
            break;
        case pattern_kind::one:
            if (each.repeat == pattern_repeat::fewest)
                return repeat_fewest(each, item + 1, at, depth);
            if (each.repeat != pattern_repeat::once)
                return repeat_most(each, item + 1, at, depth);
            if (!has(each, at))
                return false;
            ++at;
            break;
        }
        if (at == no_match)
            return false;
    }
    end_ = at;
    return true;
}

bool matcher::repeat_most(const pattern_item& item, std::size_t next, std::size_t at, int depth)
{
    const std::size_t least = item.repeat == pattern_repeat::some ? 1 : 0;
    const std::size_t most = item.repeat == pattern_repeat::maybe ? 1 : subject_.size() - at;
    std::size_t count = 0;
    while (count < most && has(item, at + count))
        ++count;
    step(count / 8);
    for (;; --count)
    {
        if (count < least)
            return false;
        if (match(next, at + count, depth + 1))
            return true;
        if (count == 0)
            return false;
        step();
    }
}

bool matcher::repeat_fewest(const pattern_item& item, std::size_t next, std::size_t at, int depth)
{
    while (!match(next, at, depth + 1))
    {
        step();
        if (!has(item, at))
            return false;
        ++at;
    }
    return true;
}

bool matcher::open(std::size_t next, std::size_t at, bool is_position, int depth)
{
    captures_[level_++] = {at, at, !is_position, is_position};
    if (match(next, at, depth + 1))
        return true;
    --level_;
    return false;
}

bool matcher::close(std::size_t next, std::size_t at, int depth)
{
    std::size_t n = level_;
    while (!captures_[--n].is_open)
        ; // the reader has seen to it that there is one
    captures_[n].end = at;
    captures_[n].is_open = false;
    if (match(next, at, depth + 1))
        return true;
    captures_[n].is_open = true;
    return false;
}

std::size_t matcher::balanced(const pattern_item& item, std::size_t at)
{
    if (at >= subject_.size() || static_cast<unsigned char>(subject_[at]) != item.first)
        return no_match;
    std::size_t open = 1;
    for (std::size_t n = at + 1; n < subject_.size(); ++n)
    {
        const auto c = static_cast<unsigned char>(subject_[n]);
        if (c == item.second)
        {
            if (--open == 0)
            {
                step((n - at) / 8);
                return n + 1;
            }
        }
        else if (c == item.first)
            ++open;
    }
    step((subject_.size() - at) / 8);
    return no_match;
}

std::size_t matcher::back(const pattern_item& item, std::size_t at)
{
    const capture& earlier = captures_[item.first];
    if (earlier.is_open)
        throw pattern_error("a pattern refers to a capture that is open; one that is closed was "
                            "expected");
    const std::string_view text = subject_.substr(earlier.begin, earlier.end - earlier.begin);
    step(text.size() / 64);
    return subject_.substr(at, text.size()) == text ? at + text.size() : no_match;
}

} // namespace lua
