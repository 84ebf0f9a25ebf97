// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

namespace html_package
{

/// Puts texts of inline and block elements together as people see them: white space is one space,
/// none where a line begins or ends; between blocks are line ends.
class text_builder
{
public:
    /// Adds text whose white space means nothing but a gap.
    void add(std::string_view text);

    /// Adds text whose white space is kept.
    void add_preformatted(std::string_view text);

    /// Asks for so many line ends, at least, between what is before and what follows, if both are.
    void separate(int line_ends);

    /// Adds a line end.
    void break_line();

    /// Asks for a tab between what is before and what follows on the same line.
    void next_cell();

    /// The text so far.
    [[nodiscard]] const std::string& text() const { return text_; }

private:
    void begin_word();

    std::string text_;
    int line_ends_ = 0;
    bool space_ = false;
    bool tab_ = false;
};

} // namespace html_package
