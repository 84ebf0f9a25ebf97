// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <optional>
#include <string>

#include <pugixml.hpp>

namespace xml_package
{

/// How elements become values.
struct value_names
{
    std::string attribute = "@"; ///< stands before the name of each attribute
    std::string text = "text";   ///< what the text of an element with other members is called
    bool trims = true;           ///< white space at the ends of texts goes
};

/// Makes an object of an element: a member for each attribute and for each name of elements in it,
/// in order, and one for its text. What comes several times is a list. An element that has text
/// alone is a text; if it has elements as well as text, its text is all that is in it, that of the
/// elements included. Declarations of namespaces are left out. None if too many names in one element
/// have equal hashes. Recursive: the depth is bounded by whoever read the element.
[[nodiscard]] std::optional<penstock::json::object> object_of(pugi::xml_node element,
                                                              const value_names& names);

} // namespace xml_package
