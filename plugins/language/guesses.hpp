// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace language_package
{

/// A language that a text may be in.
struct guess
{
    std::string code; ///< of BCP 47: `en`, `zh-Hant`
    double share;     ///< of the text, 0 to 1
};

/// What languages a text is in.
struct guesses
{
    std::vector<guess> list; ///< up to three, the one of the most text first
    bool is_reliable;        ///< whether the first one is clearly more likely than others
};

/// Guesses the languages of a plain text in UTF-8; none if it has no words of one that is known, or
/// is no UTF-8. [any thread; a stack of full size]
[[nodiscard]] guesses guess_languages(std::string_view text);

} // namespace language_package
