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

connection open(const std::string& path)
{
    std::filesystem::create_directories(std::filesystem::path(path).parent_path());
    connection database(path, connection::use::writing);
    database.execute("PRAGMA page_size = 8192;"
                     "PRAGMA journal_mode = WAL;"
                     "PRAGMA synchronous = FULL;"
                     "PRAGMA wal_autocheckpoint = 4000;"
                     "PRAGMA journal_size_limit = 67108864;"
                     "PRAGMA cache_size = -32000;");
    if (version_of(database) == 0)
        database.execute("BEGIN IMMEDIATE;"
                         "CREATE TABLE documents(number INTEGER PRIMARY KEY,"
                         " id TEXT NOT NULL UNIQUE, fields TEXT NOT NULL, lists TEXT NOT NULL);"
                         "CREATE VIRTUAL TABLE words USING fts5(text, content='',"
                         " tokenize=\"unicode61 remove_diacritics 2\");"
                         "INSERT INTO words(words, rank) VALUES('hashsize', 16777216);"
                         "PRAGMA user_version = 1;"
                         "COMMIT;");
    return database;
}

} // namespace

writer::session::session(const std::string& path)
    : database(open(path)),
      find(database, "SELECT number, fields FROM documents WHERE id = ?"),
      insert(database, "INSERT INTO documents(id, fields, lists) VALUES(?, ?, ?)"),
      update(database, "UPDATE documents SET fields = ?, lists = ? WHERE number = ?"),
      erase(database, "DELETE FROM documents WHERE number = ?"),
      index(database, "INSERT INTO words(rowid, text) VALUES(?, ?)"),
      forget(database, "INSERT INTO words(words, rowid, text) VALUES('delete', ?, ?)")
{
}

writer::writer(std::string path) : path_(std::move(path))
{
    session_.emplace(path_);
}

void writer::commit(const std::vector<change>& changes)
{
    std::lock_guard lock(mutex_);
    if (session_ && session_->database.is_orphaned())
        leave_orphan();
    if (!session_)
        session_.emplace(path_);
    try
    {
        session_->database.execute("BEGIN IMMEDIATE");
        for (const change& change : changes)
            session_->make(change);
        session_->database.execute("COMMIT");
    }
    catch (...)
    {
        // A connection that failed may be in any state; closing it rolls back.
        session_.reset();
        throw;
    }
    if (!session_->database.is_orphaned())
        return;
    leave_orphan();
    throw database_error("database: its file was removed while it was written to", SQLITE_CANTOPEN);
}

// Others may have the file open: what is only in a log without a name would be missing to them.
void writer::leave_orphan()
{
    session_->database.work_log_in();
    session_.reset();
}

void writer::session::make(const change& change)
{
    find.bind(1, change.id);
    const bool known = find.step();
    const std::int64_t number = known ? find.integer(0) : 0;
    const std::string before(known ? find.text(1) : std::string_view());
    find.reset();

    if (known && before == change.fields)
        return; // the same again, from a replay
    if (known)
        remove(number, before);

    if (known && change.fields.empty())
    {
        erase.bind(1, number);
        erase.run();
    }
    else if (known)
    {
        update.bind(1, change.fields);
        update.bind(2, change.lists);
        update.bind(3, number);
        update.run();
        add(number, change.words);
    }
    else if (!change.fields.empty())
    {
        insert.bind(1, change.id);
        insert.bind(2, change.fields);
        insert.bind(3, change.lists);
        insert.run();
        add(database.last_row(), change.words);
    }
}

void writer::session::add(std::int64_t number, std::string_view words)
{
    index.bind(1, number);
    index.bind(2, words);
    index.run();
}

void writer::session::remove(std::int64_t number, std::string_view fields)
{
    const std::string words =
        searchable(penstock::parse_json(fields, penstock::own_text).as_object());
    forget.bind(1, number);
    forget.bind(2, words);
    forget.run();
}

} // namespace search_package
