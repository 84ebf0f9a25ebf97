// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "instant.hpp"

#include <penstock/json.hpp>

#include <string>

namespace date
{
class time_zone;
} // namespace date

namespace dates_package
{

/// A format that dates are written in. Used by one thread at a time.
class date_writer
{
public:
    /// Takes a format without problems, or one of the words of date_reader, and the zone whose
    /// clocks show what is written.
    date_writer(std::string format, const date::time_zone* zone);

    /// Writes a date: as a text, with the fraction of a second that there is; as a number if the
    /// format is `epoch`, with a fraction if there is one, or `epoch_ms`.
    [[nodiscard]] penstock::json::value write(const instant& when) const;

private:
    [[nodiscard]] std::string text_of(const instant& when) const;

    std::string format_;
    const date::time_zone* zone_;
};

} // namespace dates_package
