// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string_view>

namespace html_package
{

/// Returns how deep the elements of a page seem to be nested, or a number above `most` once they
/// are deeper. It takes time in proportion to the page, and knows of the elements that end without
/// an end tag. What a parser makes of a page that is made to deceive may be deeper.
[[nodiscard]] std::size_t nesting_of(std::string_view page, std::size_t most);

} // namespace html_package
