// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

namespace text_package
{

/// The normal forms of Unicode.
enum class normal_form
{
    none,
    nfc, ///< letters and their marks are one character, where there is one
    nfkc ///< and what looks otherwise but means the same is the same: ligatures, wide letters
};

/// What becomes of white space.
enum class white_space
{
    keep,
    trim,    ///< none at the begin and the end
    collapse ///< and between words one blank
};

/// Returns a text in UTF-8 in a normal form (UAX #15). Bytes that are no UTF-8 stay. Throws
/// std::runtime_error if ICU fails. [any thread; a stack of full size for long texts]
[[nodiscard]] std::string normalized(std::string_view text, normal_form form);

/// Returns a text with its white space, as Unicode has it, changed. [any thread]
[[nodiscard]] std::string with_space(std::string_view text, white_space how);

} // namespace text_package
