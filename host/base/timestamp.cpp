// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/base/timestamp.hpp"

#include <array>
#include <cstddef>
#include <ctime>
#include <string>

namespace penstock::host
{

std::string_view timestamp_text(std::chrono::system_clock::time_point time)
{
    // Of each request, and there are thousands in a second.
    thread_local std::time_t written = -1;
    thread_local std::array<char, 32> text{};
    thread_local std::size_t length = 0;
    const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
    if (seconds != written)
    {
        std::tm parts{};
        ::gmtime_r(&seconds, &parts);
        length = std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &parts);
        written = seconds;
    }
    return {text.data(), length};
}

std::string timestamp(std::chrono::system_clock::time_point time)
{
    return std::string(timestamp_text(time));
}

std::optional<std::chrono::system_clock::time_point> parse_timestamp(const std::string& text)
{
    std::tm parts{};
    if (::strptime(text.c_str(), "%Y-%m-%dT%H:%M:%SZ", &parts) == nullptr)
        return std::nullopt;
    const auto time = std::chrono::system_clock::from_time_t(::timegm(&parts));
    return timestamp(time) == text ? std::optional(time) : std::nullopt;
}

std::string timestamp_ms(std::chrono::system_clock::time_point time)
{
    const auto second = std::chrono::floor<std::chrono::seconds>(time);
    const auto part = std::chrono::floor<std::chrono::milliseconds>(time - second).count();
    std::string digits = std::to_string(part);
    digits.insert(0, 3 - digits.size(), '0');
    std::string text = timestamp(second);
    text.replace(text.size() - 1, 1, '.' + digits + 'Z');
    return text;
}

} // namespace penstock::host
