// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "feed.hpp"

#include <cstddef>
#include <string_view>

namespace feed_package
{

/// Reads JSON Feed 1 and 1.1 (https://www.jsonfeed.org/version/1.1/). `memory` bounds its values.
/// Throws feed_error, and penstock::json_error for what is no JSON or beyond a bound.
[[nodiscard]] feed read_json_feed(std::string_view text, std::size_t memory);

} // namespace feed_package
