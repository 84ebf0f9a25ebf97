// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tokens.hpp"
#include "words.hpp"

#include <penstock/json.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace search_package
{

/// How snippets look.
struct snippet_style
{
    std::vector<std::string> fields; ///< where to look; empty: all
    std::size_t words = 30;          ///< about the most; 0: there are no snippets
    std::string begin = "<mark>";    ///< stands before each word that was looked for
    std::string end = "</mark>";     ///< stands behind it
    bool is_html = true;             ///< the text is escaped, so that the marks are its only tags
};

/// Makes snippets for one question: pieces of the texts that it found, its words marked. [the
/// thread of the tokenizer, which outlives it, as do the terms and the style]
class snippets
{
public:
    /// Throws database_error, as make().
    snippets(const tokenizer& words, const std::vector<term>& terms, const snippet_style& style);

    /// Returns the piece of a document that has the most of what was looked for, and of several the
    /// first; if there is none, how the document begins; empty for one without texts. White space
    /// is one space; "…" stands where text is left out. The first 64 KiB of each field are looked
    /// at, and 256 KiB of all; 40 bytes for each word are the most, without marks.
    [[nodiscard]] std::string make(const penstock::json::object& fields) const;

private:
    struct phrase
    {
        std::vector<std::string> words;
        bool is_prefix;
    };

    struct piece;

    [[nodiscard]] piece best_of(std::string_view text) const;
    [[nodiscard]] std::vector<int>
    matches(const std::vector<std::vector<std::string>>& forms) const;
    [[nodiscard]] std::string write(const piece& chosen) const;

    const tokenizer& tokenizer_;
    const snippet_style& style_;
    std::vector<phrase> phrases_;
};

} // namespace search_package
