// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tree.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace html_package
{

/// What people and search engines read in a page; what it lacks is empty.
struct page
{
    std::string title;
    std::string text;
    std::vector<std::string> headings;
    std::vector<std::string> links; ///< as they are written, each once
    std::string description;
    std::string language;
};

/// Reads a page in UTF-8. It needs a stack of full size. Throws page_error when it reaches a limit.
[[nodiscard]] page read_page(std::string_view text, const page_limits& limits);

} // namespace html_package
