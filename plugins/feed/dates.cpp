// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "dates.hpp"

#include "../reading/ascii.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <optional>
#include <utility>

namespace feed_package
{

namespace
{

struct moment
{
    int year = 0;
    int month = 1;
    int day = 1;
    int hour = 0;
    int minute = 0;
    int second = 0;
    std::string fraction; // with its point
    int offset = 0;       // in minutes

    [[nodiscard]] bool is_one() const
    {
        const std::chrono::year_month_day date(std::chrono::year(year),
                                               std::chrono::month(static_cast<unsigned>(month)),
                                               std::chrono::day(static_cast<unsigned>(day)));
        return year <= 9999 && date.ok() && hour < 24 && minute < 60 && second <= 60 &&
               std::abs(offset) < 24 * 60;
    }

    [[nodiscard]] std::string text() const
    {
        std::array<char, 64> made{};
        std::snprintf(made.data(), made.size(), "%04d-%02d-%02dT%02d:%02d:%02d", year, month, day,
                      hour, minute, second);
        std::string text = made.data() + fraction;
        if (offset == 0)
            return text + 'Z';
        std::snprintf(made.data(), made.size(), "%c%02d:%02d", offset < 0 ? '-' : '+',
                      std::abs(offset) / 60, std::abs(offset) % 60);
        return text + made.data();
    }
};

// Takes texts apart from their begin.
class scanner
{
public:
    explicit scanner(std::string_view text) : rest_(text) {}

    [[nodiscard]] bool ended() const { return rest_.empty(); }

    bool take(char c)
    {
        if (!rest_.starts_with(c))
            return false;
        rest_.remove_prefix(1);
        return true;
    }

    bool take_any(std::string_view these)
    {
        return !rest_.empty() && these.find(rest_.front()) != std::string_view::npos &&
               take(rest_.front());
    }

    void skip_space()
    {
        while (take_any(" \t\r\n"))
            ;
    }

    std::string_view digits()
    {
        return take_while([](char c) { return c >= '0' && c <= '9'; });
    }

    std::string_view letters()
    {
        return take_while([](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
    }

    // A number of so many digits.
    std::optional<int> number(std::size_t least, std::size_t most)
    {
        const std::string_view text = digits();
        int value = 0;
        if (text.size() < least || text.size() > most)
            return std::nullopt;
        std::from_chars(text.data(), text.data() + text.size(), value);
        return value;
    }

private:
    template <class Is>
    std::string_view take_while(const Is& is)
    {
        const auto end = std::ranges::find_if_not(rest_, is);
        const std::string_view taken =
            rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
        rest_.remove_prefix(taken.size());
        return taken;
    }

    std::string_view rest_;
};

// `+hh:mm`, `+hhmm` or `+hh`.
std::optional<int> offset_of(scanner& from)
{
    const bool is_west = from.take('-');
    if (!is_west && !from.take('+'))
        return std::nullopt;
    std::string digits(from.digits());
    if (digits.size() == 2 && from.take(':'))
        digits += from.digits();
    if (digits.size() == 2)
        digits += "00";
    if (digits.size() != 4)
        return std::nullopt;
    const int number = std::stoi(digits);
    const int minutes = number / 100 * 60 + number % 100;
    return is_west ? -minutes : minutes;
}

// hh:mm[:ss[.fraction]]
bool read_time(scanner& from, moment& into)
{
    const std::optional<int> hour = from.number(1, 2);
    if (!hour || !from.take(':'))
        return false;
    const std::optional<int> minute = from.number(2, 2);
    if (!minute)
        return false;
    into.hour = *hour;
    into.minute = *minute;
    if (!from.take(':'))
        return true;
    const std::optional<int> second = from.number(2, 2);
    if (!second)
        return false;
    into.second = *second;
    if (from.take_any(".,"))
        into.fraction = "." + std::string(from.digits().substr(0, 9));
    return into.fraction != ".";
}

std::optional<moment> read_iso(scanner from)
{
    moment read;
    const std::optional<int> year = from.number(4, 4);
    if (!year)
        return std::nullopt;
    read.year = *year;
    for (int* const part : {&read.month, &read.day})
    {
        if (from.ended())
            return read;
        const std::optional<int> number = from.take('-') ? from.number(2, 2) : std::nullopt;
        if (!number)
            return std::nullopt;
        *part = *number;
    }
    if (from.ended())
        return read;
    if (!from.take_any("Tt ") || !read_time(from, read))
        return std::nullopt;
    from.skip_space();
    if (!from.ended() && !from.take_any("Zz"))
    {
        const std::optional<int> offset = offset_of(from);
        if (!offset)
            return std::nullopt;
        read.offset = *offset;
    }
    return from.ended() ? std::optional(read) : std::nullopt;
}

int month_called(std::string_view name)
{
    constexpr std::string_view months = "janfebmaraprmayjunjulaugsepoctnovdec";
    const std::string begin = reading::lower(name.substr(0, 3));
    const std::size_t at = begin.size() == 3 ? months.find(begin) : std::string_view::npos;
    return at == std::string_view::npos || at % 3 != 0 ? 0 : static_cast<int>(at / 3) + 1;
}

// Those of RFC 822; others, those of one letter among them, are UTC (RFC 2822, 4.3).
int zone_called(std::string_view name)
{
    constexpr std::array<std::pair<std::string_view, int>, 8> zones{{{"EST", -5},
                                                                     {"EDT", -4},
                                                                     {"CST", -6},
                                                                     {"CDT", -5},
                                                                     {"MST", -7},
                                                                     {"MDT", -6},
                                                                     {"PST", -8},
                                                                     {"PDT", -7}}};
    for (const auto& [known, hours] : zones)
        if (name == known)
            return hours * 60;
    return 0;
}

std::optional<moment> read_mail(scanner from)
{
    moment read;
    if (!from.letters().empty()) // the day of the week
        from.take(',');
    from.skip_space();
    const std::optional<int> day = from.number(1, 2);
    from.skip_space();
    from.take('-');
    read.month = month_called(from.letters());
    from.take_any("-.");
    from.skip_space();
    const std::string_view digits = from.digits();
    if (!day || read.month == 0 || (digits.size() != 2 && digits.size() != 4))
        return std::nullopt;
    read.day = *day;
    read.year = std::stoi(std::string(digits));
    if (digits.size() == 2)
        read.year += read.year < 50 ? 2000 : 1900; // RFC 2822, 4.3
    from.skip_space();
    if (from.ended())
        return read;
    if (!read_time(from, read))
        return std::nullopt;
    from.skip_space();
    if (const std::string_view zone = from.letters(); !zone.empty())
        read.offset = zone_called(zone);
    else if (!from.ended())
    {
        const std::optional<int> offset = offset_of(from);
        if (!offset)
            return std::nullopt;
        read.offset = *offset;
    }
    from.skip_space();
    return from.ended() ? std::optional(read) : std::nullopt;
}

} // namespace

std::string rfc3339_of(std::string_view date)
{
    const std::string_view text = reading::trimmed(date);
    std::optional<moment> read = read_iso(scanner(text));
    if (!read)
        read = read_mail(scanner(text));
    return read && read->is_one() ? read->text() : std::string();
}

} // namespace feed_package
