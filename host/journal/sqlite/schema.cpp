// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/sqlite/schema.hpp"

#include "host/base/descriptor.hpp"
#include "host/journal/numbering.hpp"
#include "host/journal/sqlite/rows.hpp"

#include <cerrno>
#include <optional>
#include <system_error>

#include <fcntl.h>
#include <unistd.h>

namespace penstock::host
{

namespace
{

constexpr std::int64_t application = 0x50656e73; // "Pens"
constexpr std::int64_t version = 5;
constexpr std::int64_t bundles_since = 3;  // before, entries and receipts had a row each
constexpr std::int64_t bundles_as_now = 4; // but none is compressed
constexpr std::int64_t other_bundles = 3;  // of a day, whose rows only their own program reads
constexpr std::int64_t oldest_version = 1; // has numbers for fingerprints; else it is version 2

// What version 2 has too. An entry is in `originals` when it is done, as long as dead letters refer
// to it. `records` and `receipts` are what a program of version 2 has left. The indexes answer by
// themselves how much is pending, and how much is kept.
constexpr const char* tables = R"(
CREATE TABLE state(copy INTEGER PRIMARY KEY, seed INTEGER, numbers INTEGER, letters INTEGER,
    micros INTEGER, expired INTEGER, sum INTEGER);
CREATE TABLE records(number INTEGER PRIMARY KEY, micros INTEGER, graph TEXT, key TEXT,
    accepted INTEGER, size INTEGER, idempotency_key TEXT, fingerprint INTEGER, head TEXT,
    body_size INTEGER, body_sum INTEGER, sum INTEGER, body TEXT);
CREATE INDEX records_by_graph ON records(graph, number, size);
CREATE TABLE originals(number INTEGER PRIMARY KEY, micros INTEGER, graph TEXT, key TEXT,
    accepted INTEGER, size INTEGER, idempotency_key TEXT, fingerprint INTEGER, head TEXT,
    body_size INTEGER, body_sum INTEGER, sum INTEGER, body TEXT);
CREATE INDEX originals_by_size ON originals(size);
CREATE TABLE receipts(number INTEGER PRIMARY KEY, micros INTEGER, graph TEXT, accepted INTEGER,
    ended INTEGER, durable INTEGER, delivered INTEGER, dropped INTEGER, failed INTEGER,
    dead INTEGER, more TEXT, sum INTEGER);
CREATE TABLE keys(key TEXT PRIMARY KEY, number INTEGER, micros INTEGER, fingerprint INTEGER,
    used INTEGER, sum INTEGER) WITHOUT ROWID;
CREATE INDEX keys_by_number ON keys(number, used);
CREATE TABLE letters(number INTEGER PRIMARY KEY, entry INTEGER, graph TEXT, node TEXT,
    port INTEGER, component TEXT, reason TEXT, packet TEXT, receipts TEXT, attempts INTEGER,
    time INTEGER, kept INTEGER, bytes INTEGER, sum INTEGER);
CREATE INDEX letters_by_entry ON letters(entry, bytes);
CREATE TABLE blames(number INTEGER PRIMARY KEY, high INTEGER, low INTEGER, graph TEXT, node TEXT,
    component TEXT, reason TEXT, time INTEGER, kept INTEGER, sum INTEGER);
)";

// Entries of one graph that are written together are one row of `bundles`, until all of them are
// done. Meanwhile its row in `bundle_marks` has those that are left, how large they are, and how many
// and how large the others were. `bundles_by_graph` answers by itself which entries there are.
constexpr const char* tables_of_bundles = R"(
DROP TABLE IF EXISTS bundles;
DROP TABLE IF EXISTS bundle_marks;
CREATE TABLE bundles(first INTEGER PRIMARY KEY, last INTEGER, graph TEXT, entries INTEGER,
    size INTEGER, members TEXT, directory TEXT, sum INTEGER, content TEXT);
CREATE INDEX bundles_by_graph ON bundles(graph, last, first, entries, size, members);
CREATE TABLE bundle_marks(first INTEGER PRIMARY KEY, entries INTEGER, size INTEGER,
    size_left INTEGER, since INTEGER, members TEXT, sum INTEGER);
CREATE TABLE IF NOT EXISTS receipt_bundles(number INTEGER PRIMARY KEY, graph TEXT, entries INTEGER,
    ended INTEGER, content TEXT, sum INTEGER);
)";

// So that a start need not read all dead letters to know how much there is of each graph. Programs
// of this version that know nothing of them keep them up.
constexpr const char* indexes_of_usage = R"(
CREATE INDEX IF NOT EXISTS letters_by_graph ON letters(graph, bytes);
CREATE INDEX IF NOT EXISTS originals_by_graph ON originals(graph, size);
)";

[[noreturn]] void refuse(const std::filesystem::path& path, int error, const char* expected)
{
    throw journal_error(path.string() + ": " + std::generic_category().message(error) + "; " +
                        expected);
}

