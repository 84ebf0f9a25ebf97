// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace search_package
{

/// Returns all that can be searched in a document, a text for each column of the index: those of
/// the fields that have one of their own, then that of all others. It is their texts and numbers,
/// in order of the fields, also those inside lists and objects. [any thread]
[[nodiscard]] std::vector<std::string> columns_of(const penstock::json::object& fields,
                                                  const std::vector<std::string>& own);

/// One value of a document that can be counted and filtered by.
struct label
{
    std::int64_t facet; ///< which of the facets has it
    std::string value;

    friend bool operator==(const label&, const label&) = default;
};

/// Returns the values of the facets of a document: texts as they are, numbers and `true` or `false`
/// as JSON writes them; of a list each. Empty ones, those over 256 bytes and those inside of
/// objects are left out, and what is behind the first 256 of a field. [any thread]
[[nodiscard]] std::vector<label> labels_of(const penstock::json::object& fields,
                                           const std::vector<std::string>& facets);

/// Returns a value as labels_of() writes it; empty if it is none there. [any thread]
[[nodiscard]] std::string label_text(const penstock::json::value& value);

/// One part of what a person typed: a word, or "quoted words" in that order.
struct term
{
    std::string text; ///< without quotes, with no space but ' '
    bool is_prefix;   ///< it is the start of a word: a star stood behind it

    friend bool operator==(const term&, const term&) = default;
};

/// Takes apart what a person typed, each part once. What is behind the first 64 words, quoted ones
/// included, or behind 4 KiB is passed over: the time that a phrase takes grows with its words and
/// with all places of each. [any thread]
[[nodiscard]] std::vector<term> terms_of(std::string_view typed);

/// Turns terms into an expression for FTS5 that is always well formed: each must occur. Empty when
/// there is none. [any thread]
[[nodiscard]] std::string match_expression(const std::vector<term>& terms);

} // namespace search_package
