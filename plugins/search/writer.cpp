// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "writer.hpp"

#include "words.hpp"

#include <filesystem>
#include <utility>

#include <sqlite3.h>

namespace search_package
{
namespace
{

connection open(const std::string& path, const settings& with)
{
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    connection database(path, connection::use::writing);
    database.execute("PRAGMA page_size = 8192;"
                     "PRAGMA journal_mode = WAL;"
                     "PRAGMA synchronous = FULL;"
                     "PRAGMA wal_autocheckpoint = 4000;"
                     "PRAGMA journal_size_limit = 67108864;"
                     "PRAGMA cache_size = -32000;");
    prepare(database, with);
    return database;
}

} // namespace

writer::session::session(const std::string& path, const settings& with)
    : database(open(path, with)),
      own_columns(with.fields),
      index(database, with),
      find(database, "SELECT number, fields FROM documents WHERE id = ?"),
      insert(database, "INSERT INTO documents(id, fields, lists) VALUES(?, ?, ?)"),
      update(database, "UPDATE documents SET fields = ?, lists = ? WHERE number = ?"),
      erase(database, "DELETE FROM documents WHERE number = ?"),
      content(database, "SELECT fields FROM documents WHERE number = ?")
{
    if (part_list::exists(database))
        parts.emplace(database);
}

writer::writer(std::string path, settings with) : path_(std::move(path)), with_(std::move(with))
{
    session_.emplace(path_, with_);
}

std::vector<std::size_t> writer::commit(const std::vector<change>& changes)
{
    std::lock_guard lock(mutex_);
    if (session_ && session_->database.is_orphaned())
        leave_orphan();
    if (!session_)
        session_.emplace(path_, with_);
    std::vector<std::size_t> late;
    try
    {
        session_->database.execute("BEGIN IMMEDIATE");
        late = session_->make(changes);
        session_->database.execute("COMMIT");
    }
    catch (...)
    {
        // A connection that failed may be in any state; closing it rolls back.
        session_.reset();
        throw;
    }
    if (!session_->database.is_orphaned())
        return late;
    leave_orphan();
    throw database_error("database: its file was removed while it was written to", SQLITE_CANTOPEN);
}

// Others may have the file open: what is only in a log without a name would be missing to them.
void writer::leave_orphan()
{
    session_->database.work_log_in();
    session_.reset();
}

// What a new version has no more is known when all that came of it together is there.
std::vector<std::size_t> writer::session::make(const std::vector<change>& changes)
{
    std::vector<std::size_t> late;
    for (std::size_t i = 0; i < changes.size(); ++i)
        if (is_late(changes[i]))
            late.push_back(i);
        else
            make(changes[i]);
    if (parts)
        for (const std::int64_t each : parts->take_outdated())
            withdraw(each);
    return late;
}

bool writer::session::is_late(const change& change)
{
    return parts && !change.fields.empty() && !change.whole.empty() &&
           parts->is_late(change.whole, change.version, change.time);
}

void writer::session::make(const change& change)
{
    if (const std::optional<std::int64_t> number = keep(change))
        note(*number, change);
    else if (parts)
        for (const std::int64_t each : parts->take_all_of(change.id))
            withdraw(each);
}

// Returns the number of the document; nothing if it is none now.
std::optional<std::int64_t> writer::session::keep(const change& change)
{
    find.bind(1, change.id);
    const bool known = find.step();
    const std::int64_t number = known ? find.integer(0) : 0;
    const std::string before(known ? find.text(1) : std::string_view());
    find.reset();

    if (change.fields.empty())
    {
        if (known)
            withdraw(number);
        return std::nullopt;
    }
    if (known && before == change.fields)
        return number; // the same again, from a replay
    if (known)
    {
        remove(number, before);
        update.bind(1, change.fields);
        update.bind(2, change.lists);
        update.bind(3, number);
        update.run();
        index.add(number, change.columns, change.labels);
        return number;
    }
    insert.bind(1, change.id);
    insert.bind(2, change.fields);
    insert.bind(3, change.lists);
    insert.run();
    const std::int64_t made = database.last_row();
    index.add(made, change.columns, change.labels);
    return made;
}

void writer::session::note(std::int64_t number, const change& change)
{
    if (change.whole.empty())
    {
        if (parts)
            parts->forget(number);
        return;
    }
    if (!parts)
        parts.emplace(database);
    parts->put(number, change.whole, change.version, change.time);
}

void writer::session::withdraw(std::int64_t number)
{
    content.bind(1, number);
    const std::string before(content.step() ? content.text(0) : std::string_view());
    content.reset();
    if (!before.empty())
        remove(number, before);
    erase.bind(1, number);
    erase.run();
    if (parts)
        parts->forget(number);
}

void writer::session::remove(std::int64_t number, std::string_view fields)
{
    index.remove(number, columns_of(penstock::parse_json(fields, penstock::own_text).as_object(),
                                    own_columns));
}

} // namespace search_package
