// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "message.hpp"

#include "digit.hpp"
#include "structured_data.hpp"

#include <penstock/detail/utf8.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>

namespace syslog_package
{
namespace
{

using penstock::detail::repaired_utf8;

// `<PRI>` at the begin of a text, which is taken off (RFC 5424, 6.2.1).
std::optional<unsigned> take_priority(std::string_view& text)
{
    constexpr unsigned highest = 191;
    const std::size_t end = text.substr(0, 5).find('>');
    if (!text.starts_with('<') || end == std::string_view::npos || end == 1)
        return std::nullopt;
    unsigned number = 0;
    for (const char c : text.substr(1, end - 1))
    {
        if (!is_digit(c))
            return std::nullopt;
        number = number * 10 + static_cast<unsigned>(c - '0');
    }
    if (number > highest)
        return std::nullopt;
    text.remove_prefix(end + 1);
    return number;
}

// What stands before the next space, which is taken off with it; nothing if there is no space.
std::optional<std::string_view> take_word(std::string_view& text)
{
    const std::size_t space = text.find(' ');
    if (space == std::string_view::npos || space == 0)
        return std::nullopt;
    const std::string_view word = text.substr(0, space);
    text.remove_prefix(space + 1);
    return word;
}

std::string value_of(std::string_view word)
{
    return word == "-" ? std::string() : repaired_utf8(word);
}

// Behind PRI: `1 TIMESTAMP HOSTNAME APP-NAME PROCID MSGID STRUCTURED-DATA [MSG]`.
bool read_new(std::string_view text, message& into)
{
    if (!text.starts_with("1 "))
        return false;
    text.remove_prefix(2);
    std::array<std::string_view, 5> words;
    for (std::string_view& each : words)
    {
        const std::optional<std::string_view> word = take_word(text);
        if (!word)
            return false;
        each = *word;
    }
    if (words[0] != "-" && !is_rfc3339(words[0]))
        return false;
    std::optional<penstock::json::object> data = take_structured_data(text);
    if (!data || (!text.empty() && text.front() != ' '))
        return false;
    into.format = "rfc5424";
    into.timestamp = value_of(words[0]);
    into.host = value_of(words[1]);
    into.app = value_of(words[2]);
    into.procid = value_of(words[3]);
    into.msgid = value_of(words[4]);
    into.structured_data = std::move(*data);
    into.text = repaired_utf8(
        penstock::detail::without_mark(text.substr(std::min<std::size_t>(text.size(), 1))));
    return true;
}

// `su: `, `sshd[42]: `: what made the message, and its number. A word without one of these ends
// is the first one of the text.
void take_tag(std::string_view& text, message& into)
{
    constexpr std::size_t longest = 256;
    const std::size_t end = text.substr(0, longest).find_first_of(":[ ");
    if (end == std::string_view::npos || end == 0 || text[end] == ' ')
        return;
    std::string_view rest = text.substr(end);
    std::string_view procid;
    if (rest.front() == '[')
    {
        const std::size_t close = rest.substr(0, longest).find(']');
        if (close == std::string_view::npos)
            return;
        procid = rest.substr(1, close - 1);
        rest.remove_prefix(close + 1);
    }
    rest.remove_prefix(rest.starts_with(':') ? 1 : 0);
    if (!rest.empty() && rest.front() != ' ')
        return;
    into.app = repaired_utf8(text.substr(0, end));
    into.procid = repaired_utf8(procid);
    text = rest;
}

// Whether a word is a tag: then the host was left out, as local programs do.
bool is_tag(std::string_view word)
{
    return word.ends_with(':') || word.find('[') != std::string_view::npos;
}

// Behind PRI: `Mmm dd hh:mm:ss HOSTNAME TAG[PID]: CONTENT`; rsyslog writes the time as RFC 3339.
bool read_old(std::string_view text, const received_at& when, message& into)
{
    std::string timestamp = take_old_timestamp(text, when);
    if (timestamp.empty())
        return false;
    into.format = "rfc3164";
    into.timestamp = std::move(timestamp);
    std::string_view rest = text;
    if (const std::optional<std::string_view> host = take_word(rest);
        host && !is_tag(*host) && !host->starts_with('['))
    {
        into.host = value_of(*host);
        text = rest;
    }
    take_tag(text, into);
    text.remove_prefix(text.starts_with(' ') ? 1 : 0);
    into.text = repaired_utf8(text);
    return true;
}

} // namespace

message read_message(std::string_view text, const received_at& when)
{
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r' || text.back() == '\0'))
        text.remove_suffix(1);
    message made;
    std::string_view rest = text;
    const std::optional<unsigned> priority = take_priority(rest);
    if (priority)
    {
        made.facility = *priority / 8;
        made.severity = *priority % 8;
        if (read_new(rest, made))
            return made;
    }
    if (!read_old(rest, when, made))
        made.text = repaired_utf8(rest);
    return made;
}

std::string_view facility_name(unsigned number)
{
    constexpr std::array<std::string_view, 24> names{
        "kern",   "user",   "mail",     "daemon", "auth",   "syslog", "lpr",    "news",
        "uucp",   "cron",   "authpriv", "ftp",    "ntp",    "audit",  "alert",  "clock",
        "local0", "local1", "local2",   "local3", "local4", "local5", "local6", "local7"};
    return names.at(number);
}

std::string_view severity_name(unsigned number)
{
    constexpr std::array<std::string_view, 8> names{"emerg",   "alert",  "crit", "err",
                                                    "warning", "notice", "info", "debug"};
    return names.at(number);
}

} // namespace syslog_package
