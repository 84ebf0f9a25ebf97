// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "nano_time.hpp"

#include <array>
#include <chrono>
#include <cstdio>
#include <limits>

namespace otlp_package
{
namespace
{

using namespace std::chrono;

constexpr std::uint64_t second = 1'000'000'000;

/// A walk over the parts of a time.
class parts
{
public:
    explicit parts(std::string_view text) : rest_(text) {}

    /// A number of so many digits; fails otherwise.
    unsigned number(std::size_t digits)
    {
        unsigned value = 0;
        for (std::size_t i = 0; i < digits; ++i)
        {
            is_good_ = is_good_ && i < rest_.size() && rest_[i] >= '0' && rest_[i] <= '9';
            if (!is_good_)
                return 0;
            value = value * 10 + static_cast<unsigned>(rest_[i] - '0');
        }
        rest_.remove_prefix(digits);
        return value;
    }

    /// Takes one of these characters, and returns it; fails otherwise.
    char one_of(std::string_view characters)
    {
        is_good_ =
            is_good_ && !rest_.empty() && characters.find(rest_.front()) != std::string_view::npos;
        if (!is_good_)
            return '\0';
        const char found = rest_.front();
        rest_.remove_prefix(1);
        return found;
    }

    std::uint64_t fraction()
    {
        if (!is_good_ || !rest_.starts_with('.'))
            return 0;
        rest_.remove_prefix(1);
        std::uint64_t value = number(1) * (second / 10);
        for (std::uint64_t weight = second / 100;
             !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; weight /= 10)
            value += number(1) * weight;
        return value;
    }

    [[nodiscard]] bool is_good() const { return is_good_; }
    [[nodiscard]] bool has_ended() const { return is_good_ && rest_.empty(); }

private:
    std::string_view rest_;
    bool is_good_ = true;
};

} // namespace

std::string rfc3339(std::uint64_t nanoseconds)
{
    const sys_seconds whole{seconds(static_cast<std::int64_t>(nanoseconds / second))};
    const sys_days day = floor<days>(whole);
    const year_month_day date(day);
    const hh_mm_ss time(whole - day);
    std::array<char, 64> text{};
    const int length = std::snprintf(
        text.data(), text.size(), "%04d-%02u-%02uT%02ld:%02ld:%02ld.%09luZ",
        static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()), static_cast<long>(time.hours().count()),
        static_cast<long>(time.minutes().count()), static_cast<long>(time.seconds().count()),
        static_cast<unsigned long>(nanoseconds % second));
    return {text.data(), static_cast<std::size_t>(length)};
}

std::optional<std::uint64_t> nanoseconds_of(std::string_view time)
{
    parts rest(time);
    const unsigned year_number = rest.number(4);
    rest.one_of("-");
    const unsigned month_number = rest.number(2);
    rest.one_of("-");
    const unsigned day_number = rest.number(2);
    rest.one_of("Tt ");
    const unsigned hour = rest.number(2);
    rest.one_of(":");
    const unsigned minute = rest.number(2);
    rest.one_of(":");
    const unsigned second_number = rest.number(2);
    const std::uint64_t fraction = rest.fraction();
    const char zone = rest.one_of("Zz+-");
    std::int64_t offset = 0;
    if (zone == '+' || zone == '-')
    {
        offset = std::int64_t{3600} * rest.number(2);
        rest.one_of(":");
        offset += std::int64_t{60} * rest.number(2);
        offset = zone == '-' ? -offset : offset;
    }
    const year_month_day date(year(static_cast<int>(year_number)), month(month_number),
                              day(day_number));
    if (!rest.has_ended() || !date.ok() || hour > 23 || minute > 59 || second_number > 60)
        return std::nullopt;
    const std::int64_t whole = sys_days(date).time_since_epoch().count() * std::int64_t{86'400} +
                               std::int64_t{3600} * hour + std::int64_t{60} * minute +
                               second_number - offset;
    // What 64 bits hold.
    constexpr auto last =
        static_cast<std::int64_t>(std::numeric_limits<std::uint64_t>::max() / second);
    constexpr std::uint64_t last_part = std::numeric_limits<std::uint64_t>::max() % second;
    if (whole < 0 || whole > last || (whole == last && fraction > last_part))
        return std::nullopt;
    return static_cast<std::uint64_t>(whole) * second + fraction;
}

} // namespace otlp_package
