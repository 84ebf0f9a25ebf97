// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "pairs.hpp"

#include <utility>

namespace extract_package
{

bool pairs::is_between(std::size_t at) const
{
    return form_.between.find(text_[at]) != std::string::npos;
}

// Of the word at the place. One word may have many pairs, so its end is looked for once.
std::size_t pairs::end_of_word()
{
    if (at_ < end_)
        return end_;
    for (end_ = at_; end_ < text_.size() && !is_between(end_);)
        ++end_;
    return end_;
}

std::optional<pair> pairs::next()
{
    while (at_ < text_.size())
    {
        if (is_between(at_))
        {
            ++at_;
            continue;
        }
        const std::size_t end = end_of_word();
        const std::string_view word = text_.substr(at_, end - at_);
        const std::size_t assign = word.find(form_.assign);
        if (assign == 0 || assign == std::string_view::npos)
        {
            at_ = end;
            continue;
        }
        const std::string_view key = word.substr(0, assign);
        at_ += assign + form_.assign.size();
        if (std::optional<std::string> value = quoted_value())
            return pair{key, std::move(*value)};
        const std::string_view value = text_.substr(at_, end - at_);
        at_ = end;
        return pair{key, std::string(value)};
    }
    return std::nullopt;
}

// The quoted value at the place, behind which the place is then; nothing if none is there.
std::optional<std::string> pairs::quoted_value()
{
    if (at_ >= text_.size() || form_.quotes.find(text_[at_]) == std::string::npos ||
        unended_.find(text_[at_]) != std::string::npos)
        return std::nullopt;
    const char quote = text_[at_];
    std::string value;
    for (std::size_t n = at_ + 1; n < text_.size(); ++n)
    {
        if (text_[n] == quote)
        {
            at_ = n + 1;
            return value;
        }
        if (text_[n] == '\\' && n + 1 < text_.size())
            ++n;
        value += text_[n];
    }
    unended_ += quote;
    return std::nullopt;
}

} // namespace extract_package
