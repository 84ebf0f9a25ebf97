// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/sqlite/journal_reader.hpp"

#include "host/base/work_pauses.hpp"
#include "host/journal/letters/letter_source.hpp"
#include "host/journal/sqlite/schema.hpp"
#include "host/journal/sqlite/sql.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <utility>

#include <sqlite3.h>

namespace penstock::host
{

namespace
{

sqlite_file opened_for_reading(const std::filesystem::path& path, const std::string& vfs)
{
    sqlite_file file(path, sqlite_file::use::reading, vfs);
    prepare_for_reading(file);
    return file;
}

/// A transaction, so that several statements read the same state.
class snapshot
{
public:
    explicit snapshot(sqlite_file& file) : file_(file) { file_.execute("BEGIN"); }
    snapshot(const snapshot&) = delete;
    snapshot& operator=(const snapshot&) = delete;
    ~snapshot() { sqlite3_exec(file_.handle(), "ROLLBACK", nullptr, nullptr, nullptr); }

private:
    sqlite_file& file_;
};

/// The begin of the packet of a dead letter. What is behind it is not read: a statement would.
std::string begin_of_packet(sqlite_file& file, std::uint64_t number)
{
    sqlite3_blob* opened = nullptr;
    const int found = sqlite3_blob_open(file.handle(), "main", "letters", "packet",
                                        static_cast<sqlite3_int64>(number), 0, &opened);
    const std::unique_ptr<sqlite3_blob, decltype(&sqlite3_blob_close)> packet(opened,
                                                                              sqlite3_blob_close);
    if (found != SQLITE_OK)
        return {};
    std::string begin(
        std::min(static_cast<std::size_t>(sqlite3_blob_bytes(opened)), longest_letter_source),
        '\0');
    if (sqlite3_blob_read(opened, begin.data(), static_cast<int>(begin.size()), 0) != SQLITE_OK)
        return {};
    return begin;
}

} // namespace

journal_reader::journal_reader(const std::filesystem::path& path, const std::string& vfs,
                               const numbering& ids)
    : file_(opened_for_reading(path, vfs)),
      ids_(ids),
      last_record_(static_cast<entry_number>(file_.number("SELECT max(number) FROM records"))),
      bundles_(file_),
      receipts_(file_),
      numbers_(file_, "SELECT number, size FROM records INDEXED BY records_by_graph "
                      "WHERE graph = ? AND number > ? ORDER BY number LIMIT ?"),
      entry_(file_, select(entry_columns, "records WHERE number = ?")),
      original_(file_, select(entry_columns, "originals WHERE number = ?")),
      pending_(file_, "SELECT graph, count(*), sum(size), max(number) "
                      "FROM records INDEXED BY records_by_graph GROUP BY graph"),
      key_(file_, select(key_columns, "keys WHERE key = ?")),
      next_dead_letter_(file_,
                        select(dead_letter_head_columns,
                               "letters WHERE number < ?1 AND (?2 = '' OR graph = ?2) AND "
                               "(?3 = '' OR node = ?3) AND (?4 = '' OR instr(reason, ?4) > 0) "
                               "ORDER BY number DESC LIMIT 1")),
      dead_letter_(file_, select(dead_letter_columns, "letters WHERE number = ?")),
      blames_(file_, select(blame_columns, "blames WHERE kept >= ? ORDER BY number"))
{
}

journal_entry journal_reader::entry_of(entry_number number, std::string_view graph,
                                       std::size_t size)
{
    try
    {
        const rows_of rows(entry_);
        entry_.bind(1, static_cast<std::int64_t>(number));
        if (!entry_.step())
            return damaged_entry(number, graph, size, ids_);
        journal_entry read = read_entry(entry_, ids_, with_body::yes);
        if (read.number == number && read.graph == graph && !read.head.empty())
            return read;
    }
    catch (const sqlite_error& problem)
    {
        if (!problem.is_corruption())
            throw;
    }
    return damaged_entry(number, graph, size, ids_);
}

std::vector<journal_entry> journal_reader::next(std::string_view graph, entry_number after,
                                                read_limits limits)
{
    std::lock_guard lock(mutex_);
    const snapshot now(file_);
    std::vector<journal_entry> read;
    if (after < last_record_)
        add_records(graph, after, limits, read);
    bundles_.add_next(graph, after, limits, ids_, read);
    return read;
}

void journal_reader::add_records(std::string_view graph, entry_number after,
                                 const read_limits& limits, std::vector<journal_entry>& into)
{
    // The index says which entries there are, so that one that is damaged is not passed over.
    const rows_of rows(numbers_);
    numbers_.bind(1, graph);
    numbers_.bind(2, static_cast<std::int64_t>(after));
    numbers_.bind(3, static_cast<std::int64_t>(limits.entries));
    for (std::size_t bytes = 0; (into.empty() || bytes < limits.bytes) && numbers_.step();)
    {
        into.push_back(entry_of(static_cast<entry_number>(numbers_.integer(0)), graph,
                                static_cast<std::size_t>(numbers_.integer(1))));
        bytes += into.back().head.size() + into.back().body.size();
    }
}

std::vector<pending_of_graph> journal_reader::pending()
{
    std::lock_guard lock(mutex_);
    const snapshot now(file_);
    const rows_of rows(pending_);
    std::map<std::string, pending_of_graph, std::less<>> by_graph;
    while (pending_.step())
        by_graph[std::string(pending_.text(0))] = {{},
                                                   static_cast<std::size_t>(pending_.integer(1)),
                                                   static_cast<std::size_t>(pending_.integer(2)),
                                                   static_cast<entry_number>(pending_.integer(3))};
    bundles_.add_pending(by_graph);
    std::vector<pending_of_graph> read;
    for (auto& [graph, of] : by_graph)
    {
        of.graph = graph;
        read.push_back(std::move(of));
    }
    return read;
}

std::optional<journal_entry> journal_reader::pending(packet_id id)
{
    std::lock_guard lock(mutex_);
    const snapshot now(file_);
    std::optional<journal_entry> read = find_pending(ids_.number(id), with_body::no);
    if (read && read->id != id)
        return std::nullopt;
    return read;
}

std::optional<journal_entry> journal_reader::find_pending(entry_number number, with_body body)
{
    if (number <= last_record_)
        if (auto found = find_record(entry_, number, body))
            return found;
    const auto found = bundles_.find(number, body);
    if (!found || !found->left.contains(number))
        return std::nullopt;
    return body == with_body::yes ? found->row.entry(number, ids_)
                                  : found->row.outline(number, ids_);
}

std::optional<journal_entry> journal_reader::find_record(statement& from, entry_number number,
                                                         with_body body)
{
    const rows_of rows(from);
    from.bind(1, static_cast<std::int64_t>(number));
    if (!from.step())
        return std::nullopt;
    return read_entry(from, ids_, body);
}

std::optional<kept_receipt> journal_reader::receipt(packet_id id)
{
    std::lock_guard lock(mutex_);
    const snapshot now(file_);
    const entry_number number = ids_.number(id);
    try
    {
        std::optional<kept_receipt> read = receipts_.find(number, ids_);
        if (read && read->id != id)
            return std::nullopt;
        return read;
    }
    catch (const damaged_receipt&)
    {
        if (!find_pending(number, with_body::no))
            throw;
        return std::nullopt; // what is pending has none: the damaged one is of another
    }
}

std::optional<used_key> journal_reader::key(std::string_view idempotency_key, std::int64_t since)
{
    std::lock_guard lock(mutex_);
    const rows_of rows(key_);
    key_.bind(1, idempotency_key);
    if (!key_.step())
        return std::nullopt;
    const std::optional<key_row> read = read_key(key_, ids_);
    if (!read || key_.text(0) != idempotency_key || read->used < since)
        return std::nullopt;
    return read->use;
}

void journal_reader::dead_letters(const dead_letter_filter& which, const dead_letter_limits& limits,
                                  dead_letter_page& into)
{
    work_pauses pauses; // a page of a thousand is 40 ms of work
    while (!into.is_full && add_next(which, limits, into))
        pauses.pause_if_due();
}

// Each under a lock of its own: other readers need not wait for a list of large letters.
bool journal_reader::add_next(const dead_letter_filter& which, const dead_letter_limits& limits,
                              dead_letter_page& into)
{
    std::lock_guard lock(mutex_);
    const snapshot now(file_);
    const rows_of rows(next_dead_letter_);
    next_dead_letter_.bind(1, static_cast<std::int64_t>(into.below));
    next_dead_letter_.bind(2, which.graph);
    next_dead_letter_.bind(3, which.node);
    next_dead_letter_.bind(4, which.reason);
    if (!next_dead_letter_.step())
        return false;
    dead_letter head = read_dead_letter_head(next_dead_letter_);
    into.below = dead_letter_number(head.id);
    const std::size_t bytes = head.left_out;
    const std::size_t read = head.reason.size();
    if (bytes > limits.packet)
    {
        head.packet = letter_source_in(begin_of_packet(file_, into.below));
        into.add(std::move(head), read, limits);
    }
    else if (auto whole = dead_letter_of(into.below))
        into.add(*std::move(whole), bytes, limits);
    return true;
}

std::optional<dead_letter> journal_reader::find_dead_letter(std::uint64_t number)
{
    std::lock_guard lock(mutex_);
    return dead_letter_of(number);
}

std::optional<dead_letter> journal_reader::dead_letter_of(std::uint64_t number)
{
    const rows_of rows(dead_letter_);
    dead_letter_.bind(1, static_cast<std::int64_t>(number));
    if (!dead_letter_.step())
        return std::nullopt;
    return read_dead_letter(dead_letter_);
}

std::optional<journal_entry> journal_reader::original(entry_number number)
{
    std::lock_guard lock(mutex_);
    const snapshot now(file_); // an entry that is done goes from one table to the other
    if (auto found = find_record(original_, number, with_body::yes))
        return found;
    return find_pending(number, with_body::yes);
}

std::vector<blame> journal_reader::blames(std::int64_t since)
{
    std::lock_guard lock(mutex_);
    const rows_of rows(blames_);
    blames_.bind(1, since);
    std::vector<blame> read;
    while (blames_.step())
        if (std::optional<blame> one = read_blame(blames_))
            read.push_back(*std::move(one));
    return read;
}

} // namespace penstock::host
