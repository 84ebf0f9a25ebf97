// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace document_package
{

constexpr std::size_t most_columns = 16'384; ///< as the programs that write sheets have it

/// Gathers the cells of a row, and counts what all rows take: strings that many cells share, and
/// cells that are repeated, may be more than the file.
class row_builder
{
public:
    explicit row_builder(std::size_t most) : most_(most) {}

    /// Begins a row of a sheet, counted from 1; errors begin with both.
    void begin(const std::string& sheet, std::size_t number);

    /// Sets the cell of a column, counted from 0. Throws document_error if there are too many.
    void set(std::size_t column, penstock::json::value cell);

    /// Whether a cell was set.
    [[nodiscard]] bool empty() const { return cells_.empty(); }

    /// Takes the row.
    [[nodiscard]] std::vector<penstock::json::value> take();

    /// Counts the row that was taken once more, as the row of that number.
    void count_again(std::size_t number);

private:
    void count(std::size_t more);
    [[noreturn]] void refuse(const std::string& what) const;

    std::size_t most_;
    std::size_t used_ = 0;
    std::size_t row_ = 0; ///< of this row
    std::string sheet_;
    std::size_t number_ = 0;
    std::vector<penstock::json::value> cells_;
};

/// Returns the number that a text is, whole if it is, or else the text. Whole numbers of 64 bits
/// are exact.
[[nodiscard]] penstock::json::value number_of(std::string_view text);

} // namespace document_package
