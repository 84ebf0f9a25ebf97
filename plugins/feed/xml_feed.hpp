// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "feed.hpp"

#include <cstddef>
#include <string_view>

namespace feed_package
{

/// Reads RSS 0.9 to 2.0, RSS 1.0 (RDF) or Atom 0.3 and 1.0, in UTF-8: a feed, or a document that is
/// an entry of Atom. `memory` bounds its elements. Throws feed_error, and xml_package::xml_error for
/// what is no XML or beyond a bound. Nothing is loaded.
[[nodiscard]] feed read_xml_feed(std::string_view text, std::size_t memory);

} // namespace feed_package
