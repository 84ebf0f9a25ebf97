// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/bundles/bundle_reader.hpp"

#include "host/journal/sqlite/sql.hpp"

#include <algorithm>
#include <utility>

namespace penstock::host
{

namespace
{

// What the index knows by itself of a bundle, so that one that is damaged is not passed over.
constexpr const char* indexed_columns = "graph, last, first, entries, size, members";

void add(pending_of_graph& to, std::int64_t entries, std::int64_t bytes)
{
    to.entries += static_cast<std::size_t>(entries);
    to.bytes += static_cast<std::size_t>(bytes);
}

void subtract_done(pending_of_graph& from, const pending_bundle& of)
{
    for (const entry_number each : of.row.members.numbers())
    {
        if (of.left.contains(each))
            continue;
        from.entries -= std::min<std::size_t>(from.entries, 1);
        from.bytes -= std::min<std::size_t>(from.bytes, of.row.size_of(each));
    }
}

} // namespace

bundle_reader::bundle_reader(sqlite_file& file)
    : receipts_(file),
      near_(file,
            select(bundle_head_columns, "bundles WHERE first BETWEEN ? AND ? ORDER BY first DESC")),
      head_by_first_(file, select(bundle_head_columns, "bundles WHERE first = ?")),
      by_first_(file, select(bundle_columns, "bundles WHERE first = ?")),
      by_graph_(file, select(indexed_columns, "bundles INDEXED BY bundles_by_graph "
                                              "WHERE graph = ? AND last > ? ORDER BY last")),
      indexed_(file, select(indexed_columns, "bundles INDEXED BY bundles_by_graph "
                                             "WHERE +first = ?")),
      marks_(file, select(bundle_mark_columns, "bundle_marks WHERE first = ?")),
      sums_(file, "SELECT graph, sum(entries), sum(size), max(last) "
                  "FROM bundles INDEXED BY bundles_by_graph GROUP BY graph"),
      marked_(file, "SELECT first FROM bundle_marks")
{
}

// Numbers of two commits are not mixed, and those of one graph neither. So the bundle of an entry
// is one of the last that begin before it: of another graph are at most some of the same commit.
std::optional<pending_bundle> bundle_reader::find(entry_number number, with_body content)
{
    bundle found;
    {
        const rows_of rows(near_);
        near_.bind(1, static_cast<std::int64_t>(number - std::min(number, number_set::span - 1)));
        near_.bind(2, static_cast<std::int64_t>(number));
        while (!found.members.contains(number) && near_.step())
        {
            found = read_bundle_head(near_);
            if (!found.is_whole)
                found = indexed(found.first);
        }
    }
    if (!found.members.contains(number))
        return std::nullopt;
    return marked(content == with_body::yes ? with_content(std::move(found)) : std::move(found));
}

void bundle_reader::add_next(std::string_view graph, entry_number after, const read_limits& limits,
                             const numbering& ids, std::vector<journal_entry>& into)
{
    std::size_t bytes = 0;
    for (const journal_entry& each : into)
        bytes += each.head.size() + each.body.size();
    const auto is_full = [&]
    { return into.size() >= limits.entries || (!into.empty() && bytes >= limits.bytes); };
    const rows_of rows(by_graph_);
    by_graph_.bind(1, graph);
    by_graph_.bind(2, static_cast<std::int64_t>(after));
    while (!is_full() && by_graph_.step())
    {
        const pending_bundle found = marked(with_content(indexed(by_graph_)));
        for (const entry_number each : found.left.numbers())
        {
            if (each <= after)
                continue;
            if (is_full())
                break;
            into.push_back(found.row.entry(each, ids));
            bytes += into.back().head.size() + into.back().body.size();
        }
    }
}

void bundle_reader::add_pending(std::map<std::string, pending_of_graph, std::less<>>& into)
{
    const rows_of rows(sums_);
    const rows_of marks(marked_);
    while (sums_.step())
    {
        pending_of_graph& of = into[std::string(sums_.text(0))];
        add(of, sums_.integer(1), sums_.integer(2));
        of.last = std::max(of.last, static_cast<entry_number>(sums_.integer(3)));
    }
    // What a mark itself says of sizes may be damaged: what is given back later is what counts.
    while (marked_.step())
    {
        const pending_bundle found = marked(head(static_cast<entry_number>(marked_.integer(0))));
        if (const auto of = into.find(found.row.graph); of != into.end())
            subtract_done(of->second, found);
    }
}

bundle bundle_reader::indexed(const statement& row) const
{
    bundle read;
    read.graph = row.text(0);
    read.last = static_cast<entry_number>(row.integer(1));
    read.first = static_cast<entry_number>(row.integer(2));
    read.size = static_cast<std::uint64_t>(row.integer(4));
    read.members = number_set(read.first, row.text(5));
    read.is_whole = false;
    return read;
}

// Walks through the index, for it is asked for damaged rows alone.
bundle bundle_reader::indexed(entry_number first)
{
    const rows_of rows(indexed_);
    indexed_.bind(1, static_cast<std::int64_t>(first));
    return indexed_.step() ? indexed(indexed_) : bundle{};
}

// A row as a statement reads it; nothing if it is not there, is damaged, or is among the broken ones.
std::optional<bundle> bundle_reader::whole(statement& from, bundle (*read)(const statement&),
                                           std::set<entry_number>& broken, entry_number first)
{
    if (broken.contains(first))
        return std::nullopt;
    try
    {
        const rows_of rows(from);
        from.bind(1, static_cast<std::int64_t>(first));
        if (from.step())
            if (bundle found = read(from); found.is_whole)
                return found;
    }
    catch (const sqlite_error& problem)
    {
        if (!problem.is_corruption())
            throw;
        broken.insert(first);
    }
    return std::nullopt;
}

// The head of a row; if it is damaged what the index tells.
bundle bundle_reader::head(entry_number first)
{
    if (auto found = whole(head_by_first_, read_bundle_head, broken_heads_, first))
        return *std::move(found);
    return indexed(first);
}

// The row of what the index or the head of a row tells. If its content cannot be read its head
// remains, which tells sizes better than the index, and if that cannot be either what these tell.
bundle bundle_reader::with_content(bundle known)
{
    auto found = whole(by_first_, read_bundle, broken_, known.first);
    if (!found && !known.is_whole)
        found = whole(head_by_first_, read_bundle_head, broken_heads_, known.first);
    return found && found->graph == known.graph ? *std::move(found) : std::move(known);
}

pending_bundle bundle_reader::marked(bundle row)
{
    pending_bundle made;
    made.left = row.members;
    const rows_of rows(marks_);
    marks_.bind(1, static_cast<std::int64_t>(row.first));
    made.is_marked = marks_.step();
    made.row = std::move(row);
    if (!made.is_marked)
        return made;
    const bundle_mark mark = read_bundle_mark(marks_);
    made.since = mark.since;
    for (const entry_number each : made.row.members.numbers())
        if (mark.is_whole ? !mark.left.contains(each) : has_receipt(each))
            made.left.erase(each);
    return made;
}

bool bundle_reader::has_receipt(entry_number number)
{
    try
    {
        return receipts_.find(number, numbering()).has_value();
    }
    catch (const damaged_receipt&)
    {
        return false; // it may be, but what is not certain is done again
    }
}

} // namespace penstock::host
