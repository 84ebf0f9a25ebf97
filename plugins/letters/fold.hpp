// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace letters
{

/// Returns a text in UTF-8 in which letters that differ in case alone are the same (full case
/// folding of Unicode). Bytes that are no UTF-8 stay. Throws std::runtime_error for a text
/// of 2 GiB, and if ICU fails. [any thread; a stack of full size for long texts]
[[nodiscard]] std::string fold_case(std::string_view text);

/// Whether a letter, a digit or an underscore begins at a byte of a text in UTF-8. [any thread]
[[nodiscard]] bool is_word_at(std::string_view text, std::size_t begin);

/// Whether a letter, a digit or an underscore ends before a byte of a text in UTF-8. [any thread]
[[nodiscard]] bool is_word_before(std::string_view text, std::size_t end);

} // namespace letters
