// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <unicode/ucasemap.h>

namespace letters
{

/// How the case of letters is changed.
enum class letter_case
{
    lower,
    upper,
    title, ///< the first letter of each word is a capital, the others are small
    fold   ///< for comparison: letters that differ in case alone become the same
};

/// The rules of a language for the case of letters. Used by one thread at a time.
class case_map
{
public:
    /// Loads the rules of a language, `tr` or `nl-NL`; empty: those of none. Throws
    /// std::runtime_error if ICU fails.
    explicit case_map(const std::string& language);

    /// Returns a text in UTF-8 in another case. Bytes that are no UTF-8 become U+FFFD, or stay
    /// where case is folded. Throws std::runtime_error for a text of 2 GiB, and if ICU fails. [a
    /// stack of full size for long texts]
    [[nodiscard]] std::string convert(std::string_view text, letter_case to);

private:
    struct close
    {
        void operator()(UCaseMap* map) const { ucasemap_close(map); }
    };

    std::unique_ptr<UCaseMap, close> map_;
};

} // namespace letters
