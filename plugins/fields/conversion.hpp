// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <optional>

namespace fields_package
{

/// The type that a value is to have.
enum class value_type
{
    integer,
    number,
    boolean,
    text
};

/// Returns a value as one of a type; nothing if it is none.
///
/// An integer is one of 64 bits: of a number without a fraction, a text of digits with a sign or
/// not, a boolean as 1 or 0. A number is any that a double can hold. A boolean is of true, yes, on
/// and 1, false, no, off and 0, whatever their case. A text is made of everything: of a list or an
/// object it is JSON. White space around a text does not count, unless a text is wanted. Null stays
/// null. [any thread]
[[nodiscard]] std::optional<penstock::json::value> converted(const penstock::json::value& value,
                                                             value_type to);

} // namespace fields_package
