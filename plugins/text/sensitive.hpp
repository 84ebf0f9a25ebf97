// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <re2/re2.h>

namespace text_package
{

/// A part of a text that is not for everybody.
struct sensitive_part
{
    std::size_t begin;
    std::size_t size;
    std::size_t kind; ///< which of those that were looked for, in their order
};

/// Looks for parts of texts by their kinds. Used by many threads.
///
/// `email` is an address with the name of a host. `card` is a number of 13 to 19 digits, with a
/// blank or a hyphen between groups or not, whose last is the check digit of Luhn (ISO/IEC 7812-1).
/// `iban` is one whose check digits are right (ISO 13616), with blanks or not. `phone` is a number
/// that begins with + or 00 and a country, or with 0 and an area that a sign ends, or that is as
/// (212) 555-0123. All others are expressions of RE2.
class sensitive_parts
{
public:
    /// Takes kinds and expressions, which are then kinds of their own. Throws std::invalid_argument
    /// for one that RE2 does not read.
    sensitive_parts(std::vector<std::string> kinds, const std::vector<std::string>& expressions);

    /// Returns the parts of a text, from left to right; of two that overlap the one that begins
    /// first, and of these the longer one. [any thread]
    [[nodiscard]] std::vector<sensitive_part> find(std::string_view text) const;

    /// Returns what two ways to write a part have in common: digits of a card or a telephone number,
    /// an IBAN without blanks in capitals, an address in small letters; else the part. [any thread]
    [[nodiscard]] std::string plain(std::string_view part, std::size_t kind) const;

private:
    struct kind
    {
        std::string name; // empty: an own expression
        std::unique_ptr<RE2> expression;
    };

    void find_kind(std::size_t n, std::string_view text, std::vector<sensitive_part>& found) const;

    std::vector<kind> kinds_;
};

} // namespace text_package
