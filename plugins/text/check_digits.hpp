// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>
#include <vector>

namespace text_package
{

/// Returns the numbers of cards in a text of digits with single blanks and hyphens between them: of
/// whole groups, 13 to 19 digits, the first from 2 to 6, the last the check digit of Luhn. From left
/// to right; of those that begin at one place the longest, and none overlaps another. [any thread]
[[nodiscard]] std::vector<std::string_view> card_numbers_in(std::string_view text);

/// Returns the IBANs in a text of letters and digits with single blanks between them: of whole
/// groups, two letters, two digits and 11 to 30 more of either, whose remainder by 97 is 1. As above.
/// [any thread]
[[nodiscard]] std::vector<std::string_view> ibans_in(std::string_view text);

} // namespace text_package
