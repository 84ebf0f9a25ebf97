// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/bundles/bundle_writer.hpp"

#include "host/journal/sqlite/sql.hpp"

#include <algorithm>
#include <string>
#include <vector>

namespace penstock::host
{

namespace
{

// Smaller rows take no page of their own.
constexpr std::int64_t least_to_repack = 4'096;

} // namespace

bundle_writer::bundle_writer(sqlite_file& file, bool compresses)
    : reader_(file),
      compressor_(compresses ? std::make_unique<compressor>() : nullptr),
      insert_(file, insert_into("INSERT", "bundles", bundle_columns)),
      delete_(file, "DELETE FROM bundles WHERE first = ?"),
      insert_mark_(file, insert_into("INSERT OR REPLACE", "bundle_marks", bundle_mark_columns)),
      delete_mark_(file, "DELETE FROM bundle_marks WHERE first = ?"),
      half_done_(file, "SELECT first FROM bundle_marks WHERE first > ? AND since < ? "
                       "AND size >= size_left AND size + size_left >= ? ORDER BY first LIMIT ?")
{
}

void bundle_writer::add(const journal_entry& what)
{
    bundle& to = waiting_[what.graph];
    if (!to.has_room_for(what))
    {
        insert_bundle(insert_, to, compressor_.get());
        to = bundle();
    }
    to.add(what);
    if (first_waiting_ == 0)
        first_waiting_ = what.number;
}

void bundle_writer::write()
{
    last_found_.reset();
    for (const auto& [graph, each] : waiting_)
        insert_bundle(insert_, each, compressor_.get());
    waiting_.clear();
    first_waiting_ = 0;
}

void bundle_writer::write_up_to(entry_number number)
{
    if (first_waiting_ != 0 && first_waiting_ <= number)
        write();
}

void bundle_writer::roll_back() noexcept
{
    waiting_.clear();
    first_waiting_ = 0;
    last_found_.reset();
    last_repacked_ = 0;
}

std::optional<journal_entry> bundle_writer::find(entry_number number)
{
    if (!last_found_ || !last_found_->row.members.contains(number))
        last_found_ = reader_.find(number, with_body::yes);
    if (!last_found_ || !last_found_->left.contains(number))
        return std::nullopt;
    return last_found_->row.entry(number, numbering());
}

void bundle_writer::finish(std::span<entry_number> numbers, std::int64_t now)
{
    last_found_.reset();
    while (!numbers.empty())
    {
        std::optional<pending_bundle> found = reader_.find(numbers.front(), with_body::no);
        if (!found)
        {
            numbers = numbers.subspan(1);
            continue;
        }
        // Numbers of other graphs may lie between those of this one.
        const entry_number last = std::max(found->row.last, numbers.front());
        const auto end = std::ranges::upper_bound(numbers, last);
        const auto others = std::stable_partition(numbers.begin(), end,
                                                  [&](entry_number each)
                                                  { return found->row.members.contains(each); });
        bool is_new = false;
        for (auto each = numbers.begin(); each != others; ++each)
            is_new |= found->left.erase(*each);
        numbers = numbers.subspan(static_cast<std::size_t>(others - numbers.begin()));
        if (!is_new)
            continue;
        if (found->left.is_empty() && !reader_.is_broken(found->row.first))
            remove(*found);
        else // a broken row stays, with a mark that leaves none of it
            mark(*found, now);
    }
}

void bundle_writer::mark(const pending_bundle& what, std::int64_t now)
{
    bundle_mark made;
    made.first = what.row.first;
    made.since = what.is_marked ? what.since : now;
    made.left = what.left;
    for (const entry_number each : what.row.members.numbers())
    {
        const std::uint64_t size = what.row.size_of(each);
        if (what.left.contains(each))
        {
            made.size_left += size;
            continue;
        }
        ++made.entries;
        made.size += size;
    }
    insert_bundle_mark(insert_mark_, made);
}

void bundle_writer::remove(const pending_bundle& what)
{
    try
    {
        delete_.bind(1, static_cast<std::int64_t>(what.row.first));
        delete_.run();
    }
    catch (const sqlite_error& problem)
    {
        if (problem.is_corruption())
            reader_.add_broken(what.row.first);
        throw;
    }
    if (!what.is_marked)
        return;
    delete_mark_.bind(1, static_cast<std::int64_t>(what.row.first));
    delete_mark_.run();
}

bool bundle_writer::repack(std::int64_t before, std::size_t most)
{
    std::vector<entry_number> half_done;
    {
        const rows_of rows(half_done_);
        half_done_.bind(1, static_cast<std::int64_t>(last_repacked_));
        half_done_.bind(2, before);
        half_done_.bind(3, least_to_repack);
        half_done_.bind(4, static_cast<std::int64_t>(most));
        while (half_done_.step())
            half_done.push_back(static_cast<entry_number>(half_done_.integer(0)));
    }
    for (const entry_number each : half_done)
    {
        std::optional<pending_bundle> found = reader_.find(each, with_body::yes);
        if (!found || !found->row.has_content() || found->left.is_empty())
            continue; // stays as it is
        remove(*found);
        found->row.keep_only(found->left);
        insert_bundle(insert_, found->row, compressor_.get());
    }
    const bool has_more = half_done.size() == most;
    last_repacked_ = has_more ? half_done.back() : 0;
    return has_more;
}

} // namespace penstock::host
