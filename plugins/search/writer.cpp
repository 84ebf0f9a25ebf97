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
      erase(database, "DELETE FROM documents WHERE number = ?")
{
}

writer::writer(std::string path, settings with) : path_(std::move(path)), with_(std::move(with))
{
    session_.emplace(path_, with_);
}

void writer::commit(const std::vector<change>& changes)
{
    std::lock_guard lock(mutex_);
    if (session_ && session_->database.is_orphaned())
        leave_orphan();
    if (!session_)
        session_.emplace(path_, with_);
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
        index.add(number, change.columns, change.labels);
    }
    else if (!change.fields.empty())
    {
        insert.bind(1, change.id);
        insert.bind(2, change.fields);
        insert.bind(3, change.lists);
        insert.run();
        index.add(database.last_row(), change.columns, change.labels);
    }
}

void writer::session::remove(std::int64_t number, std::string_view fields)
{
    index.remove(number, columns_of(penstock::parse_json(fields, penstock::own_text).as_object(),
                                    own_columns));
}

} // namespace search_package
