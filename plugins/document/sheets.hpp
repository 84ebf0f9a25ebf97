// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/json.hpp>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace document_package
{

class zip_parts;
struct office_limits;

/// A row of a sheet that has a cell.
struct sheet_row
{
    std::size_t number = 0; ///< from 1
    /// From the first column on: null, a text, a number, or true or false. Dates and times are
    /// texts as 2026-11-29, 2026-11-29T23:41:46 and 23:41:46.
    std::vector<penstock::json::value> cells;
};

/// The sheets of a workbook, one after the other, and the rows of each. [one thread at a time]
class sheets
{
public:
    virtual ~sheets() = default;

    /// Goes on to the first or next sheet; false behind the last. Throws document_error.
    [[nodiscard]] virtual bool next_sheet() = 0;

    /// The name of the sheet.
    [[nodiscard]] virtual const std::string& name() const = 0;

    /// Reads the next row of the sheet that has a cell; false behind the last. Throws
    /// document_error.
    [[nodiscard]] virtual bool next_row(sheet_row& row) = 0;
};

/// Opens the sheets of a workbook of SpreadsheetML (ECMA-376, part 1, 18), of that path.
[[nodiscard]] std::unique_ptr<sheets> office_sheets(zip_parts& parts, const std::string& path,
                                                    const office_limits& limits);

/// Opens those of OpenDocument (OASIS, 1.3, part 3, 9).
[[nodiscard]] std::unique_ptr<sheets> open_document_sheets(zip_parts& parts,
                                                           const office_limits& limits);

/// The text of a cell.
[[nodiscard]] std::string cell_text(const penstock::json::value& cell);

} // namespace document_package
