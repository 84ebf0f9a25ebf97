// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The reader of dates in plugins/dates.

#include "plugins/dates/date_format.hpp"
#include "plugins/dates/date_reader.hpp"
#include "plugins/dates/date_writer.hpp"
#include "target.hpp"

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace penstock::fuzz
{

using namespace dates_package;

std::vector<std::string> seeds()
{
    return {"2026-12-01T01:02:03.5+01:00",
            "Tue, 1 Dec 2026 01:02:03 -0500 (EST)",
            "10/Oct/2000:13:55:36 -0700",
            "-1796086923.000000001",
            "2026-335",
            "01:30 PM 01.12.99",
            "2026-W49-2",
            "%Y-%m-%d %5H%Ez\n2026-12-01 1+02:00",
            "%55555555555F%G\n-26"};
}

void try_input(std::string_view input)
{
    static const date::time_zone* const utc = zone_of("UTC");
    static const date::time_zone* const berlin = zone_of("Europe/Berlin");
    static const date_reader usual({"rfc3339", "rfc2822", "epoch", "epoch_ms", "%d/%b/%Y:%T %z",
                                    "%I:%M %p %d.%m.%y", "%Y-%j", "%G-W%V-%u", "%c", "%m/%Y"},
                                   berlin);
    static const date_reader again({"rfc3339"}, utc);
    static const date_writer writer("rfc3339", utc);
    if (const auto found = usual.read(input))
    {
        hold(found->part >= std::chrono::seconds(0) && found->part < std::chrono::seconds(1),
             "a part of a second is less than one");
        const json::value text = writer.write(*found);
        const auto same = again.read(text);
        hold(!same || same->seconds == found->seconds, "what is written is read as the same");
    }
    // A format, and a text behind the line end.
    const std::size_t end = std::min(input.find('\n'), input.size());
    const std::string format(input.substr(0, end));
    if (problem_of_format(format, format_use::reading).empty())
        (void)date_reader({format}, utc).read(input.substr(end));
}

} // namespace penstock::fuzz
