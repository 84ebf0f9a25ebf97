// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/bundles/receipt_reader.hpp"

#include "host/journal/sqlite/sql.hpp"

#include <string>

namespace penstock::host
{

receipt_reader::receipt_reader(sqlite_file& file)
    : file_(file),
      section_(file, select(receipt_bundle_columns,
                            "receipt_bundles WHERE number BETWEEN ? AND ? ORDER BY number DESC")),
      single_(file, select(receipt_columns, "receipts WHERE number = ?"))
{
}

std::optional<kept_receipt> receipt_reader::find(entry_number number, const numbering& ids)
{
    bool is_damaged = false;
    {
        const rows_of rows(section_);
        section_.bind(1, first_row_of(section_of(number)));
        section_.bind(2, last_row_of(section_of(number)));
        while (section_.step())
        {
            const receipt_bundle read = read_receipt_bundle(section_);
            is_damaged |= !read.is_whole;
            if (!read.is_whole)
                continue;
            if (std::optional<kept_receipt> found = read.find(number, ids))
                return found;
        }
    }
    std::optional<kept_receipt> single = find_single(number, ids);
    if (!single && is_damaged)
        refuse(number);
    return single;
}

std::optional<kept_receipt> receipt_reader::find_single(entry_number number, const numbering& ids)
{
    const rows_of rows(single_);
    single_.bind(1, static_cast<std::int64_t>(number));
    if (!single_.step())
        return std::nullopt;
    std::optional<kept_receipt> read = read_receipt(single_, ids);
    if (!read)
        refuse(number);
    return read;
}

void receipt_reader::refuse(entry_number number) const
{
    throw damaged_receipt(file_.name() + ": the receipt of request " + std::to_string(number) +
                          ": its checksum does not match; a whole receipt was expected");
}

} // namespace penstock::host
