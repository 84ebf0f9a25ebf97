// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace extract_package
{

/// Returns what of a URL that was found in a sentence is of the URL: no points, commas and quotes
/// at its end, and no bracket there that it does not open. [any thread]
[[nodiscard]] inline std::string_view without_end_of_sentence(std::string_view url)
{
    const auto count = [url](char c) { return std::ranges::count(url, c); };
    std::ptrdiff_t round = count(')') - count('('); // of those that close, more
    std::ptrdiff_t square = count(']') - count('[');
    while (!url.empty())
    {
        const char last = url.back();
        const bool is_open_bracket = last == '(' || last == '[';
        if (last == ')' && round > 0)
            --round;
        else if (last == ']' && square > 0)
            --square;
        else if (std::string_view(".,;:!?'*_").find(last) == std::string_view::npos &&
                 !is_open_bracket)
            break;
        url.remove_suffix(1);
    }
    return url;
}

} // namespace extract_package
