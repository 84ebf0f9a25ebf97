// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "sheet_values.hpp"
#include "sheets.hpp"
#include "xml.hpp"

#include <penstock/detail/utf8.hpp>

#include <charconv>
#include <cmath>
#include <cstdint>
#include <utility>

namespace document_package
{

namespace json = penstock::json;

void row_builder::begin(const std::string& sheet, std::size_t number)
{
    sheet_ = sheet;
    number_ = number;
    cells_.clear();
    row_ = 0;
}

void row_builder::set(std::size_t column, json::value cell)
{
    if (column >= most_columns)
        refuse("has more than " + std::to_string(most_columns) +
               " columns; a smaller sheet was expected");
    const std::size_t columns = column < cells_.size() ? 0 : column + 1 - cells_.size();
    count(columns + (cell.is_string() ? cell.get_string().size() : sizeof(double)));
    if (columns > 0)
        cells_.resize(column + 1);
    cells_[column] = std::move(cell);
}

std::vector<json::value> row_builder::take()
{
    return std::exchange(cells_, {});
}

void row_builder::count_again(std::size_t number)
{
    number_ = number;
    const std::size_t row = row_;
    count(row);
    row_ = row;
}

void row_builder::count(std::size_t more)
{
    used_ += more;
    row_ += more;
    if (used_ > most_)
        refuse("all cells have more than " + std::to_string(most_) +
               " bytes; a smaller document, or a higher text_bytes, was expected");
}

void row_builder::refuse(const std::string& what) const
{
    throw document_error(sheet_ + ": row " + std::to_string(number_) + ": " + what);
}

json::value number_of(std::string_view text)
{
    constexpr double last_whole = 9'007'199'254'740'992; // 2^53
    std::int64_t exact = 0;
    const auto whole = std::from_chars(text.data(), text.data() + text.size(), exact);
    if (whole.ec == std::errc() && whole.ptr == text.data() + text.size())
        return exact;
    double number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(number))
        return text.empty() ? json::value() : json::value(penstock::detail::repaired_utf8(text));
    if (std::trunc(number) == number && std::abs(number) < last_whole)
        return static_cast<std::int64_t>(number);
    return number;
}

std::string cell_text(const json::value& cell)
{
    if (const json::string* text = cell.if_string())
        return std::string(*text);
    return cell.is_null() ? std::string() : penstock::write_json(cell);
}

} // namespace document_package
