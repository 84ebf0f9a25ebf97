// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "event_time.hpp"

#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <string_view>

namespace packets
{

namespace
{

constexpr std::int64_t first = -62'167'219'200'000; // 0000-01-01T00:00:00Z
constexpr std::int64_t last = 253'402'300'799'999;  // 9999-12-31T23:59:59.999Z

std::optional<std::int64_t> checked(std::int64_t time)
{
    return time < first || time > last ? std::nullopt : std::optional(time);
}

// A number of so many digits at a place; -1 if there is none.
int number_at(std::string_view text, std::size_t at, std::size_t digits)
{
    int number = 0;
    for (std::size_t n = at; n < at + digits; ++n)
    {
        if (n >= text.size() || text[n] < '0' || text[n] > '9')
            return -1;
        number = number * 10 + (text[n] - '0');
    }
    return number;
}

bool has_form(std::string_view text)
{
    constexpr std::string_view form = "0000-00-00T00:00:00";
    if (text.size() <= form.size())
        return false;
    for (std::size_t n = 0; n < form.size(); ++n)
    {
        const char c = text[n];
        const bool fits = form[n] == '0'   ? c >= '0' && c <= '9'
                          : form[n] == 'T' ? c == 'T' || c == 't' || c == ' '
                                           : c == form[n];
        if (!fits)
            return false;
    }
    return true;
}

std::optional<int> offset_in_minutes(std::string_view zone)
{
    if (zone == "Z" || zone == "z")
        return 0;
    if (zone.size() != 6 || (zone[0] != '+' && zone[0] != '-') || zone[3] != ':')
        return std::nullopt;
    const int hours = number_at(zone, 1, 2);
    const int minutes = number_at(zone, 4, 2);
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59)
        return std::nullopt;
    return (zone[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
}

std::optional<std::int64_t> read_text(std::string_view text)
{
    if (!has_form(text))
        return std::nullopt;
    const std::chrono::year_month_day date(
        std::chrono::year(number_at(text, 0, 4)),
        std::chrono::month(static_cast<unsigned>(number_at(text, 5, 2))),
        std::chrono::day(static_cast<unsigned>(number_at(text, 8, 2))));
    const int hour = number_at(text, 11, 2);
    const int minute = number_at(text, 14, 2);
    const int second = number_at(text, 17, 2);
    if (!date.ok() || hour > 23 || minute > 59 || second > 60)
        return std::nullopt;
    std::size_t at = 19;
    int fraction = 0; // in milliseconds
    if (text[at] == '.')
    {
        const std::size_t begin = ++at;
        for (int worth = 100; at < text.size() && text[at] >= '0' && text[at] <= '9'; worth /= 10)
            fraction += worth * (text[at++] - '0');
        if (at == begin)
            return std::nullopt;
    }
    const std::optional<int> offset = offset_in_minutes(text.substr(at));
    if (!offset)
        return std::nullopt;
    const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
    const std::int64_t seconds = ((days * 24 + hour) * 60 + minute - *offset) * 60 + second;
    return checked(seconds * 1000 + fraction);
}

} // namespace

std::optional<milliseconds_since_1970> event_time(const penstock::json::value& value)
{
    if (const penstock::json::string* text = value.if_string())
        return read_text(*text);
    if (!value.is_number())
        return std::nullopt;
    const double time = std::floor(value.to_number<double>() * 1000);
    if (!(time >= static_cast<double>(first) && time <= static_cast<double>(last)))
        return std::nullopt;
    return static_cast<std::int64_t>(time);
}

std::string rfc3339(milliseconds_since_1970 time)
{
    using namespace std::chrono;
    const sys_time<milliseconds> point{milliseconds(time)};
    const auto day = floor<days>(point);
    const year_month_day date(day);
    const hh_mm_ss clock(point - day);
    std::array<char, 64> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d", int(date.year()),
                  unsigned(date.month()), unsigned(date.day()), int(clock.hours().count()),
                  int(clock.minutes().count()), int(clock.seconds().count()));
    std::string made = text.data();
    if (const auto fraction = static_cast<int>(clock.subseconds().count()); fraction != 0)
    {
        std::snprintf(text.data(), text.size(), ".%03d", fraction);
        made += text.data();
    }
    return made + 'Z';
}

} // namespace packets
