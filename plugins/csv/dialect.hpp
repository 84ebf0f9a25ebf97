// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>

namespace csv_package
{

/// The characters that mean something in a text of rows. They are ASCII, neither of them ends a
/// line, and no two are equal.
struct dialect
{
    char delimiter = ',';
    std::optional<char> quote = '"';  ///< none: no value is in quotes
    std::optional<char> comment = {}; ///< a line that begins with it is no row

    /// Whether quotes may stand where RFC 4180 has none.
    bool lazy_quotes = false;
};

} // namespace csv_package
