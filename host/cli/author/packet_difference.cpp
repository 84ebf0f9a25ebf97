// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/author/packet_difference.hpp"

#include <algorithm>
#include <string_view>

namespace penstock::host::cli
{

namespace
{

constexpr std::size_t longest_shown = 200;

std::string shown(const json::value& value)
{
    std::string text = write_json(value);
    if (text.size() > longest_shown)
        text = text.substr(0, longest_shown) + "…";
    return text;
}

void compare(const json::value& expected, const json::value& came, const std::string& at,
             bool may_have_more, std::vector<std::string>& found);

void compare(const json::object& expected, const json::object& came, const std::string& at,
             bool may_have_more, std::vector<std::string>& found)
{
    for (const auto& member : expected)
    {
        const std::string name = at + "/" + std::string(member.key());
        const json::value* value = came.if_contains(member.key());
        if (value == nullptr)
            found.push_back(name + ": is missing; " + shown(member.value()) + " was expected");
        else
            compare(member.value(), *value, name, false, found);
    }
    for (const auto& member : came)
        if (!may_have_more && !expected.contains(member.key()))
            found.push_back(at + "/" + std::string(member.key()) + ": is " + shown(member.value()) +
                            "; nothing was expected");
}

void compare(const json::value& expected, const json::value& came, const std::string& at,
             bool may_have_more, std::vector<std::string>& found)
{
    if (expected.is_object() && came.is_object())
        return compare(expected.get_object(), came.get_object(), at, may_have_more, found);
    if (expected != came)
        found.push_back(at + ": is " + shown(came) + "; " + shown(expected) + " was expected");
}

void compare_packets(const json::object& expected, const packet& came, const std::string& at,
                     std::vector<std::string>& found)
{
    const json::object form = to_json(came);
    for (const auto& part : expected)
    {
        const json::value* own = form.if_contains(part.key());
        const json::value empty =
            part.key() == "data" ? json::value("") : json::value(json::object());
        compare(part.value(), own == nullptr ? empty : *own, at + "/" + std::string(part.key()),
                part.key() == "meta", found);
    }
}

} // namespace

std::vector<std::string> differences(const json::array& expected, const std::vector<packet>& came)
{
    std::vector<std::string> found;
    if (expected.size() != came.size())
        found.push_back(": has " + std::to_string(came.size()) + " packets; " +
                        std::to_string(expected.size()) + " were expected");
    const std::size_t both = std::min(expected.size(), came.size());
    for (std::size_t n = 0; n < both; ++n)
        compare_packets(expected[n].as_object(), came[n], "[" + std::to_string(n) + "]", found);
    for (std::size_t n = both; n < came.size(); ++n)
        found.push_back("[" + std::to_string(n) + "]: is " + shown(to_json(came[n])) +
                        "; nothing was expected");
    for (std::size_t n = both; n < expected.size(); ++n)
        found.push_back("[" + std::to_string(n) + "]: is missing; " + shown(expected[n]) +
                        " was expected");
    return found;
}

} // namespace penstock::host::cli
