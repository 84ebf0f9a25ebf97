// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "boundaries.hpp"

#include <cstddef>
#include <deque>
#include <optional>
#include <string_view>

namespace text_package
{

/// What the windows of a text are measured in.
enum class unit
{
    characters, ///< code points
    words       ///< as ICU finds them, also where no spaces are between them
};

/// How a text is cut into windows.
struct window_options
{
    std::size_t size = 200;
    std::size_t overlap = 0; ///< less than `size`
    unit measure = unit::words;
};

/// One window of a text.
struct window
{
    std::string_view text; ///< neither begins nor ends with white space
    std::size_t offset;    ///< its first character, counted in code points
};

/// Cuts a text into windows of at most some size, of which each begins with the end of the one
/// before. A window ends at the last end of a paragraph in it, else of a sentence, else where a
/// line may be broken, never inside a grapheme; one that is longer than a window is a window.
///
/// The text is UTF-8, less than 2 GiB, and outlives this. Each byte is looked at once or, in an
/// overlap, once a window; what is kept is a window at most.
class windows
{
public:
    windows(std::string_view text, const window_options& options);

    /// The next window; none behind the last that is more than white space.
    [[nodiscard]] std::optional<window> next();

private:
    struct word
    {
        std::size_t begin;
        std::size_t end;
    };

    [[nodiscard]] std::size_t furthest_end();
    [[nodiscard]] std::size_t cut(std::size_t limit);
    [[nodiscard]] bool is_cut(std::size_t at);
    [[nodiscard]] bool is_in_word(std::size_t at) const;
    [[nodiscard]] std::size_t behind_space(std::size_t begin, std::size_t end) const;
    [[nodiscard]] std::size_t begin_of_overlap(std::size_t end);
    void move_to(std::size_t begin);
    void read_words(std::size_t count);

    std::string_view text_;
    window_options options_;
    std::size_t begin_ = 0;
    std::size_t offset_ = 0; // of begin_, in code points
    std::size_t least_ = 0;  // where it ends at least, to hold more than what the next one repeats
    boundaries<break_iterator> graphemes_;
    boundaries<part_iterator> lines_;
    boundaries<sentence_iterator> sentences_;
    boundaries<paragraph_iterator> paragraphs_;
    break_iterator segments_;
    std::size_t segment_ = 0;
    std::deque<word> words_; // from begin_ on
};

} // namespace text_package
