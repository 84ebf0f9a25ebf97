// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

namespace penstock::detail
{

/// Returns a JSON text whose strings are valid: each half of a surrogate pair becomes the escape of
/// U+FFFD, and, if `how` says so, each byte that is no UTF-8 becomes that character. Lines and
/// columns stay. [any thread]
[[nodiscard]] std::string repaired_json(std::string_view text, invalid_text how);

/// Returns whether a text holds what repaired_json() may replace. [any thread]
[[nodiscard]] bool may_need_repair(std::string_view text, invalid_text how);

/// Returns what `reads(text, options)` returns, with a text that was repaired if the options say so.
/// Throws what it throws, with the place in the text that was given.
template <class Read>
auto read_repaired(std::string_view text, json_options options, Read reads)
{
    const invalid_text how = std::exchange(options.invalid, invalid_text::refuse);
    if (how == invalid_text::refuse || !may_need_repair(text, how))
        return reads(text, options);
    try
    {
        return reads(repaired_json(text, how), options);
    }
    catch (const json_error& error)
    {
        // What was replaced may have made the text longer.
        throw json_error(error.what(), error.line(), error.column(),
                         std::min(error.offset(), text.size()));
    }
}

} // namespace penstock::detail
