// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "date_reader.hpp"
#include "date_format.hpp"
#include "epoch.hpp"

#include <array>
#include <chrono>
#include <cstddef>
#include <exception>
#include <locale>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <utility>

#include <date/tz.h>

namespace dates_package
{

namespace json = penstock::json;

namespace
{

constexpr std::size_t longest_date = 200;

constexpr date::year first_year{1000};
constexpr date::year last_year{9999};

bool has_year(date::sys_seconds when)
{
    const date::year year = date::year_month_day(date::floor<date::days>(when)).year();
    return year >= first_year && year <= last_year;
}

std::string_view without_space(std::string_view text)
{
    constexpr std::string_view space = " \t\r\n\f\v";
    const std::size_t begin = text.find_first_not_of(space);
    if (begin == std::string_view::npos)
        return {};
    return text.substr(begin, text.find_last_not_of(space) + 1 - begin);
}

// RFC 3339, section 5.6: T may be a small letter or a blank, and Z stands for no offset.
std::string as_iso(std::string_view text)
{
    std::string made(text);
    if (made.size() > 10 && (made[10] == ' ' || made[10] == 't'))
        made[10] = 'T';
    if (made.ends_with('Z') || made.ends_with('z'))
        made.replace(made.size() - 1, 1, "+00:00");
    return made;
}

// RFC 2822, section 3.3, and the names of zones of section 4.3; those of one letter mean nothing,
// but for Z.
std::string with_offset(std::string_view text)
{
    constexpr std::array<std::pair<std::string_view, std::string_view>, 12> names{
        {{" GMT", " +0000"},
         {" UTC", " +0000"},
         {" UT", " +0000"},
         {" Z", " +0000"},
         {" EDT", " -0400"},
         {" EST", " -0500"},
         {" CDT", " -0500"},
         {" CST", " -0600"},
         {" MDT", " -0600"},
         {" MST", " -0700"},
         {" PDT", " -0700"},
         {" PST", " -0800"}}};
    if (text.ends_with(')'))
        if (const std::size_t comment = text.rfind(" ("); comment != std::string_view::npos)
            text = text.substr(0, comment);
    for (const auto& [name, offset] : names)
        if (text.ends_with(name))
            return std::string(text.substr(0, text.size() - name.size())).append(offset);
    return std::string(text);
}

// Whether an offset at the end, as +hh:mm or +hhmm, has more than 59 minutes.
bool has_many_minutes(std::string_view text)
{
    return text.size() > 2 && text[text.size() - 2] > '5';
}

} // namespace

bool is_format_word(std::string_view format)
{
    return format == "rfc3339" || format == "rfc2822" || format == "epoch" || format == "epoch_ms";
}

const date::time_zone* zone_of(const std::string& name)
{
    try
    {
        return date::locate_zone(name);
    }
    catch (const std::exception&)
    {
        throw std::runtime_error("is \"" + name +
                                 "\", which is no zone; a name as Europe/Berlin was expected");
    }
}

date_reader::date_reader(const std::vector<std::string>& formats, const date::time_zone* zone)
    : zone_(zone)
{
    for (const std::string& each : formats)
        if (each == "rfc3339")
            forms_.push_back({kind::rfc3339, "", ""});
        else if (each == "rfc2822")
            forms_.push_back({kind::rfc2822, "", ""});
        else if (each == "epoch")
            forms_.push_back({kind::epoch, "", ""});
        else if (each == "epoch_ms")
            forms_.push_back({kind::epoch_ms, "", ""});
        else
        {
            const std::string lacks = completion_of(each);
            forms_.push_back({kind::strptime, each + lacks,
                              lacks.empty()       ? ""
                              : lacks == " %m %d" ? " 1 1"
                                                  : " 1"});
        }
}

std::optional<instant> date_reader::read(const json::value& value) const
{
    if (value.is_string())
        return read(std::string_view(value.get_string()));
    if (value.is_int64() || value.is_uint64())
        return read(penstock::write_json(value));
    if (value.is_double())
        if (const std::optional<std::string> text = seconds_text(value.get_double()))
            return read(*text);
    return std::nullopt;
}

std::optional<instant> date_reader::read(std::string_view text) const
{
    text = without_space(text);
    if (text.empty() || text.size() > longest_date || text.find('\0') != std::string_view::npos)
        return std::nullopt;
    for (const form& each : forms_)
        if (const std::optional<instant> found = read_as(each, text))
            return found;
    return std::nullopt;
}

std::optional<instant> date_reader::read_as(const form& how, std::string_view text) const
{
    switch (how.how)
    {
    case kind::rfc3339: return parse_any({"%FT%T%Ez"}, as_iso(text));
    case kind::rfc2822:
        return parse_any(
            {"%a, %d %b %Y %T %z", "%d %b %Y %T %z", "%a, %d %b %Y %H:%M %z", "%d %b %Y %H:%M %z"},
            with_offset(text));
    case kind::epoch: return from_epoch(text, 0);
    case kind::epoch_ms: return from_epoch(text, 3);
    default: return parse(how.format, std::string(text) + how.completion);
    }
}

// Second 60 is the one that follows, and only stands where UTC has such: before midnight.
std::optional<instant> date_reader::parse_any(std::initializer_list<const char*> formats,
                                              std::string text) const
{
    if (has_many_minutes(text))
        return std::nullopt;
    const std::size_t sixty = text.rfind(":60");
    const bool is_leap = sixty != std::string::npos;
    if (is_leap)
        text.replace(sixty, 3, ":59");
    for (const char* format : formats)
        if (std::optional<instant> found = parse(format, text))
        {
            if (!is_leap)
                return found;
            found->seconds += std::chrono::seconds(1);
            if (found->seconds == date::floor<date::days>(found->seconds) &&
                has_year(found->seconds))
                return found;
        }
    return std::nullopt;
}

std::optional<instant> date_reader::parse(const std::string& format, std::string text) const
{
    std::istringstream in(std::move(text));
    in.imbue(std::locale::classic());
    date::fields<std::chrono::nanoseconds> found;
    constexpr std::chrono::minutes none = std::chrono::minutes::min();
    std::chrono::minutes offset = none;
    date::from_stream<char, std::char_traits<char>, std::chrono::nanoseconds, std::allocator<char>>(
        in, format.c_str(), found, nullptr, &offset);
    if (in.fail() || in.peek() != std::istringstream::traits_type::eof())
        return std::nullopt;
    if (!found.ymd.ok() || found.ymd.year() < first_year || found.ymd.year() > last_year ||
        !found.tod.in_conventional_range())
        return std::nullopt;
    const date::local_seconds local = date::local_seconds(date::local_days(found.ymd)) +
                                      found.tod.hours() + found.tod.minutes() + found.tod.seconds();
    if (offset != none && (offset <= -date::days(1) || offset >= date::days(1)))
        return std::nullopt;
    const date::sys_seconds when = offset != none
                                       ? date::sys_seconds(local.time_since_epoch() - offset)
                                       : zone_->to_sys(local, date::choose::earliest);
    if (!has_year(when))
        return std::nullopt;
    return instant{when, found.tod.subseconds()};
}

} // namespace dates_package
