// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "question.hpp"
#include "settings.hpp"

#include <penstock/packet.hpp>
#include <penstock/parameter.hpp>
#include <penstock/problems.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace search_package
{

/// The greatest offset of a page: what is behind it is found by better words.
inline constexpr std::int64_t greatest_offset = 10'000;

/// Reads where a page begins: the number that a parameter is, or the one at the place in the packet
/// that it names. What is there and is no whole number, or is below 0, is 0; above the greatest
/// offset it is that. [any thread]
[[nodiscard]] std::int64_t offset_of(const penstock::json::value& where,
                                     const penstock::packet& packet);

/// Reads what documents must have: of each member, the field, a text, number, true or false, or a
/// list of those, of which one; a text that begins with `/meta/` or `/fields/` is the place in the
/// packet where the values are, and asks for nothing if there are none. At most 32 values count.
/// [any thread]
[[nodiscard]] std::vector<filter> filters_of(const penstock::json::object& wanted,
                                             const penstock::packet& packet);

/// Reads the weights of fields, which check_weights() found nothing wrong with. [any thread]
[[nodiscard]] std::vector<weight> weights_of(const penstock::json::object& wanted);

// Add what is wrong with the parameters of that name. [any thread]
void check_offset(const penstock::parameter<penstock::json::value>& offset,
                  penstock::problems& found);
void check_filters(const penstock::parameter<penstock::json::object>& filters,
                   penstock::problems& found);
void check_weights(const penstock::parameter<penstock::json::object>& weights,
                   penstock::problems& found);

} // namespace search_package
