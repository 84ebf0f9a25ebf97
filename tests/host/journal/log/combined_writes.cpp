// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/log/combined_writes.hpp"

#include "host/journal/sqlite/sqlite_file.hpp"
#include "tests/host/journal/journals.hpp"
#include "tests/host/journal/sqlite/faulty_disk.hpp"

#include <boost/test/unit_test.hpp>

#include <fstream>
#include <memory>
#include <string>

#include <sqlite3.h>

BOOST_AUTO_TEST_SUITE(combining_writes)

using namespace penstock::host;
using namespace penstock::host::testing;

namespace
{

struct a_table
{
    a_table()
    {
        std::ofstream(place.file()).flush();
        file =
            std::make_unique<sqlite_file>(place.file(), sqlite_file::use::writing, combined.name());
        file->execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                      "PRAGMA wal_autocheckpoint = 0; PRAGMA cache_size = 10;"
                      "CREATE TABLE t(x)");
    }

    void insert(int bytes) const
    {
        file->execute(("INSERT INTO t VALUES(zeroblob(" + std::to_string(bytes) + "))").c_str());
    }

    /// What another connection finds.
    [[nodiscard]] std::int64_t bytes() const
    {
        return sqlite_file(place.file(), sqlite_file::use::reading, "")
            .number("SELECT sum(length(x)) FROM t");
    }

    scratch place;
    faulty_disk disk;
    combined_writes combined{disk.name()};
    std::unique_ptr<sqlite_file> file;
};

} // namespace

BOOST_FIXTURE_TEST_CASE(a_commit_takes_few_writes_and_is_there_for_others, a_table)
{
    const int before = disk.writes;
    insert(1'000'000); // 245 pages, of which most do not stay in the cache
    BOOST_TEST(disk.writes - before < 25);
    BOOST_TEST(bytes() == 1'000'000);
}

BOOST_FIXTURE_TEST_CASE(what_is_collected_can_be_read_before_it_is_synced, a_table)
{
    file->execute("BEGIN");
    insert(500'000);
    BOOST_TEST(file->number("SELECT sum(length(x)) FROM t") == 500'000);
    BOOST_TEST(bytes() == 0);
    file->execute("ROLLBACK");
    insert(100);
    BOOST_TEST(bytes() == 100);
}

BOOST_FIXTURE_TEST_CASE(a_write_that_fails_fails_its_commit_alone, a_table)
{
    for (const int size : {100, 1'000'000})
    {
        disk.write_fails = SQLITE_FULL;
        BOOST_CHECK_EXCEPTION(insert(size), sqlite_error,
                              [](const sqlite_error& problem) { return problem.passes(); });
        disk.write_fails = SQLITE_OK;
    }
    insert(7);
    BOOST_TEST(bytes() == 7);
    file.reset();
    BOOST_TEST(bytes() == 7);
}

BOOST_FIXTURE_TEST_CASE(a_transaction_that_goes_on_after_a_failed_write_cannot_be_committed,
                        a_table)
{
    file->execute("BEGIN");
    insert(500'000);
    insert(500'000); // there is something of it in the log
    disk.write_fails = SQLITE_FULL;
    BOOST_CHECK_THROW((void)file->number("SELECT sum(length(hex(x))) FROM t"), sqlite_error);
    disk.write_fails = SQLITE_OK;
    BOOST_CHECK_THROW(file->execute("COMMIT"), sqlite_error); // which rolls back
    insert(7);
    BOOST_TEST(bytes() == 7);
    file.reset();
    BOOST_TEST(bytes() == 7);
}

BOOST_AUTO_TEST_CASE(an_unknown_file_system_is_refused)
{
    BOOST_CHECK_THROW(combined_writes("no such"), journal_error);
}

BOOST_AUTO_TEST_SUITE_END()
