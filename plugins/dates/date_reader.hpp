// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "instant.hpp"

#include <penstock/json.hpp>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace date
{
class time_zone;
} // namespace date

namespace dates_package
{

/// Formats that dates are read by, in order. Used by one thread at a time.
///
/// A format is one of the words `rfc3339`, `rfc2822`, `epoch` (seconds since 1970, with a fraction
/// or not) and `epoch_ms`, or what strptime has, with names in English.
class date_reader
{
public:
    /// Takes formats without problems. Dates without an offset are of the zone; of a time that a
    /// clock there shows twice it is the first, of one that it skips it is when it skips.
    date_reader(const std::vector<std::string>& formats, const date::time_zone* zone);

    /// Reads a date by the first format that it has from its begin to its end, white space around
    /// it apart; nothing if no format reads it, or its year, there or in
    /// UTC, is not from 1000 to 9999. A day and a
    /// month that it lacks are the first.
    [[nodiscard]] std::optional<instant> read(std::string_view text) const;

    /// Reads a value: a text, or a number, which is taken as its text.
    [[nodiscard]] std::optional<instant> read(const penstock::json::value& value) const;

private:
    enum class kind
    {
        strptime,
        rfc3339,
        rfc2822,
        epoch,
        epoch_ms
    };

    struct form
    {
        kind how;
        std::string format;     // with what it lacks
        std::string completion; // what is put behind a text for that
    };

    [[nodiscard]] std::optional<instant> read_as(const form& how, std::string_view text) const;
    [[nodiscard]] std::optional<instant> parse_any(std::initializer_list<const char*> formats,
                                                   std::string text) const;
    [[nodiscard]] std::optional<instant> parse(const std::string& format, std::string text) const;

    std::vector<form> forms_;
    const date::time_zone* zone_;
};

/// Whether a format is one of the words that stand for formats.
[[nodiscard]] bool is_format_word(std::string_view format);

/// Returns a zone by its name, `Europe/Berlin`. Throws std::runtime_error if there is none. [any
/// thread]
[[nodiscard]] const date::time_zone* zone_of(const std::string& name);

} // namespace dates_package
