// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "date_format.hpp"

#include <cstddef>

namespace dates_package
{

namespace
{

// The letters behind the percent signs of a format; a question mark for a sign that no letter
// follows, for a width of more than two digits, and for a modifier that is not of %z.
std::string conversions_in(std::string_view format)
{
    constexpr std::size_t longest_width = 2;
    std::string found;
    for (std::size_t n = 0; n < format.size(); ++n)
    {
        if (format[n] != '%')
            continue;
        const std::size_t begin = ++n;
        while (n < format.size() && format[n] >= '0' && format[n] <= '9')
            ++n;
        const bool is_wide = n - begin > longest_width;
        const bool is_modified = n < format.size() && (format[n] == 'E' || format[n] == 'O');
        if (is_modified)
            ++n;
        const bool is_known = n < format.size() && !is_wide && (!is_modified || format[n] == 'z');
        found += is_known ? format[n] : '?';
    }
    return found;
}

bool has_any(const std::string& conversions, std::string_view of)
{
    return conversions.find_first_of(of) != std::string::npos;
}

} // namespace

std::string problem_of_format(std::string_view format, format_use use)
{
    constexpr std::string_view known = "aAbBcdDeFgGhHIjmMnprRStTuUVwWxXyYz%";
    const std::string conversions = conversions_in(format);
    for (const char each : conversions)
        if (known.find(each) == std::string_view::npos &&
            !(each == 'Z' && use == format_use::writing))
            return "has %" + std::string(1, each) + "; one of %" + std::string(known) +
                   " was expected";
    if (use == format_use::reading && !has_any(conversions, "YyGgDFcx"))
        return "has no year; %Y, %y or another format with a year was expected";
    if (use == format_use::reading && has_any(conversions, "UVW") &&
        !has_any(conversions, "aAuwDFcxj") &&
        !(has_any(conversions, "mbBh") && has_any(conversions, "de")))
        return "has a week without a day of it; %u, %w or %a beside it was expected";
    if (use == format_use::reading && has_any(conversions, "I") && !has_any(conversions, "p"))
        return "has %I without %p; both, or %H, were expected";
    if (conversions.empty())
        return "has no part of a date; a format as %Y-%m-%d was expected";
    return {};
}

std::string completion_of(std::string_view format)
{
    const std::string conversions = conversions_in(format);
    if (has_any(conversions, "DFcxjUVW")) // a day, or a week with one
        return {};
    std::string lacks;
    if (!has_any(conversions, "mbBh"))
        lacks += " %m";
    if (!has_any(conversions, "de"))
        lacks += " %d";
    return lacks;
}

} // namespace dates_package