void sync_directory(const std::filesystem::path& directory)
{
    const descriptor opened(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (!opened.is_open())
        refuse(directory, errno, "a directory was expected");
    if (::fsync(opened.number()) != 0)
        refuse(directory, errno, "a directory that can be synced was expected");
}

/// The version of the tables in the file; 0 if it has none.
std::int64_t version_of(sqlite_file& file)
{
    const std::int64_t of = file.number("PRAGMA application_id");
    const std::int64_t has = file.number("PRAGMA user_version");
    if (of == 0 && has == 0 && file.number("SELECT count(*) FROM sqlite_schema") == 0)
        return 0;
    if (of != application)
        throw journal_error(file.name() + ": belongs to another program; a journal was expected");
    if (has < oldest_version || has > version)
        throw journal_error(file.name() + ": has version " + std::to_string(has) + "; up to " +
                            std::to_string(version) + " was expected, which this program knows");
    return has;
}

void make_tables(sqlite_file& file)
{
    file.execute("BEGIN IMMEDIATE");
    file.execute(tables);
    file.execute(tables_of_bundles);
    file.execute(("PRAGMA application_id = " + std::to_string(application)).c_str());
    journal_state first;
    first.seed = random_seed();
    write_state(file, first);
    file.execute("COMMIT");
}

/// Lets a journal of an older version have bundles as they are now besides what is in it.
void add_bundles(sqlite_file& file, std::int64_t has)
{
    if (has == other_bundles && file.number("SELECT count(*) FROM bundles") != 0)
        throw journal_error(file.name() + ": has pending requests of version 3, which only the "
                                          "program that wrote them reads; none were expected: run "
                                          "it until they are done");
    file.execute("BEGIN IMMEDIATE");
    file.execute(tables_of_bundles);
    file.execute(("PRAGMA user_version = " + std::to_string(version)).c_str());
    file.execute("COMMIT");
}

/// A journal on a full disk does without: it is read all the same, only slower.
void make_indexes(sqlite_file& file)
{
    try
    {
        file.execute(indexes_of_usage);
    }
    catch (const sqlite_error& problem)
    {
        if (!problem.passes())
            throw;
    }
}

/// Reads a row that is whole, and tells how many are.
int read_states(sqlite_file& file, std::optional<journal_state>& found)
{
    statement rows(file, "SELECT copy, seed, numbers, letters, micros, expired, sum FROM state "
                         "WHERE copy IN (1, 2)");
    int whole = 0;
    while (rows.step())
    {
        row_reader row(rows);
        row.number();
        journal_state state;
        state.seed = row.natural();
        state.numbers = row.natural();
        state.dead_letters = row.natural();
        state.last_micros = row.natural();
        state.expired = row.natural();
        if (!row.is_whole())
            continue;
        found = state;
        ++whole;
    }
    return whole;
}

} // namespace

std::filesystem::path make_journal_file(const std::filesystem::path& directory)
{
    std::filesystem::path path = directory / journal_file_name;
    const descriptor made(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!made.is_open())
        refuse(path, errno, "a file to write was expected");
    return path;
}

void prepare_for_writing(sqlite_file& file, const std::string& loss)
{
    // Debian's SQLite zeroes what is deleted, which would write every body twice. A commit writes
    // whole pages, some four of them besides those of its entries: with 8 KiB in place of 4 a document
    // takes 480 bytes more, 35 of them a commit.
    file.execute("PRAGMA page_size = 4096; PRAGMA secure_delete = OFF; PRAGMA mmap_size = 0;"
                 "PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;"
                 "PRAGMA cache_size = -1024; PRAGMA trusted_schema = OFF");
    const std::int64_t has = version_of(file);
    if (!loss.empty() && has < bundles_as_now)
        throw journal_error(loss);
    file.execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                 "PRAGMA wal_autocheckpoint = 0");
    if (has != 0 && has < bundles_as_now)
        add_bundles(file, has);
    if (has == 0)
    {
        make_tables(file);
        sync_directory(std::filesystem::path(file.name()).parent_path());
    }
    make_indexes(file);
}

void prepare_for_reading(sqlite_file& file)
{
    file.execute("PRAGMA mmap_size = 0; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;"
                 "PRAGMA cache_size = -2048; PRAGMA trusted_schema = OFF; PRAGMA query_only = ON");
    const std::int64_t has = version_of(file);
    if (has == 0)
        throw journal_error(file.name() + ": is empty; a journal was expected");
    if (has == other_bundles)
        throw journal_error(file.name() + ": has version 3, which a start of the host replaces; " +
                            "version " + std::to_string(version) + " was expected");
}

bool has_bundles(sqlite_file& file)
{
    return file.number("PRAGMA user_version") >= bundles_since;
}

journal_state read_state(sqlite_file& file)
{
    std::optional<journal_state> found;
    read_states(file, found);
    if (!found)
        throw journal_error(file.name() +
                            ": its own state is damaged; a whole journal was expected");
    return *found;
}

int whole_states(sqlite_file& file)
{
    std::optional<journal_state> found;
    return read_states(file, found);
}

// Every program writes its state before its first row, so a file has the version of its newest
// rows.
void write_state(sqlite_file& file, const journal_state& state)
{
    file.execute(("PRAGMA user_version = " + std::to_string(version)).c_str());
    statement insert(file, "INSERT OR REPLACE INTO state(copy, seed, numbers, letters, micros, "
                           "expired, sum) VALUES(?, ?, ?, ?, ?, ?, ?)");
    for (const std::int64_t copy : {1, 2})
    {
        row_writer row(insert);
        row.add(copy).add(state.seed).add(state.numbers).add(state.dead_letters);
        row.add(state.last_micros).add(state.expired).finish();
        insert.run();
    }
}

} // namespace penstock::host
