// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace penstock::host::http
{

/// A list of `name=value` as it follows a media type or a disposition; names in lower case, values
/// unquoted.
using parameter_list = std::vector<std::pair<std::string, std::string>>;

/// Parses `; name=value; name="quoted"`; nothing if it is malformed, names one parameter twice, or
/// has more than 64.
std::optional<parameter_list> parse_parameters(std::string_view text);

/// A media type as `Content-Type` carries it: `text/html; charset=utf-8`.
struct media_type
{
    /// The type without its parameters, in lower case: `text/html`.
    std::string essence;
    parameter_list parameters;

    /// The two halves of the essence.
    std::string_view type() const noexcept;
    std::string_view subtype() const noexcept;

    /// Finds a parameter by its lower-case name.
    std::optional<std::string_view> parameter(std::string_view name) const noexcept;

    /// Returns whether a pattern covers it: `text/html`, `text/*` or `*/*`, in any case.
    bool matches(std::string_view pattern) const noexcept;
};

/// Parses a `Content-Type` value strictly; nothing if it is none.
std::optional<media_type> parse_media_type(std::string_view text);

} // namespace penstock::host::http
