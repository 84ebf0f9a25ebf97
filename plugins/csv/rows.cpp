// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "rows.hpp"

#include <penstock/detail/utf8.hpp>

#include <algorithm>
#include <cstring>

namespace csv_package
{
namespace
{

bool ends_line(char c)
{
    return c == '\n' || c == '\r';
}

// How many lines end in a text.
std::size_t line_ends(std::string_view text)
{
    auto count = static_cast<std::size_t>(std::ranges::count(text, '\n'));
    for (std::size_t at = text.find('\r'); at != std::string_view::npos;
         at = text.find('\r', at + 1))
        if (at + 1 == text.size() || text[at + 1] != '\n')
            ++count;
    return count;
}

std::string in_column(std::size_t column, std::string_view what)
{
    return "column " + std::to_string(column) + ": " + std::string(what);
}

} // namespace

rows::rows(std::string_view body, const dialect& how, const row_limits& limits)
    : body_(body),
      how_(how),
      limits_(limits),
      at_(body.size() - penstock::detail::without_mark(body).size())
{
    for (const char c : {how.delimiter, '\n', '\r'})
        ends_value_[static_cast<unsigned char>(c)] = true;
    if (how.quote && !how.lazy_quotes)
        ends_value_[static_cast<unsigned char>(*how.quote)] = true; // where it may not be
    pass_what_is_no_row();
}

void rows::next(row& into)
{
    const std::size_t begin = at_;
    into.line = line_;
    into.wrong.clear();
    into.body_ = body_;
    into.own_.clear();
    into.values_.clear();
    column_ = 0;
    is_broken_ = has_lines_ = false;
    for (;;)
    {
        ++column_;
        read_value(into);
        if (is_broken_ || at_ == body_.size() || body_[at_] != how_.delimiter)
            break;
        ++at_;
    }
    if (is_broken_)
    {
        at_ = line_end(begin);
        has_lines_ = false;
    }
    pass_line_end();
    into.text = body_.substr(begin, at_ - begin);
    line_ = into.line + (has_lines_ ? line_ends(into.text) : 1);
    pass_what_is_no_row();
}

void rows::read_value(row& into)
{
    if (is_quote(at_))
        read_quoted(into);
    else
        read_plain(into);
}

void rows::read_plain(row& into)
{
    const std::size_t begin = at_;
    at_ = plain_end(begin);
    if (is_quote(at_) && !how_.lazy_quotes)
    {
        is_broken_ = true;
        into.wrong = in_column(column_, "a quote in a value that does not begin with one; a value "
                                        "in quotes, with those in it doubled, was expected");
        return;
    }
    keep(into, begin, at_ - begin, false);
}

void rows::read_quoted(row& into)
{
    const std::size_t own = into.own_.size();
    bool is_own = false;
    std::size_t size = 0; // of the value so far, that of what is in `part` apart
    std::size_t part = ++at_;
    // What is too long is not kept, but its end is looked for.
    const auto add = [&](std::size_t end)
    {
        if (size + (end - part) <= limits_.value)
            into.own_.append(body_, part, end - part);
        size += end - part;
        is_own = true;
    };
    for (;;)
    {
        const std::size_t found = body_.find(*how_.quote, at_);
        at_ = std::min(found, body_.size());
        if (found == std::string_view::npos && !how_.lazy_quotes)
        {
            is_broken_ = true;
            into.wrong =
                in_column(column_, "the quotes are not closed; a closing one was expected");
            return;
        }
        if (!is_quote(at_ + 1))
            break;
        add(at_ + 1);
        part = at_ += 2;
    }
    const std::size_t end = at_;
    if (is_own)
        add(end);
    const std::string_view last = body_.substr(part, end - part);
    has_lines_ = has_lines_ || is_own || last.find('\n') != std::string_view::npos ||
                 last.find('\r') != std::string_view::npos;
    at_ = std::min(end + 1, body_.size());
    if (at_ < body_.size() && body_[at_] != how_.delimiter && !ends_line(body_[at_]))
    {
        if (!how_.lazy_quotes)
        {
            is_broken_ = true;
            into.wrong = in_column(column_, "a character behind the closing quote; a delimiter or "
                                            "the end of the line was expected");
            return;
        }
        if (!is_own)
            add(end);
        part = at_;
        at_ = plain_end(at_);
        add(at_);
    }
    if (is_own)
        keep(into, own, size, true);
    else
        keep(into, part, end - part, false);
}

void rows::keep(row& into, std::size_t begin, std::size_t size, bool is_own)
{
    if (!into.wrong.empty())
        return;
    if (size > limits_.value)
        into.wrong = in_column(column_, std::to_string(size) + " bytes; at most " +
                                            std::to_string(limits_.value) + " were expected");
    else if (column_ > limits_.values)
        into.wrong = "has more columns than it may; at most " + std::to_string(limits_.values) +
                     " were expected";
    else
        into.values_.push_back({begin, size, is_own});
}

void rows::pass_line_end()
{
    if (at_ == body_.size())
        return;
    at_ += body_[at_] == '\r' && at_ + 1 < body_.size() && body_[at_ + 1] == '\n' ? 2 : 1;
}

void rows::pass_what_is_no_row()
{
    while (at_ < body_.size())
    {
        if (how_.comment && body_[at_] == *how_.comment)
            at_ = line_end(at_);
        else if (!ends_line(body_[at_]))
            return;
        pass_line_end();
        ++line_;
    }
}

std::size_t rows::plain_end(std::size_t from) const
{
    constexpr std::size_t longest = 4096; // beyond it, a value is looked at by the block
    const std::size_t near = std::min(body_.size(), from + longest);
    while (from < near && !ends_value_[static_cast<unsigned char>(body_[from])])
        ++from;
    return from < near ? from : first_of(from, {how_.delimiter, '\n', '\r', quote_in_plain()});
}

// What ends a value without quotes, or is wrong in it, beside the others.
char rows::quote_in_plain() const
{
    return how_.quote && !how_.lazy_quotes ? *how_.quote : '\n';
}

// A byte of these, or the end. By the block, so that what is far is not looked for once for each.
std::size_t rows::first_of(std::size_t from, std::initializer_list<char> these) const
{
    constexpr std::size_t block = 4096;
    for (; from < body_.size(); from += block)
    {
        std::string_view part = body_.substr(from, block);
        const std::size_t whole = part.size();
        for (const char each : these)
            part = part.substr(0, part.find(each));
        if (part.size() < whole)
            return from + part.size();
    }
    return body_.size();
}

std::size_t rows::line_end(std::size_t from) const
{
    return first_of(from, {'\n', '\r'});
}

} // namespace csv_package
