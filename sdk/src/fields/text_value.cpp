// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "text_value.hpp"

#include "../json/unescape.hpp"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>

namespace penstock::detail
{

namespace
{

// An integer of so many digits fits into 64 bits.
constexpr std::size_t few_digits = 18;

bool is_short_integer(std::string_view text) noexcept
{
    return text.size() <= few_digits &&
           std::all_of(text.begin() + (text.front() == '-'), text.end(),
                       [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

json::value value_of_text(std::string_view text)
{
    switch (text.front())
    {
    case '"': return unescaped(text.substr(1, text.size() - 2));
    case 't': return true;
    case 'f': return false;
    case 'n': return nullptr;
    case '{':
    case '[': break;
    default:
        if (is_short_integer(text))
        {
            std::int64_t number = 0;
            std::from_chars(text.data(), text.data() + text.size(), number);
            return number;
        }
    }
    return parse_json(text, checked_text);
}

} // namespace penstock::detail
