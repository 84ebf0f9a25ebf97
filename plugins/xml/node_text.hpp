// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

#include <pugixml.hpp>

namespace xml_package
{

/// Returns all text in a node, as it stands. Not recursive. [any thread]
[[nodiscard]] inline std::string text_in(pugi::xml_node node)
{
    std::string text;
    for (pugi::xml_node each = node; each;)
    {
        text += each.value(); // elements have none
        if (each.first_child())
        {
            each = each.first_child();
            continue;
        }
        while (each != node && !each.next_sibling())
            each = each.parent();
        if (each == node)
            break;
        each = each.next_sibling();
    }
    return text;
}

} // namespace xml_package
