// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/sqlite/journal_store.hpp"

#include "host/journal/sqlite/rows.hpp"
#include "host/journal/sqlite/sql.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>

namespace penstock::host
{

namespace
{

std::uint64_t natural(std::int64_t number) noexcept
{
    return static_cast<std::uint64_t>(number);
}

} // namespace

journal_store::journal_store(sqlite_file& file, bool compresses)
    : file_(file),
      bundles_(file, compresses),
      receipts_(file),
      begin_(file, "BEGIN IMMEDIATE"),
      commit_(file, "COMMIT"),
      insert_key_(file, insert_into("INSERT OR IGNORE", "keys", key_columns)),
      replace_key_(file, insert_into("REPLACE", "keys", key_columns)),
      insert_dead_letter_(file, insert_into("INSERT", "letters", dead_letter_columns)),
      insert_blame_(file, insert_into("INSERT", "blames", blame_columns)),
      dead_letter_of_(file, "SELECT entry, bytes, graph FROM letters WHERE number = ?"),
      delete_dead_letter_(file, "DELETE FROM letters WHERE number = ?"),
      delete_blames_(file, "DELETE FROM blames WHERE graph = ?"),
      entries_with_dead_letters_(file,
                                 "SELECT DISTINCT entry FROM letters WHERE entry BETWEEN ? AND ?"),
      has_dead_letter_(file, "SELECT 1 FROM letters WHERE entry = ? LIMIT 1"),
      keep_original_(file,
                     "INSERT OR REPLACE INTO originals SELECT * FROM records WHERE number = ? "
                     "RETURNING size, graph"),
      insert_original_(file, insert_into("INSERT OR REPLACE", "originals", entry_columns)),
      delete_original_(file, "DELETE FROM originals WHERE number = ? RETURNING size"),
      delete_record_(file, "DELETE FROM records WHERE number = ?"),
      page_count_(file, "PRAGMA page_count"),
      free_count_(file, "PRAGMA freelist_count"),
      page_size_(natural(file.number("PRAGMA page_size"))),
      last_record_(natural(file.number("SELECT max(number) FROM records")))
{
    counts_.receipts = natural(file.number("SELECT count(*) FROM receipts")) +
                       natural(file.number("SELECT sum(entries) FROM receipt_bundles"));
    counts_.keys = natural(file.number("SELECT count(*) FROM keys"));
    counts_.dead_letters = natural(file.number("SELECT count(*) FROM letters"));
    count_usages();
}

void journal_store::count_usages()
{
    for (const char* sql : {"SELECT graph, sum(bytes) FROM letters GROUP BY graph",
                            "SELECT graph, sum(size) FROM originals GROUP BY graph"})
    {
        statement rows(file_, sql);
        while (rows.step())
            usages_.add(rows.text(0), rows.integer(1));
    }
    usages_.commit();
}

void journal_store::begin()
{
    counts_before_ = counts_;
    begin_.run();
}

void journal_store::commit()
{
    commit_.run();
    usages_.commit();
}

void journal_store::roll_back() noexcept
{
    counts_ = counts_before_;
    usages_.roll_back();
    finished_.clear();
    bundles_.roll_back();
    receipts_.roll_back();
    if (!file_.in_transaction())
        return;
    try
    {
        file_.execute("ROLLBACK");
    }
    catch (const sqlite_error&)
    {
        // Whatever it says, the transaction has ended: the next BEGIN tells.
    }
}

void journal_store::apply(std::span<operation> operations, std::int64_t now)
{
    for (operation& each : operations)
    {
        if (auto* append = std::get_if<append_operation>(&each))
            apply(*append, now);
        else if (const auto* done = std::get_if<done_operation>(&each))
            finish(*done);
        else
        {
            // Whether an entry is kept depends on its dead letters, so what changes those waits.
            forget_finished(now);
            if (auto* dead = std::get_if<dead_operation>(&each))
                apply(*dead, now);
            else if (auto* drop = std::get_if<drop_operation>(&each))
                apply(*drop);
            else if (auto* suspect = std::get_if<suspect_operation>(&each))
                apply(*suspect, now);
            else if (auto* clear_suspects = std::get_if<clear_operation>(&each))
                apply(*clear_suspects);
        }
    }
    forget_finished(now);
    bundles_.write();
    receipts_.write(now);
}

void journal_store::apply(append_operation& what, std::int64_t now)
{
    bundles_.add(*what.what);
    if (what.what->idempotency_key.empty())
        return;
    insert_key(insert_key_, *what.what, now);
    if (file_.changes() > 0)
        ++counts_.keys;
    else
        insert_key(replace_key_, *what.what, now); // it was used before
}

void journal_store::apply(dead_operation& what, std::int64_t now)
{
    insert_dead_letter(insert_dead_letter_, *what.dead_letter, now);
    ++counts_.dead_letters;
    usages_.add(what.dead_letter->what.graph, static_cast<std::int64_t>(what.dead_letter->bytes()));
}

void journal_store::apply(drop_operation& what)
{
    what.found = drop_dead_letter(what.dead_letter);
}

void journal_store::apply(suspect_operation& what, std::int64_t now)
{
    insert_blame(insert_blame_, what.what, now);
}

void journal_store::apply(clear_operation& what)
{
    delete_blames_.bind(1, what.graph);
    delete_blames_.run();
}

bool journal_store::drop_dead_letter(std::uint64_t number)
{
    std::int64_t entry = 0;
    std::string graph;
    {
        const rows_of rows(dead_letter_of_);
        dead_letter_of_.bind(1, static_cast<std::int64_t>(number));
        if (!dead_letter_of_.step())
            return false;
        entry = dead_letter_of_.integer(0);
        graph = dead_letter_of_.text(2);
        usages_.add(graph, -dead_letter_of_.integer(1));
    }
    delete_dead_letter_.bind(1, static_cast<std::int64_t>(number));
    delete_dead_letter_.run();
    --counts_.dead_letters;

    const rows_of dead_letters(has_dead_letter_);
    has_dead_letter_.bind(1, entry);
    if (entry == 0 || has_dead_letter_.step())
        return true;
    const rows_of originals(delete_original_);
    delete_original_.bind(1, entry);
    if (delete_original_.step())
        usages_.add(graph, -delete_original_.integer(0));
    return true;
}

void journal_store::finish(const done_operation& what)
{
    receipts_.add({what.number, what.receipt});
    ++counts_.receipts;
    if (what.journalled)
        finished_.push_back(what.number);
}

void journal_store::forget_finished(std::int64_t now)
{
    if (finished_.empty())
        return;
    std::ranges::sort(finished_);
    bundles_.write_up_to(finished_.back());
    for (auto first = finished_.begin(); first != finished_.end();)
    {
        auto last = first;
        while (std::next(last) != finished_.end() && *std::next(last) <= *last + 1)
            ++last;
        if (counts_.dead_letters > 0)
            keep_originals(*first, *last);
        first = std::next(last);
    }
    std::erase_if(finished_, [this](entry_number each) { return delete_record(each); });
    bundles_.finish(finished_, now);
    finished_.clear();
}

bool journal_store::delete_record(entry_number number)
{
    if (number > last_record_)
        return false;
    delete_record_.bind(1, static_cast<std::int64_t>(number));
    delete_record_.run();
    return file_.changes() > 0;
}

void journal_store::keep_originals(entry_number first, entry_number last)
{
    const rows_of entries(entries_with_dead_letters_);
    entries_with_dead_letters_.bind(1, static_cast<std::int64_t>(first));
    entries_with_dead_letters_.bind(2, static_cast<std::int64_t>(last));
    while (entries_with_dead_letters_.step())
        keep_original(natural(entries_with_dead_letters_.integer(0)));
}

void journal_store::keep_original(entry_number number)
{
    if (number <= last_record_)
    {
        const rows_of originals(keep_original_);
        keep_original_.bind(1, static_cast<std::int64_t>(number));
        if (keep_original_.step())
            return usages_.add(keep_original_.text(1), keep_original_.integer(0));
    }
    const std::optional<journal_entry> found = bundles_.find(number);
    if (!found)
        return;
    insert_entry(insert_original_, *found);
    usages_.add(found->graph, static_cast<std::int64_t>(found->size));
}

bool journal_store::repack(std::int64_t before)
{
    constexpr std::size_t at_a_time = 16; // so that no append waits long
    return bundles_.repack(before, at_a_time);
}

std::uint64_t journal_store::used_bytes()
{
    const rows_of pages(page_count_);
    const rows_of unused(free_count_);
    page_count_.step();
    free_count_.step();
    return natural(page_count_.integer(0) - free_count_.integer(0)) * page_size_;
}

} // namespace penstock::host
