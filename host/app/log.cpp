// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/app/log.hpp"

#include "host/base/printable.hpp"
#include "host/base/timestamp.hpp"

#include <array>
#include <chrono>
#include <exception>

#include <unistd.h>

namespace penstock::host
{

namespace
{

std::string_view name_of(severity level)
{
    constexpr std::array<std::string_view, 4> names{"debug", "info", "warning", "error"};
    return names[static_cast<std::size_t>(level)];
}

// Where a text had lines, that is seen.
void append_line(std::string& line, std::string_view text)
{
    for (std::size_t end = text.find('\n'); end != text.npos; end = text.find('\n'))
    {
        line.append(printable(text.substr(0, end))).append("\\n");
        text.remove_prefix(end + 1);
    }
    line += printable(text);
}

} // namespace

std::string log_line(std::string_view time, severity level, std::string_view about,
                     std::string_view text)
{
    std::string line(time);
    line.append(" ").append(name_of(level)).append(" ");
    if (!about.empty())
    {
        append_line(line, about);
        line += ": ";
    }
    append_line(line, text);
    return line += '\n';
}

void log(severity level, std::string_view about, std::string_view text) noexcept
{
    try
    {
        const std::string line =
            log_line(timestamp_ms(std::chrono::system_clock::now()), level, about, text);
        // One write: lines of several threads never mix. What does not fit a full pipe is lost.
        if (::write(STDERR_FILENO, line.data(), line.size()) < 0)
            return;
    }
    catch (const std::exception&) // out of memory: a log must not be what ends the host
    {
        return;
    }
}

void log_failed_request(std::string_view text)
{
    log(severity::error, "", "a request failed inside the host: " + std::string(text));
}

void log(severity level, const std::vector<problem>& problems)
{
    for (const problem& each : problems)
        log(level, "", to_string(each));
}

} // namespace penstock::host
