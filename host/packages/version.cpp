// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/packages/version.hpp"

#include <algorithm>

namespace penstock::host
{

namespace
{

constexpr std::size_t longest_version = 64;

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool is_alphanumeric(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/// Takes the part before the first dot off a version.
std::string_view take_part(std::string_view& version)
{
    const std::string_view part = version.substr(0, version.find('.'));
    version.remove_prefix(std::min(version.size(), part.size() + 1));
    return part;
}

std::string_view without_leading_zeros(std::string_view digits)
{
    return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

std::weak_ordering compare_parts(std::string_view a, std::string_view b)
{
    const bool a_is_number = std::all_of(a.begin(), a.end(), is_digit);
    const bool b_is_number = std::all_of(b.begin(), b.end(), is_digit);
    if (a_is_number != b_is_number)
        return a_is_number ? std::weak_ordering::less : std::weak_ordering::greater;
    if (!a_is_number)
        return a <=> b;
    a = without_leading_zeros(a);
    b = without_leading_zeros(b);
    return a.size() != b.size() ? std::weak_ordering(a.size() <=> b.size())
                                : std::weak_ordering(a <=> b);
}

} // namespace

std::weak_ordering compare_versions(std::string_view a, std::string_view b) noexcept
{
    while (!a.empty() && !b.empty())
        if (const auto order = compare_parts(take_part(a), take_part(b)); order != 0)
            return order;
    return !a.empty() <=> !b.empty();
}

bool satisfies(std::string_view version, std::string_view pinned) noexcept
{
    return version.starts_with(pinned) &&
           (version.size() == pinned.size() || version[pinned.size()] == '.');
}

bool is_version(std::string_view text) noexcept
{
    return !text.empty() && text.size() <= longest_version && is_alphanumeric(text.front()) &&
           std::all_of(text.begin(), text.end(),
                       [](char c) {
                           return is_alphanumeric(c) ||
                                  std::string_view(".+~_-").find(c) != std::string_view::npos;
                       });
}

} // namespace penstock::host
