// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "time.hpp"

#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>

namespace msgpack_package
{
namespace
{

constexpr std::uint32_t second = 1'000'000'000; // in nanoseconds
constexpr std::int64_t first = -62'167'219'200; // 0000-01-01T00:00:00Z
constexpr std::int64_t last = 253'402'300'799;  // 9999-12-31T23:59:59Z

std::optional<point_in_time> checked(std::int64_t seconds, std::uint64_t nanoseconds)
{
    if (seconds < first || seconds > last || nanoseconds >= second)
        return std::nullopt;
    return point_in_time{seconds, static_cast<std::uint32_t>(nanoseconds)};
}

std::uint64_t integer(std::string_view bytes)
{
    std::uint64_t number = 0;
    for (const char c : bytes)
        number = number << 8 | static_cast<unsigned char>(c);
    return number;
}

std::optional<point_in_time> of_seconds(double seconds)
{
    if (!(seconds >= static_cast<double>(first) && seconds < static_cast<double>(last)))
        return std::nullopt;
    const double whole = std::floor(seconds);
    const double fraction = std::floor((seconds - whole) * second);
    return checked(static_cast<std::int64_t>(whole), static_cast<std::uint64_t>(fraction));
}

} // namespace

std::optional<point_in_time> timestamp_of(const token& read)
{
    constexpr unsigned seconds_bits = 34; // of the form of 8 bytes
    if (read.kind != token_kind::extension || read.type != timestamp_type)
        return std::nullopt;
    const std::uint64_t number = integer(read.text.substr(0, 8));
    switch (read.text.size())
    {
    case 4: return checked(static_cast<std::int64_t>(number), 0);
    case 8:
        return checked(static_cast<std::int64_t>(number & ((std::uint64_t{1} << seconds_bits) - 1)),
                       number >> seconds_bits);
    case 12:
        return checked(static_cast<std::int64_t>(integer(read.text.substr(4))),
                       integer(read.text.substr(0, 4)));
    default: return std::nullopt;
    }
}

std::optional<point_in_time> event_time_of(const token& read)
{
    switch (read.kind)
    {
    case token_kind::unsigned_integer:
        if (read.unsigned_integer > static_cast<std::uint64_t>(last))
            return std::nullopt;
        return checked(static_cast<std::int64_t>(read.unsigned_integer), 0);
    case token_kind::signed_integer: return checked(read.signed_integer, 0);
    case token_kind::number: return of_seconds(read.number);
    case token_kind::extension:
        if (read.type == 0 && read.text.size() == 8)
            return checked(static_cast<std::int64_t>(integer(read.text.substr(0, 4))),
                           integer(read.text.substr(4)));
        return timestamp_of(read);
    default: return std::nullopt;
    }
}

std::string rfc3339(point_in_time time)
{
    const std::chrono::sys_seconds at{std::chrono::seconds(time.seconds)};
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(at - day);
    std::array<char, 64> text{};
    int length = std::snprintf(
        text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
        static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
        static_cast<int>(clock.seconds().count()));
    std::string made(text.data(), static_cast<std::size_t>(length));
    if (time.nanoseconds > 0)
    {
        length = std::snprintf(text.data(), text.size(), ".%09u", time.nanoseconds);
        made.append(text.data(), static_cast<std::size_t>(length));
    }
    return made + "Z";
}

} // namespace msgpack_package
