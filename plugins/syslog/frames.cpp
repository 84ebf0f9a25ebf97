// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "frames.hpp"

#include "digit.hpp"

#include <algorithm>
#include <charconv>

namespace syslog_package
{
namespace
{

constexpr std::size_t most_digits = 9;

// How many digits of a count stand at the begin of a text; 0: it is none.
std::size_t digits_of_count(std::string_view text)
{
    if (text.empty() || text.front() == '0')
        return 0;
    std::size_t digits = 0;
    while (digits < text.size() && digits <= most_digits && is_digit(text[digits]))
        ++digits;
    const bool is_count = digits <= most_digits && (digits == text.size() || text[digits] == ' ');
    return is_count ? digits : 0;
}

} // namespace

void frames::add(std::string_view bytes)
{
    bytes_.erase(0, begin_);
    begin_ = 0;
    bytes_ += bytes;
}

void frames::pass(std::size_t count)
{
    begin_ += count;
    searched_ = 0;
}

// Whether the end was reached of a message that was too long.
bool frames::pass_over()
{
    const std::size_t count = std::min(to_pass_, left().size());
    pass(count);
    to_pass_ -= count;
    if (to_pass_ > 0)
        return false;
    if (!passes_line_)
        return true;
    const std::size_t end = left().find('\n');
    passes_line_ = end == std::string_view::npos;
    pass(passes_line_ ? left().size() : end + 1);
    return !passes_line_;
}

std::optional<frame> frames::next()
{
    if (!pass_over())
        return std::nullopt;
    // Some senders put a line feed behind a message with a count too; empty lines are nothing.
    const std::size_t begin = left().find_first_not_of(std::string_view("\r\n\0", 3));
    if (begin == std::string_view::npos)
    {
        pass(left().size());
        return std::nullopt;
    }
    if (begin > 0)
        pass(begin);
    const std::size_t digits = digits_of_count(left());
    return digits > 0 ? counted(digits) : line();
}

std::optional<frame> frames::counted(std::size_t digits)
{
    const std::string_view text = left();
    if (digits == text.size())
        return std::nullopt; // the count may go on
    std::size_t count = 0;
    std::from_chars(text.data(), text.data() + digits, count);
    const std::size_t kept = std::min(count, most_);
    if (text.size() < digits + 1 + kept)
        return std::nullopt;
    frame made{std::string(text.substr(digits + 1, kept)), kept < count};
    pass(digits + 1 + kept);
    to_pass_ = count - kept;
    return made;
}

std::optional<frame> frames::line()
{
    const std::string_view text = left();
    const std::size_t end = text.find('\n', searched_);
    searched_ = text.size();
    if (end == std::string_view::npos && text.size() <= most_)
        return std::nullopt;
    const std::size_t length = std::min(end, text.size());
    frame made{std::string(text.substr(0, std::min(length, most_))), length > most_};
    passes_line_ = end == std::string_view::npos;
    pass(passes_line_ ? text.size() : end + 1);
    return made;
}

std::optional<frame> frames::rest()
{
    std::string_view text = left();
    const std::size_t digits = digits_of_count(text);
    text.remove_prefix(digits > 0 ? std::min(digits + 1, text.size()) : 0);
    const bool is_message = to_pass_ == 0 && !passes_line_ && !text.empty();
    frame made{std::string(text.substr(0, most_)), true};
    pass(left().size());
    return is_message ? std::optional(std::move(made)) : std::nullopt;
}

} // namespace syslog_package
