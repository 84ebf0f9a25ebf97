// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace brokers
{

/// Headers of a message by their names.
using headers = std::vector<std::pair<std::string, std::string>>;

/// Makes headers of meta: texts as they are, others as JSON; without null, without names that begin
/// with `own`, which the source of the package gives, and without those that a message tells
/// `elsewhere`. Throws std::invalid_argument for a name with a NUL and a number that is not finite.
[[nodiscard]] headers headers_of(const penstock::json::object& meta, std::string_view own,
                                 std::span<const std::string_view> elsewhere);

} // namespace brokers
