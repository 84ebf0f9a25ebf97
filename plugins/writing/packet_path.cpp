// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "packet_path.hpp"

#include "../packets/event_time.hpp"

#include <algorithm>
#include <array>
#include <ctime>
#include <stdexcept>
#include <utility>

namespace writing
{
namespace
{

constexpr std::string_view open = "{{";
constexpr std::string_view close = "}}";
constexpr std::string_view date_letters = "YmdHMSj";

void check_date(std::string_view format)
{
    for (std::size_t i = 0; i < format.size(); ++i)
        if (format[i] == '%' &&
            (++i == format.size() || date_letters.find(format[i]) == std::string_view::npos))
            throw std::invalid_argument("has {{" + std::string(format) +
                                        "}}; a time of %Y, %m, %d, %H, %M, %S and %j was expected");
}

std::string written(packet_path::time_point when, const std::string& format)
{
    const std::time_t seconds =
        std::chrono::system_clock::to_time_t(std::chrono::floor<std::chrono::seconds>(when));
    std::tm parts{};
    ::gmtime_r(&seconds, &parts);
    std::array<char, 1024> text{};
    return {text.data(), std::strftime(text.data(), text.size(), format.c_str(), &parts)};
}

bool is_control(char c)
{
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
}

// What stands in a place may have folders of its own.
std::string checked(std::string_view text)
{
    if (text.starts_with('/'))
        throw std::invalid_argument(
            "a place has a text that begins with a slash; a name below the folder was expected");
    return std::string(text);
}

} // namespace

packet_path::packet_path(std::string_view text, std::string time_place, limits longest)
    : time_place_(std::move(time_place)), longest_(longest)
{
    const std::string_view fixed = text.substr(0, text.find(open));
    folder_ = fixed.substr(0, fixed.rfind('/') + 1);
    while (!text.empty())
    {
        const std::size_t begin = text.find("{{%");
        if (begin == std::string_view::npos)
        {
            parts_.push_back({curl::packet_text(text), {}});
            return;
        }
        const std::size_t end = text.find(close, begin);
        if (end == std::string_view::npos)
            throw std::invalid_argument("has a place that does not end; {{%Y-%m-%d}} was expected");
        const std::string_view format = text.substr(begin + open.size(), end - begin - open.size());
        check_date(format);
        parts_.push_back({curl::packet_text(text.substr(0, begin)), std::string(format)});
        text.remove_prefix(end + close.size());
    }
}

std::string packet_path::problem_of(std::string_view text)
{
    try
    {
        (void)packet_path(text, {}, {});
        return {};
    }
    catch (const std::invalid_argument& error)
    {
        return error.what();
    }
}

bool packet_path::is_fixed() const noexcept
{
    return std::ranges::all_of(parts_, [](const part& each)
                               { return each.date.empty() && each.text.is_fixed(); });
}

std::string packet_path::fill(const penstock::packet& from, time_point now) const
{
    std::string path;
    for (const part& each : parts_)
    {
        path += each.text.fill(from, checked);
        if (!each.date.empty())
            path += written(time_of(from, now), each.date);
    }
    check(path);
    return path;
}

packet_path::time_point packet_path::time_of(const penstock::packet& from, time_point now) const
{
    if (time_place_.empty())
        return now;
    const penstock::json::value* const told = curl::find_place(from, time_place_);
    const auto found = told == nullptr ? std::nullopt : packets::event_time(*told);
    if (!found)
        throw std::invalid_argument(time_place_ +
                                    (told == nullptr ? ": is absent" : ": is no time") +
                                    "; a time as RFC 3339 has it, or a number of seconds since "
                                    "1970, was expected");
    return time_point(std::chrono::milliseconds(*found));
}

void packet_path::check(std::string_view path) const
{
    const auto too_long = [](std::size_t size, std::size_t most)
    {
        return std::invalid_argument("has " + std::to_string(size) + " bytes; at most " +
                                     std::to_string(most) + " were expected");
    };
    if (path.size() > longest_.whole)
        throw too_long(path.size(), longest_.whole);
    if (std::ranges::any_of(path, is_control))
        throw std::invalid_argument("has a control character; a name of a file was expected");
    for (std::size_t begin = folder_.size(); begin <= path.size();)
    {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        const std::string_view name = path.substr(begin, end - begin);
        if (name.empty() || name == "." || name == "..")
            throw std::invalid_argument("has the name \"" + std::string(name) +
                                        "\" behind the folder; no empty one, . or .. was expected");
        if (name.size() > longest_.name)
            throw too_long(name.size(), longest_.name);
        begin = end + 1;
    }
}

} // namespace writing
