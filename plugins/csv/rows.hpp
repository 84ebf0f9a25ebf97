// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "dialect.hpp"

#include <array>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace csv_package
{

/// The bounds of a row.
struct row_limits
{
    std::size_t value = std::size_t{1} << 20; ///< the most bytes of a value
    std::size_t values = 65'536;              ///< the most values
};

/// One row of a text. It refers to the text, which outlives it; what was in quotes that are doubled
/// is its own. A row is used again for the next, so that its memory is.
class row
{
public:
    [[nodiscard]] std::size_t size() const { return values_.size(); }

    /// The value of a column, counted from 0, without quotes. Valid until the row is used again.
    [[nodiscard]] std::string_view operator[](std::size_t column) const
    {
        const place& at = values_[column];
        return (at.is_own ? std::string_view(own_) : body_).substr(at.begin, at.size);
    }

    std::size_t line = 0;  ///< where it begins, counted from 1
    std::string_view text; ///< all of it, as it stands, with the end of its last line
    std::string wrong;     ///< why it is no row, if that is so

private:
    friend class rows;

    struct place
    {
        std::size_t begin;
        std::size_t size;
        bool is_own; ///< in own_, else in the body
    };

    std::string_view body_;
    std::string own_;
    std::vector<place> values_;
};

/// Walks over the rows of a text, as RFC 4180 has them, in one pass. Lines end with LF, CRLF or CR;
/// empty lines and comments are passed over, and so is a byte order mark.
///
/// A row that is none costs its first line: the walk goes on with the next one, so that a quote
/// that is not closed does not take the rest of the text along. The time of it all grows with the
/// length of the text: only a row that is wrong is looked at again, and no line of it can be the
/// begin of another that is as long.
class rows
{
public:
    /// Begins at the begin of a body, which outlives this.
    rows(std::string_view body, const dialect& how, const row_limits& limits);

    /// Whether there is no further row.
    [[nodiscard]] bool ended() const { return at_ == body_.size(); }

    /// Reads the next row, which there must be.
    void next(row& into);

private:
    void read_value(row& into);
    void read_plain(row& into);
    void read_quoted(row& into);
    void keep(row& into, std::size_t begin, std::size_t size, bool is_own);
    void pass_line_end();
    void pass_what_is_no_row();
    [[nodiscard]] std::size_t plain_end(std::size_t from) const;
    [[nodiscard]] std::size_t line_end(std::size_t from) const;
    [[nodiscard]] std::size_t first_of(std::size_t from, std::initializer_list<char> these) const;
    [[nodiscard]] char quote_in_plain() const;
    [[nodiscard]] bool is_quote(std::size_t at) const
    {
        return how_.quote && at < body_.size() && body_[at] == *how_.quote;
    }

    std::string_view body_;
    dialect how_;
    row_limits limits_;
    std::array<bool, 256> ends_value_{}; // one without quotes
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    std::size_t column_ = 0; // of the row at hand, counted from 1
    bool is_broken_ = false; // the row at hand, so that where it ends is unknown
    bool has_lines_ = false; // the row at hand may have several
};

} // namespace csv_package
