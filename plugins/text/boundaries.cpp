// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "boundaries.hpp"
#include "characters.hpp"

#include <stdexcept>
#include <string>
#include <utility>

namespace text_package
{

namespace
{

void require(UErrorCode status)
{
    if (U_FAILURE(status))
        throw std::runtime_error(std::string("ICU: ") + u_errorName(status) +
                                 "; rules to cut a text by were expected");
}

// Of a return and a line feed that follows it, the latter is the end of the line.
int line_ends_of(std::string_view text, const character& c)
{
    constexpr UChar32 separator = 0x2029;
    if (c.code == separator)
        return 2;
    const bool ends =
        c.code == '\n' || (c.code == '\r' && (c.end == text.size() || text[c.end] != '\n'));
    return ends ? 1 : 0;
}

bool closes(UChar32 code)
{
    return u_hasBinaryProperty(code, UCHAR_QUOTATION_MARK) != 0 ||
           u_charType(code) == U_END_PUNCTUATION;
}

} // namespace

break_iterator::break_iterator(UBreakIteratorType kind, std::string_view text)
{
    UErrorCode status = U_ZERO_ERROR;
    text_.reset(
        utext_openUTF8(nullptr, text.data(), static_cast<std::int64_t>(text.size()), &status));
    require(status);
    iterator_.reset(ubrk_open(kind, "", nullptr, 0, &status));
    require(status);
    ubrk_setUText(iterator_.get(), text_.get(), &status);
    require(status);
}

std::optional<std::size_t> break_iterator::next()
{
    const std::int32_t at = ubrk_next(iterator_.get());
    return at == UBRK_DONE ? std::nullopt : std::optional(static_cast<std::size_t>(at));
}

std::optional<std::size_t> part_iterator::next()
{
    while (const std::optional<std::size_t> found = parts_.next())
    {
        begin_ = std::exchange(end_, *found);
        if (skip_space(text_.substr(0, end_), begin_) < end_)
            return found;
    }
    return std::nullopt;
}

std::optional<std::size_t> sentence_iterator::next()
{
    std::optional<std::size_t> found = parts_.next();
    while (found && !is_end(*found))
        found = parts_.next();
    return found;
}

bool sentence_iterator::is_end(std::size_t at) const
{
    const std::size_t begin = parts_.begin();
    std::size_t end = without_space(text_, begin, at);
    if (text_.substr(end, at - end).find_first_of("\r\n") == std::string_view::npos)
        return true;
    for (; end > begin; end = begin_of_character(text_, end))
    {
        const UChar32 code = character_at(text_, begin_of_character(text_, end)).code;
        if (!closes(code))
            return u_hasBinaryProperty(code, UCHAR_S_TERM) != 0;
    }
    return false;
}

std::optional<std::size_t> paragraph_iterator::next()
{
    int line_ends = 0;
    while (at_ < text_.size())
    {
        const character c = character_at(text_, at_);
        if (!is_space(c.code) && line_ends > 1)
            return at_;
        line_ends = is_space(c.code) ? line_ends + line_ends_of(text_, c) : 0;
        at_ = c.end;
    }
    return std::nullopt;
}

} // namespace text_package
