// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sqlite.hpp"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace search_package
{

/// A word of a text, as the index has it.
struct token
{
    std::string text;
    std::size_t begin; ///< its bytes in the text: the first,
    std::size_t end;   ///< and the one behind the last
    bool is_beside;    ///< the one before, a stem, stands at the same place
};

/// What a text is taken apart for.
enum class text_kind
{
    document,
    word,         ///< that is looked for
    start_of_word ///< the same
};

/// Finds the words of texts as the index of a database does. [the thread of the connection, which
/// outlives it]
class tokenizer
{
public:
    /// Throws database_error. `language` is that of the settings.
    tokenizer(connection& connection, const std::string& language);
    ~tokenizer();
    tokenizer(const tokenizer&) = delete;
    tokenizer& operator=(const tokenizer&) = delete;

    /// Returns the words of a text of up to 1 GiB, in their order. Throws database_error when
    /// memory runs out.
    [[nodiscard]] std::vector<token> tokens(std::string_view text, text_kind kind) const;

private:
    struct tool;
    std::unique_ptr<tool> tool_;
};

} // namespace search_package
