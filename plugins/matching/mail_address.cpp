// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "mail_address.hpp"

#include <algorithm>
#include <cstddef>

namespace matching
{

namespace
{

constexpr std::size_t longest_local = 64;
constexpr std::size_t longest_label = 63;
constexpr std::size_t longest_domain = 255;

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool is_letter(char c)
{
    const char small = static_cast<char>(c | 0x20);
    return (small >= 'a' && small <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}

bool is_top_label(std::string_view label)
{
    return label.size() >= 2 &&
           (std::ranges::all_of(label, is_letter) || label.starts_with("xn--"));
}

std::string_view local_in(std::string_view text)
{
    if (const std::size_t dots = text.rfind(".."); dots != std::string_view::npos)
        text.remove_prefix(dots + 2);
    while (!text.empty() && !is_letter(text.front()) && !is_digit(text.front()) &&
           text.front() != '_')
        text.remove_prefix(1);
    const bool is_good = !text.ends_with('.') && text.size() <= longest_local;
    return is_good ? text : std::string_view();
}

bool is_label(std::string_view label)
{
    return !label.empty() && label.size() <= longest_label && label.front() != '-' &&
           label.back() != '-';
}

// The name of a host that the text begins with: what ends a sentence is not of it.
std::string_view domain_in(std::string_view text)
{
    if (text.starts_with('['))
        return text;
    while (text.ends_with('.') || text.ends_with('-'))
        text.remove_suffix(1);
    if (const std::size_t dots = text.find(".."); dots != std::string_view::npos)
        text = text.substr(0, dots);
    std::size_t labels = 0;
    std::string_view label;
    for (std::size_t begin = 0; begin <= text.size(); begin += label.size() + 1)
    {
        label = text.substr(begin, text.find('.', begin) - begin);
        if (!is_label(label))
            return {};
        ++labels;
    }
    const bool is_good = labels > 1 && text.size() <= longest_domain && is_top_label(label);
    return is_good ? text : std::string_view();
}

} // namespace

std::string_view mail_address_in(std::string_view local, std::string_view domain)
{
    local = local_in(local);
    domain = domain_in(domain);
    if (local.empty() || domain.empty())
        return {};
    return {local.data(), static_cast<std::size_t>(domain.data() + domain.size() - local.data())};
}

} // namespace matching
