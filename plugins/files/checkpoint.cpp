// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "checkpoint.hpp"

#include "checkpoint_statement.hpp"

#include <penstock/unavailable.hpp>

#include <array>
#include <stdexcept>

#include <sqlite3.h>

namespace files_package
{

namespace
{

constexpr const char* schema = R"(
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA cache_size = -4096;
CREATE TABLE IF NOT EXISTS whole
    (path TEXT PRIMARY KEY, inode INTEGER, modified INTEGER, size INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS folders (path TEXT PRIMARY KEY, inode INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS lines
    (number INTEGER PRIMARY KEY AUTOINCREMENT, inode INTEGER, path TEXT, place TEXT,
     bytes INTEGER, line INTEGER, head_size INTEGER, head INTEGER, tail_size INTEGER,
     tail INTEGER, missed INTEGER DEFAULT 0);
CREATE INDEX IF NOT EXISTS lines_inode ON lines (inode);
CREATE INDEX IF NOT EXISTS lines_place ON lines (place);
)";

enum which : std::size_t
{
    get_version,
    put_version,
    remove_version,
    versions_behind,
    versions_in_folder,
    get_folder,
    add_folder,
    lines_of_inode,
    lines_at_place,
    lines_behind,
    add_lines,
    move_lines,
    advance_lines,
    miss_lines,
    remove_lines
};

#define PROGRESS "number, inode, path, place, bytes, line, head_size, head, tail_size, tail, missed"

constexpr std::array texts{
    "SELECT inode, modified, size FROM whole WHERE path = ?1",
    "INSERT OR REPLACE INTO whole VALUES (?1, ?2, ?3, ?4)",
    "DELETE FROM whole WHERE path = ?1",
    "SELECT path, inode, modified, size FROM whole WHERE path > ?1 ORDER BY path LIMIT ?2",
    "SELECT path, inode, modified, size FROM whole WHERE path > ?1 AND path >= ?3 AND path < ?4 "
    "ORDER BY path LIMIT ?2",
    "SELECT inode FROM folders WHERE path = ?1",
    "INSERT OR REPLACE INTO folders VALUES (?1, ?2)",
    "SELECT " PROGRESS " FROM lines WHERE inode = ?1 ORDER BY number DESC",
    "SELECT " PROGRESS " FROM lines WHERE place = ?1 ORDER BY number DESC",
    "SELECT " PROGRESS " FROM lines WHERE number > ?1 ORDER BY number LIMIT ?2",
    "INSERT INTO lines (inode, path, place, bytes, line, head_size, head, tail_size, tail) "
    "VALUES (?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    "UPDATE lines SET inode = ?2, path = ?3, place = ?4, "
    "head = CASE WHEN ?7 > 0 THEN ?8 ELSE head END, head_size = max(?7, head_size) "
    "WHERE number = ?1",
    "UPDATE lines SET bytes = ?5, line = ?6, tail_size = ?9, tail = ?10, "
    "head = CASE WHEN ?7 > 0 THEN ?8 ELSE head END, head_size = max(?7, head_size) "
    "WHERE number = ?1",
    "UPDATE lines SET missed = ?2 WHERE number = ?1",
    "DELETE FROM lines WHERE number = ?1"};

#undef PROGRESS

} // namespace

checkpoint::checkpoint(const std::string& file)
{
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(file.empty() ? ":memory:" : file.c_str(), &opened,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
                                         SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                                     nullptr);
    database_.reset(opened);
    if (code != SQLITE_OK)
        throw penstock::unavailable(file + ": " + sqlite3_errstr(code));
    sqlite3_busy_timeout(opened, 5'000);
    execute(schema);
    for (const char* const text : texts)
    {
        sqlite3_stmt* made = nullptr;
        if (sqlite3_prepare_v3(opened, text, -1, SQLITE_PREPARE_PERSISTENT, &made, nullptr) !=
            SQLITE_OK)
            raise_checkpoint_error(database_.get());
        statements_.emplace_back(made);
    }
}

checkpoint::~checkpoint() = default;

checkpoint::change::change(checkpoint& of) : of_(of)
{
    of_.execute("BEGIN IMMEDIATE");
}

checkpoint::change::~change()
{
    if (is_open_)
        sqlite3_exec(of_.database_.get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void checkpoint::change::commit()
{
    of_.execute("COMMIT");
    is_open_ = false;
}

std::optional<file_version> checkpoint::version(std::string_view path)
{
    checkpoint_statement row = prepared(get_version);
    return row.bind(1, path).step() ? std::optional(row.version(0)) : std::nullopt;
}

void checkpoint::put(std::string_view path, const file_version& version)
{
    checkpoint_statement row = prepared(put_version);
    row.bind(1, path).bind(2, version.inode).bind(3, version.modified).bind(4, version.size);
    row.step();
}

void checkpoint::remove(std::string_view path)
{
    checkpoint_statement row = prepared(remove_version);
    row.bind(1, path).step();
}

checkpoint::versions checkpoint::behind(std::string_view path, std::size_t most)
{
    checkpoint_statement rows = prepared(versions_behind);
    rows.bind(1, path).bind(2, static_cast<std::uint64_t>(most));
    versions found;
    while (rows.step())
        found.emplace_back(rows.text(0), rows.version(1));
    return found;
}

checkpoint::versions checkpoint::in_folder(std::string_view folder, std::string_view behind,
                                           std::size_t most)
{
    const std::string first = std::string(folder) + '/';
    const std::string end = std::string(folder) + '0'; // the character behind '/'
    checkpoint_statement rows = prepared(versions_in_folder);
    rows.bind(1, behind).bind(2, static_cast<std::uint64_t>(most)).bind(3, first).bind(4, end);
    versions found;
    while (rows.step())
        found.emplace_back(rows.text(0), rows.version(1));
    return found;
}

std::optional<std::uint64_t> checkpoint::folder(std::string_view path)
{
    checkpoint_statement row = prepared(get_folder);
    return row.bind(1, path).step() ? std::optional(row.bits(0)) : std::nullopt;
}

void checkpoint::put_folder(std::string_view path, std::uint64_t inode)
{
    checkpoint_statement row = prepared(add_folder);
    row.bind(1, path).bind(2, inode).step();
}

std::vector<line_progress> checkpoint::of_inode(std::uint64_t inode)
{
    checkpoint_statement rows = prepared(lines_of_inode);
    rows.bind(1, inode);
    return progress_of(rows);
}

std::vector<line_progress> checkpoint::at_place(std::string_view place)
{
    checkpoint_statement rows = prepared(lines_at_place);
    rows.bind(1, place);
    return progress_of(rows);
}

std::vector<line_progress> checkpoint::behind(std::int64_t number, std::size_t most)
{
    checkpoint_statement rows = prepared(lines_behind);
    rows.bind(1, number).bind(2, static_cast<std::uint64_t>(most));
    return progress_of(rows);
}

std::int64_t checkpoint::add(const line_progress& progress)
{
    checkpoint_statement row = prepared(add_lines);
    row.bind(progress).step();
    return sqlite3_last_insert_rowid(database_.get());
}

void checkpoint::move(const line_progress& progress)
{
    checkpoint_statement row = prepared(move_lines);
    row.bind(progress).step();
}

void checkpoint::advance(const line_progress& progress)
{
    checkpoint_statement row = prepared(advance_lines);
    row.bind(progress).step();
}

void checkpoint::miss(std::int64_t number, std::uint64_t times)
{
    checkpoint_statement row = prepared(miss_lines);
    row.bind(1, number).bind(2, times).step();
}

void checkpoint::remove(std::int64_t number)
{
    checkpoint_statement row = prepared(remove_lines);
    row.bind(1, number).step();
}

std::vector<line_progress> checkpoint::progress_of(checkpoint_statement& rows)
{
    std::vector<line_progress> found;
    while (rows.step())
        found.push_back({rows.number(0), rows.bits(1), rows.text(2), rows.text(3), rows.bits(4),
                         rows.bits(5), rows.bits(6), rows.bits(7), rows.bits(8), rows.bits(9),
                         rows.bits(10)});
    return found;
}

checkpoint_statement checkpoint::prepared(std::size_t which)
{
    return checkpoint_statement(statements_[which].get());
}

void checkpoint::execute(const char* sql)
{
    if (sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        raise_checkpoint_error(database_.get());
}

void checkpoint::close::operator()(sqlite3* database) const noexcept
{
    sqlite3_close_v2(database);
}

void checkpoint::finalize::operator()(sqlite3_stmt* statement) const noexcept
{
    sqlite3_finalize(statement);
}

} // namespace files_package
