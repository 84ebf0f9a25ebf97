// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "date_writer.hpp"

#include <chrono>
#include <cstdint>
#include <locale>
#include <utility>

#include <date/tz.h>

namespace dates_package
{

namespace json = penstock::json;

date_writer::date_writer(std::string format, const date::time_zone* zone)
    : format_(std::move(format)), zone_(zone)
{
    if (format_ == "rfc3339")
        format_ = zone_->name() == "UTC" || zone_->name() == "Etc/UTC" ? "%FT%TZ" : "%FT%T%Ez";
    else if (format_ == "rfc2822")
        format_ = "%a, %d %b %Y %T %z";
}

json::value date_writer::write(const instant& when) const
{
    using std::chrono::duration_cast;
    using std::chrono::milliseconds;
    const std::int64_t seconds = when.seconds.time_since_epoch().count();
    if (format_ == "epoch")
    {
        if (when.part.count() == 0)
            return seconds;
        return static_cast<double>(seconds) + 1e-9 * static_cast<double>(when.part.count());
    }
    if (format_ == "epoch_ms")
        return seconds * 1000 + duration_cast<milliseconds>(when.part).count();
    return json::string(text_of(when));
}

std::string date_writer::text_of(const instant& when) const
{
    const auto text = [&]<class Duration>(Duration part)
    {
        return date::format(std::locale::classic(), format_,
                            date::make_zoned(zone_, when.seconds + part));
    };
    using namespace std::chrono;
    if (when.part.count() == 0)
        return text(seconds(0));
    if (when.part % milliseconds(1) == nanoseconds(0))
        return text(duration_cast<milliseconds>(when.part));
    return text(duration_cast<microseconds>(when.part));
}

} // namespace dates_package
