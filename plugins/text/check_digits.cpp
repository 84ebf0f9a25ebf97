// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "check_digits.hpp"

#include <algorithm>
#include <cstddef>

namespace text_package
{

namespace
{

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool is_letter(char c)
{
    const char small = static_cast<char>(c | 0x20);
    return small >= 'a' && small <= 'z';
}

bool is_between_groups(char c)
{
    return c == ' ' || c == '-';
}

// ISO/IEC 7812-1, annex B.
bool has_check_digit(std::string_view number)
{
    unsigned sum = 0;
    bool is_doubled = false;
    for (auto each = number.rbegin(); each != number.rend(); ++each)
    {
        if (!is_digit(*each))
            continue;
        const auto digit = static_cast<unsigned>(*each - '0');
        sum += !is_doubled ? digit : digit < 5 ? 2 * digit : 2 * digit - 9;
        is_doubled = !is_doubled;
    }
    return sum % 10 == 0;
}

// ISO 13616-1: the first four characters go to the end, letters are numbers from 10 on.
bool has_check_digits(std::string_view iban)
{
    unsigned remainder = 0;
    const auto add = [&remainder](char c)
    {
        if (is_digit(c))
            remainder = (remainder * 10 + static_cast<unsigned>(c - '0')) % 97;
        else if (is_letter(c))
            remainder = (remainder * 100 + static_cast<unsigned>((c | 0x20) - 'a') + 10) % 97;
    };
    std::ranges::for_each(iban.substr(4), add);
    std::ranges::for_each(iban.substr(0, 4), add);
    return remainder == 1;
}

// ISO/IEC 7812-1: airlines, banks and shops, and others that cards are of.
bool begins_card(std::string_view text)
{
    return (text.front() >= '1' && text.front() <= '6') || text.front() == '8';
}

// Those of airlines have 15 digits, so that what counts milliseconds since 1970 is none; those that
// begin with 8 have 16 at least.
bool is_card(std::string_view number)
{
    const auto digits = std::ranges::count_if(number, is_digit);
    return (number.front() != '1' || digits == 15) && (number.front() != '8' || digits >= 16) &&
           has_check_digit(number);
}

bool begins_iban(std::string_view text)
{
    return text.size() > 4 && is_letter(text[0]) && is_letter(text[1]) && is_digit(text[2]) &&
           is_digit(text[3]);
}

// Tries the numbers that begin and end with a group.
template <class Begins, class Fits>
std::vector<std::string_view> numbers_in(std::string_view text, std::size_t least, std::size_t most,
                                         const Begins& begins, const Fits& fits)
{
    std::vector<std::string_view> found;
    for (std::size_t begin = 0; begin < text.size(); ++begin)
    {
        const bool is_group =
            !is_between_groups(text[begin]) && (begin == 0 || is_between_groups(text[begin - 1]));
        if (!is_group || !begins(text.substr(begin)))
            continue;
        std::size_t longest = 0;
        std::size_t count = 0;
        for (std::size_t end = begin; end < text.size() && count <= most;)
        {
            count += is_between_groups(text[end]) ? 0 : 1;
            ++end;
            const bool ends = end == text.size() || is_between_groups(text[end]);
            if (ends && count >= least && count <= most && fits(text.substr(begin, end - begin)))
                longest = end - begin;
        }
        if (longest == 0)
            continue;
        found.push_back(text.substr(begin, longest));
        begin += longest - 1;
    }
    return found;
}

} // namespace

std::vector<std::string_view> card_numbers_in(std::string_view text)
{
    return numbers_in(text, 13, 19, begins_card, is_card);
}

std::vector<std::string_view> ibans_in(std::string_view text)
{
    return numbers_in(text, 15, 34, begins_iban, has_check_digits);
}

} // namespace text_package
