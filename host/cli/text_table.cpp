// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/text_table.hpp"

#include "host/base/printable.hpp"

#include <algorithm>
#include <string_view>

namespace penstock::host::cli
{

namespace
{

bool is_number(std::string_view text)
{
    return !text.empty() && text.find_first_not_of("0123456789,.") == std::string_view::npos;
}

} // namespace

std::string text_table(std::vector<std::vector<std::string>> rows)
{
    for (std::vector<std::string>& row : rows)
        for (std::string& cell : row)
            cell = printable(cell);
    std::vector<std::size_t> widths;
    for (const std::vector<std::string>& row : rows)
    {
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i)
            widths[i] = std::max(widths[i], row[i].size());
    }
    std::string table;
    for (const std::vector<std::string>& row : rows)
    {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i)
        {
            const std::string space(widths[i] - row[i].size(), ' ');
            line += (i == 0 ? "" : "  ") + (is_number(row[i]) ? space + row[i] : row[i] + space);
        }
        line.erase(line.find_last_not_of(' ') + 1);
        table += line + '\n';
    }
    return table;
}

} // namespace penstock::host::cli
