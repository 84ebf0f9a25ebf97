// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "timestamp.hpp"

#include "digit.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <cstdlib>
#include <optional>

namespace syslog_package
{
namespace
{

// Two digits at a place; more than any bound, if there are none.
unsigned two_digits(std::string_view text, std::size_t at)
{
    constexpr unsigned none = 100;
    if (at + 2 > text.size() || !is_digit(text[at]) || !is_digit(text[at + 1]))
        return none;
    return static_cast<unsigned>((text[at] - '0') * 10 + (text[at + 1] - '0'));
}

// `hh:mm:ss` at a place; a leap second is one.
bool is_clock(std::string_view text, std::size_t at)
{
    return at + 8 <= text.size() && text[at + 2] == ':' && text[at + 5] == ':' &&
           two_digits(text, at) < 24 && two_digits(text, at + 3) < 60 &&
           two_digits(text, at + 6) <= 60;
}

// `Z`, `+hh:mm` or `-hh:mm`.
bool is_offset(std::string_view text)
{
    if (text == "Z")
        return true;
    return text.size() == 6 && (text[0] == '+' || text[0] == '-') && text[3] == ':' &&
           two_digits(text, 1) < 24 && two_digits(text, 4) < 60;
}

struct moment
{
    unsigned month = 0;
    unsigned day = 0;
    int hour = 0;
    int minute = 0;
    int second = 0;
};

// `Mmm dd hh:mm:ss` at the begin of a text.
std::optional<moment> old_moment(std::string_view text)
{
    constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    if (text.size() < 15 || text[3] != ' ' || text[6] != ' ' || !is_clock(text, 7))
        return std::nullopt;
    moment made;
    for (std::size_t i = 0; i < months.size(); ++i)
        if (text.starts_with(months.at(i)))
            made.month = static_cast<unsigned>(i) + 1;
    made.day = text[4] == ' ' && is_digit(text[5]) ? static_cast<unsigned>(text[5] - '0')
                                                   : two_digits(text, 4);
    made.hour = static_cast<int>(two_digits(text, 7));
    made.minute = static_cast<int>(two_digits(text, 10));
    made.second = static_cast<int>(two_digits(text, 13));
    if (made.month == 0 || made.day == 0 || made.day > 31)
        return std::nullopt;
    return made;
}

struct placed
{
    std::time_t time = 0;
    int year = 0;
    long offset = 0; // of the zone, in seconds
};

std::optional<placed> place(const moment& what, int year, bool is_local)
{
    const std::chrono::year_month_day day{std::chrono::year(year), std::chrono::month(what.month),
                                          std::chrono::day(what.day)};
    if (!day.ok())
        return std::nullopt;
    std::tm parts{};
    parts.tm_year = year - 1900;
    parts.tm_mon = static_cast<int>(what.month) - 1;
    parts.tm_mday = static_cast<int>(what.day);
    parts.tm_hour = what.hour;
    parts.tm_min = what.minute;
    parts.tm_sec = what.second;
    parts.tm_isdst = -1;
    if (!is_local)
        return placed{::timegm(&parts), year, 0};
    const std::time_t time = std::mktime(&parts);
    return placed{time, year, parts.tm_gmtoff};
}

std::string written(const moment& what, const placed& where)
{
    std::array<char, 64> text{};
    int length =
        std::snprintf(text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d", where.year,
                      what.month, what.day, what.hour, what.minute, what.second);
    std::string made(text.data(), static_cast<std::size_t>(length));
    if (where.offset == 0)
        return made + 'Z';
    const long minutes = std::labs(where.offset) / 60;
    length = std::snprintf(text.data(), text.size(), "%c%02ld:%02ld", where.offset < 0 ? '-' : '+',
                           minutes / 60, minutes % 60);
    return made.append(text.data(), static_cast<std::size_t>(length));
}

// In the year that brings it nearest to when it came: at the end of a year that may be another.
std::string in_nearest_year(const moment& what, const received_at& when)
{
    std::tm now{};
    ::gmtime_r(&when.time, &now);
    std::optional<placed> nearest;
    for (int year = now.tm_year + 1899; year <= now.tm_year + 1901; ++year)
        if (const std::optional<placed> each = place(what, year, when.is_local);
            each && (!nearest ||
                     std::llabs(each->time - when.time) < std::llabs(nearest->time - when.time)))
            nearest = each;
    return nearest ? written(what, *nearest) : std::string();
}

} // namespace

bool is_rfc3339(std::string_view text)
{
    constexpr std::size_t fixed = 19; // YYYY-MM-DDThh:mm:ss
    if (text.size() <= fixed || two_digits(text, 0) > 99 || two_digits(text, 2) > 99 ||
        text[4] != '-' || text[7] != '-' || text[10] != 'T' || !is_clock(text, 11))
        return false;
    const std::chrono::year_month_day day{
        std::chrono::year(static_cast<int>(two_digits(text, 0) * 100 + two_digits(text, 2))),
        std::chrono::month(two_digits(text, 5)), std::chrono::day(two_digits(text, 8))};
    if (!day.ok())
        return false;
    std::string_view rest = text.substr(fixed);
    if (rest.starts_with('.'))
    {
        std::size_t digits = 0;
        while (digits + 1 < rest.size() && is_digit(rest[digits + 1]))
            ++digits;
        if (digits == 0 || digits > 9)
            return false;
        rest.remove_prefix(digits + 1);
    }
    return is_offset(rest);
}

std::string take_old_timestamp(std::string_view& text, const received_at& when)
{
    std::size_t size = 15;
    std::string made;
    if (const std::optional<moment> found = old_moment(text))
        made = in_nearest_year(*found, when);
    else if (const std::string_view word = text.substr(0, text.find(' ')); is_rfc3339(word))
    {
        made = word;
        size = word.size();
    }
    if (made.empty() || (text.size() > size && text[size] != ' '))
        return {};
    text.remove_prefix(size);
    text.remove_prefix(text.starts_with(' ') ? 1 : 0);
    return made;
}

} // namespace syslog_package
