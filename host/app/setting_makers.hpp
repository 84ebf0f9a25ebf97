// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/app/settings.hpp"
#include "host/base/quantity.hpp"

#include <penstock/json.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// Settings by the kind of their value, for the table of all settings. `member` reaches a member of
/// the settings: `[](auto& all) -> auto& { return all.lanes; }`.
namespace penstock::host::setting_makers
{

/// The greatest number there may be.
inline constexpr std::uint64_t endless = std::numeric_limits<std::int64_t>::max();

/// What all have: a setting without its functions.
inline setting described(std::string key, std::string help, std::string expected,
                         json::object schema)
{
    setting one;
    one.key = std::move(key);
    one.help = std::move(help);
    one.expected = std::move(expected);
    one.schema = std::move(schema);
    return one;
}

/// A text, which `fits` may restrict.
template <class Member>
setting text(std::string key, std::string help, std::string expected, Member member,
             bool (*fits)(std::string_view) = nullptr)
{
    setting one =
        described(std::move(key), std::move(help), std::move(expected), {{"type", "string"}});
    one.set = [=](settings& all, const std::string& value)
    {
        if (fits != nullptr && !fits(value))
            return false;
        member(all) = value;
        return true;
    };
    one.write = [=](const settings& all) { return json::value(json::string(member(all))); };
    return one;
}

/// One of some words.
template <class Member>
setting word(std::string key, std::string help, std::vector<std::string> words, Member member)
{
    std::string expected;
    for (const std::string& each : words)
        expected += (expected.empty() ? "" : &each == &words.back() ? " or " : ", ") + each;
    setting one = described(std::move(key), std::move(help), expected + " was expected",
                            {{"enum", json::array(words.begin(), words.end())}});
    one.set = [=](settings& all, const std::string& value)
    {
        if (std::ranges::find(words, value) == words.end())
            return false;
        member(all) = value;
        return true;
    };
    one.write = [=](const settings& all) { return json::value(json::string(member(all))); };
    return one;
}

/// A list of texts; its flag may be given more than once.
template <class Member>
setting list(
    std::string key, std::string help, std::string expected, Member member,
    bool (*fits)(std::string_view) = [](std::string_view text) { return !text.empty(); })
{
    setting one = described(std::move(key), std::move(help), std::move(expected),
                            {{"type", "array"}, {"items", {{"type", "string"}, {"minLength", 1}}}});
    one.is_list = true;
    one.set = [=](settings& all, const std::string& value)
    {
        member(all).push_back(value);
        return fits(value);
    };
    one.write = [=](const settings& all)
    { return json::value(json::array(member(all).begin(), member(all).end())); };
    one.clear = [=](settings& all) { member(all).clear(); };
    return one;
}

/// A number.
template <class Member>
setting count(std::string key, std::string help, std::uint64_t least, std::uint64_t most,
              Member member)
{
    std::string expected = most == endless ? "a number was expected"
                                           : "a number from " + std::to_string(least) + " to " +
                                                 std::to_string(most) + " was expected";
    json::object schema{
        {"type", {"integer", "string"}}, {"pattern", "^[0-9]+$"}, {"minimum", least}};
    if (most != endless)
        schema["maximum"] = most;
    setting one =
        described(std::move(key), std::move(help), std::move(expected), std::move(schema));
    one.set = [=](settings& all, const std::string& value)
    {
        const auto number = parse_count(value);
        if (!number || *number < least || *number > most)
            return false;
        member(all) = static_cast<std::size_t>(*number);
        return true;
    };
    one.write = [=](const settings& all)
    { return json::value(static_cast<std::uint64_t>(member(all))); };
    return one;
}

/// A number of bytes, as in 16MiB.
template <class Member>
setting size(std::string key, std::string help, Member member)
{
    setting one = described(std::move(key), std::move(help), "a size as in 16MiB was expected",
                            {{"type", {"string", "integer"}},
                             {"pattern", "^[0-9]+(B|KiB|MiB|GiB|TiB)?$"},
                             {"minimum", 0}});
    one.set = [=](settings& all, const std::string& value)
    {
        const auto bytes = parse_size(value);
        if (!bytes)
            return false;
        member(all) = static_cast<std::size_t>(*bytes);
        return true;
    };
    one.write = [=](const settings& all) { return json::value(write_size(member(all))); };
    return one;
}

/// A time, as in 500ms.
template <class Member>
setting duration(std::string key, std::string help, Member member,
                 std::chrono::milliseconds most = std::chrono::milliseconds::max(),
                 std::chrono::milliseconds least = std::chrono::milliseconds(0))
{
    setting one = described(
        std::move(key), std::move(help),
        most == std::chrono::milliseconds::max()
            ? "a time as in 500ms, 45s or 10m was expected"
            : "a time " + (least.count() == 0 ? "" : "from " + write_duration(least) + " ") +
                  "up to " + write_duration(most) + " was expected",
        {{"type", "string"}, {"pattern", "^[0-9]+(ms|s|m|h|d)$"}});
    one.set = [=](settings& all, const std::string& value)
    {
        const auto time = parse_duration(value);
        if (!time || *time < least || *time > most)
            return false;
        member(all) = *time;
        return true;
    };
    one.write = [=](const settings& all) { return json::value(write_duration(member(all))); };
    return one;
}

} // namespace penstock::host::setting_makers
