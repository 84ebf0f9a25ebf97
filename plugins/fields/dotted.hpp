// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace fields_package
{

/// A value within objects, by the names on the way to it with a separator between them.
struct dotted
{
    std::string name;
    penstock::json::value value;
};

/// Returns the values within an object that are no objects, or empty ones. Throws
/// penstock::field_error if two have one name, or objects are nested deeper than 64.
[[nodiscard]] std::vector<dotted> flattened(const std::string& name,
                                            const penstock::json::object& object,
                                            std::string_view separator);

/// Puts a value into objects by such a name; parts of names may be empty. Throws
/// penstock::field_error if a value is there, no object is where one was expected, or the name has
/// more than 64 parts.
void put_dotted(penstock::json::object& into, std::string_view name, penstock::json::value value,
                std::string_view separator);

} // namespace fields_package
