// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "sheet_dates.hpp"

#include <chrono>
#include <cmath>
#include <cstdio>

namespace document_package
{

namespace
{

constexpr double last_day = 2'958'465;  // the end of 9999
constexpr double leap_day_of_1900 = 60; // which there was not
constexpr std::int64_t seconds_of_day = 86'400;

std::string digits(std::int64_t number, int width)
{
    char text[24] = {};
    std::snprintf(text, sizeof text, "%0*lld", width, static_cast<long long>(number));
    return text;
}

} // namespace

bool is_date_format(int number)
{
    return (number >= 14 && number <= 22) || (number >= 27 && number <= 36) || number == 45 ||
           number == 47 || (number >= 50 && number <= 58);
}

bool is_date_format(std::string_view format)
{
    bool is_date = false;
    for (std::size_t i = 0; i < format.size() && format[i] != ';'; ++i)
    {
        const char c = format[i];
        if (c == '\\' || c == '_' || c == '*')
            ++i;
        else if (c == '"' || c == '[')
        {
            const char first = i + 1 < format.size() ? format[i + 1] : '\0';
            if (c == '[' && std::string_view("hHmMsS").find(first) != std::string_view::npos)
                return false; // how long something took
            i = format.find(c == '"' ? '"' : ']', i + 1);
            if (i == std::string_view::npos)
                break;
        }
        else
            is_date = is_date || std::string_view("dDmMyYhHsS").find(c) != std::string_view::npos;
    }
    return is_date;
}

std::optional<std::string> date_of_number(double number, bool since_1904)
{
    if (!(number >= 0 && number < last_day + 1))
        return std::nullopt;
    const auto whole =
        static_cast<std::int64_t>(std::llround(number * static_cast<double>(seconds_of_day)));
    const std::int64_t day = whole / seconds_of_day;
    const std::int64_t second = whole % seconds_of_day;
    const std::string time =
        digits(second / 3600, 2) + ":" + digits(second / 60 % 60, 2) + ":" + digits(second % 60, 2);
    if (day == 0 && second != 0)
        return time;
    using namespace std::chrono;
    const sys_days first =
        since_1904 ? sys_days(year(1904) / January / 1)
                   : sys_days(year(1899) / December / (number < leap_day_of_1900 ? 31 : 30));
    const year_month_day date(first + days(day));
    const std::string text = digits(static_cast<int>(date.year()), 4) + "-" +
                             digits(static_cast<unsigned int>(date.month()), 2) + "-" +
                             digits(static_cast<unsigned int>(date.day()), 2);
    return second == 0 ? text : text + "T" + time;
}

} // namespace document_package
