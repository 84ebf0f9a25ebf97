// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace extract_package
{

/// How keys and values stand in a text.
struct pair_form
{
    std::string assign = "=";        ///< between a key and its value
    std::string between = " \t\r\n"; ///< bytes, each of which ends a value that is not quoted
    std::string quotes = "\"'";      ///< bytes, each of which begins and ends a value
};

/// A key and its value.
struct pair
{
    std::string_view key; ///< as it stands in the text
    std::string value;    ///< without quotes, and without the backslashes in them
};

/// The keys and values of a text, from left to right. What is no pair is skipped, and so is a quote
/// that nothing ends. Each byte is looked at a few times. Text and form outlive it.
class pairs
{
public:
    pairs(std::string_view text, const pair_form& form) : text_(text), form_(form) {}

    /// The next pair; nothing at the end.
    [[nodiscard]] std::optional<pair> next();

private:
    [[nodiscard]] bool is_between(std::size_t at) const;
    [[nodiscard]] std::size_t end_of_word();
    [[nodiscard]] std::optional<std::string> quoted_value();

    std::string_view text_;
    const pair_form& form_;
    std::size_t at_ = 0;
    std::size_t end_ = 0; // of the word that the place is in, once it was looked for
    std::string unended_; // quotes that were found to begin a value that nothing ends
};

} // namespace extract_package
