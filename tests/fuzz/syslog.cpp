// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The readers of syslog in plugins/syslog: messages in the bytes of a connection, and their parts.

#include "plugins/syslog/frames.hpp"
#include "plugins/syslog/message.hpp"
#include "target.hpp"

#include <penstock/detail/utf8.hpp>
#include <penstock/json.hpp>

#include <algorithm>
#include <optional>

namespace penstock::fuzz
{

namespace
{

using namespace syslog_package;

constexpr std::size_t most = 100;

void try_message(std::string_view text)
{
    const message told = read_message(text, {1'796'083'200, false});
    hold(told.facility < 24 && told.severity < 8, "facility and severity have names");
    for (const std::string* each :
         {&told.timestamp, &told.host, &told.app, &told.procid, &told.msgid, &told.text})
        hold(detail::is_utf8(*each), "every text is UTF-8");
    hold(told.timestamp.empty() || is_rfc3339(told.timestamp), "a time is one of RFC 3339");
    hold(parse_json(write_json(told.structured_data)) == told.structured_data,
         "structured data is what JSON can hold");
}

std::vector<std::string> messages_of(std::string_view bytes, std::size_t at_a_time)
{
    frames from(most);
    std::vector<std::string> found;
    const auto keep = [&](const frame& each)
    {
        hold(each.text.size() <= most, "a message is no longer than allowed");
        found.push_back(each.text);
    };
    for (; !bytes.empty(); bytes.remove_prefix(std::min(at_a_time, bytes.size())))
    {
        from.add(bytes.substr(0, at_a_time));
        while (const std::optional<frame> each = from.next())
            keep(*each);
    }
    if (const std::optional<frame> last = from.rest())
        keep(*last);
    return found;
}

} // namespace

std::vector<std::string> seeds()
{
    return {
        "<34>1 2003-10-11T22:14:15.003Z h su - ID47 [a@1 b=\"c\\\"\" b=\"d\"][e] \xef\xbb\xbfx",
        "<13>Feb  5 17:32:18 10.0.0.99 Use[1]: the BFG!", "<13>2026-12-01T00:00:00+01:00 h a: b",
        "11 <1>1 - - - 12 <2>Dec 31 23:59:59\n<3>line\n999 <4>begin", "0 <1>\n12345678901 <2>\r\n"};
}

void try_input(std::string_view input)
{
    try_message(input);
    const std::vector<std::string> whole = messages_of(input, input.size() + 1);
    hold(messages_of(input, 1) == whole, "messages do not depend on how bytes arrive");
    hold(messages_of(input, 7) == whole, "nor do they by sevens");
}

} // namespace penstock::fuzz
