// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// What a journal holds, counted and checked.
#include "host/journal/sqlite/journal_check.hpp"

#include "host/journal/bundles/bundle_reader.hpp"
#include "host/journal/sqlite/sqlite_file.hpp"
#include "tests/host/journal/journals.hpp"
#include "tests/host/journal/sqlite/journal_file.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <vector>

#include <sqlite3.h>

BOOST_AUTO_TEST_SUITE(keeping)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::testing;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_CASE(a_check_counts_what_there_is_and_names_what_is_damaged)
{
    const scratch place;
    {
        sqlite_journal journal(place.options());
        journal_entry with_key = an_entry();
        with_key.idempotency_key = "once";
        const issue one = keep(journal, with_key);
        keep(journal);
        journal.dead(a_dead_letter(one.number));
        journal.done(finished(one));
        journal.kept().suspect({});
    }
    journal_check found = check_journal(place.path());
    BOOST_TEST(counts_of(found) ==
               "1 entries, 1 originals, 1 receipts, 1 keys, 1 letters, 1 blames");
    BOOST_TEST(found.findings.empty());

    change(place.file(), "UPDATE bundles SET content = replace(content, 'body', 'bodx');"
                         "UPDATE letters SET node = 'm'; UPDATE originals SET head = '{}';"
                         "UPDATE receipt_bundles SET graph = 'other';"
                         "UPDATE keys SET number = 3; UPDATE blames SET graph = 'g';"
                         "UPDATE state SET seed = 1 WHERE copy = 2");
    found = check_journal(place.path());
    const std::vector<std::string> expected{
        "state: one of its two copies is damaged", "originals 1: its checksum does not match",
        "keys once: its checksum does not match",  "letters 1: its checksum does not match",
        "records 2: its checksum does not match",  "receipt_bundles 1: its checksum does not match",
        "blames 1: its checksum does not match"};
    BOOST_TEST(found.findings == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_check_works_beside_a_host_and_after_a_crash)
{
    const scratch place;
    const scratch crashed;
    sqlite_journal journal(place.options());
    keep(journal);
    BOOST_TEST(check_journal(place.path()).entries == 1);
    keep(journal);
    std::filesystem::copy_file(place.file(), crashed.file());
    std::filesystem::copy_file(place.file().string() + "-wal", crashed.file().string() + "-wal");
    const journal_check found = check_journal(crashed.path());
    BOOST_TEST(found.entries == 2);
    BOOST_TEST(found.findings.empty());
}

// A million records must be counted well within a second: without a look at any but those in rows that are done in part.
BOOST_AUTO_TEST_CASE(what_the_index_of_entries_is_asked_it_answers_by_itself_and_in_order)
{
    const scratch place;
    const sqlite_journal journal(place.options());
    sqlite_file file(place.file(), sqlite_file::use::reading, "");
    const bundle_reader reader(file);
    std::vector<std::string> asked;
    for (sqlite3_stmt* each = nullptr; (each = sqlite3_next_stmt(file.handle(), each)) != nullptr;)
        if (const std::string sql = sqlite3_sql(each);
            sql.find("bundles_by_graph") != std::string::npos)
            asked.push_back(sql);
    BOOST_TEST(asked.size() == 3);
    for (const std::string& sql : asked)
    {
        statement plan(file, "EXPLAIN QUERY PLAN " + sql);
        BOOST_REQUIRE(plan.step());
        BOOST_TEST(plan.text(3).find("USING COVERING INDEX bundles_by_graph") != std::string::npos,
                   sql);
        BOOST_TEST(!plan.step(), sql); // no sorting
    }
}

BOOST_AUTO_TEST_CASE(a_damaged_record_is_handed_out_without_its_content)
{
    const scratch place;
    issue one;
    {
        sqlite_journal journal(place.options());
        one = keep(journal);
        keep(journal);
    }
    change(place.file(), "UPDATE bundles SET content = replace(content, 'body', 'bodx') "
                         "WHERE first = 1");
    sqlite_journal journal(place.options());
    const auto read = journal.next("g", 0, {});
    BOOST_REQUIRE(read.size() == 2);
    BOOST_TEST(read[0].number == one.number);
    BOOST_TEST(read[0].head.empty());
    BOOST_TEST(read[0].body.empty());
    BOOST_TEST(read[0].size == an_entry().size);
    BOOST_TEST(!read[1].head.empty());
    journal.done(finished({one.number, one.id}));
    keep(journal, an_entry("flush"));
    BOOST_TEST(journal.next("g", 0, {}).size() == 1);
}

BOOST_AUTO_TEST_SUITE_END()
