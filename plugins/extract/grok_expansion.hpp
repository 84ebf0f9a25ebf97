// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "grok_patterns.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace extract_package
{

/// What the text of a capture is turned into.
enum class capture_type
{
    text,
    integer,
    number,
    boolean
};

/// A part of a grok pattern that becomes a field.
struct grok_capture
{
    std::string group; ///< its name in the expression
    std::string field;
    capture_type type;
};

/// A grok pattern as an expression of PCRE2, and its captures from left to right.
struct grok_expansion
{
    std::string expression;
    std::vector<grok_capture> captures;
};

/// Replaces `%{NAME}`, `%{NAME:field}` and `%{NAME:field:type}` in a pattern by the definitions, and
/// so on in these; a type is `int`, `long`, `float`, `double`, `number`, `boolean` or `string`.
/// Throws std::invalid_argument for a name that is not defined, or needs itself, for a type that is
/// none, and for an expression of more than 256 KiB. [any thread]
[[nodiscard]] grok_expansion expand_grok(std::string_view pattern,
                                         const grok_definitions& definitions);

} // namespace extract_package
