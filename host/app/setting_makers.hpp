// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/app/settings.hpp"
#include "host/base/quantity.hpp"

#include <penstock/json.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

/// Settings by the kind of their value, for the table of all settings. `member` reaches a member of
/// the settings: `[](auto& all) -> auto& { return all.lanes; }`.
namespace penstock::host::setting_makers
{

/// The greatest number there may be.
inline constexpr std::uint64_t endless = std::numeric_limits<std::int64_t>::max();

/// A text, which `fits` may restrict.
template <class Member>
setting text(std::string key, std::string help, std::string expected, Member member,
             bool (*fits)(std::string_view) = nullptr)
{
    setting one{std::move(key), std::move(help), std::move(expected), false, {}, {}, {}};
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

/// A list of texts; its flag may be given more than once.
template <class Member>
setting list(
    std::string key, std::string help, std::string expected, Member member,
    bool (*fits)(std::string_view) = [](std::string_view text) { return !text.empty(); })
{
    setting one{std::move(key), std::move(help), std::move(expected), true, {}, {}, {}};
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
    setting one{std::move(key), std::move(help), std::move(expected), false, {}, {}, {}};
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
    setting one{
        std::move(key), std::move(help), "a size as in 16MiB was expected", false, {}, {}, {}};
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
    setting one{std::move(key),
                std::move(help),
                most == std::chrono::milliseconds::max()
                    ? "a time as in 500ms, 45s or 10m was expected"
                    : "a time " +
                          (least.count() == 0 ? "" : "from " + write_duration(least) + " ") +
                          "up to " + write_duration(most) + " was expected",
                false,
                {},
                {},
                {}};
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
