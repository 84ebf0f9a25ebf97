// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/bundles/receipt_writer.hpp"

#include "host/journal/sqlite/sql.hpp"

#include <algorithm>
#include <span>
#include <string>
#include <tuple>

namespace penstock::host
{

namespace
{

bool is_of_one_row(const numbered_receipt& a, const numbered_receipt& b)
{
    return section_of(a.number) == section_of(b.number) && a.receipt->graph == b.receipt->graph;
}

bool is_before(const numbered_receipt& a, const numbered_receipt& b)
{
    const std::uint64_t section_of_a = section_of(a.number);
    const std::uint64_t section_of_b = section_of(b.number);
    return std::tie(section_of_a, a.receipt->graph) < std::tie(section_of_b, b.receipt->graph);
}

} // namespace

receipt_writer::receipt_writer(sqlite_file& file)
    : last_row_(file, "SELECT max(number) FROM receipt_bundles WHERE number BETWEEN ? AND ?"),
      insert_(file, insert_into("INSERT", "receipt_bundles", receipt_bundle_columns))
{
}

void receipt_writer::write(std::int64_t ended)
{
    // They mostly end in the order they came in. The last of a number stays the last.
    if (!std::ranges::is_sorted(waiting_, is_before))
        std::ranges::stable_sort(waiting_, is_before);
    for (auto first = waiting_.begin(); first != waiting_.end();)
    {
        const auto last = std::find_if(first, waiting_.end(),
                                       [&](const numbered_receipt& each)
                                       { return !is_of_one_row(*first, each); });
        insert_receipt_bundle(insert_, next_row(section_of(first->number)), std::span(first, last),
                              ended);
        first = last;
    }
    waiting_.clear();
}

std::int64_t receipt_writer::next_row(std::uint64_t section)
{
    const rows_of rows(last_row_);
    last_row_.bind(1, first_row_of(section));
    last_row_.bind(2, last_row_of(section));
    last_row_.step();
    return std::max(last_row_.integer(0) + 1, first_row_of(section)); // none: 0
}

} // namespace penstock::host
