// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// Which files a journal opens, and how it goes on in them.
#include "host/journal/log/log_promise.hpp"
#include "host/journal/sqlite/journal_check.hpp"
#include "host/journal/sqlite/rows.hpp"
#include "host/journal/sqlite/sqlite_file.hpp"
#include "tests/host/journal/journals.hpp"
#include "tests/host/journal/sqlite/journal_file.hpp"
#include "tests/host/journal/sqlite/journal_of_version_2.hpp"
#include "tests/host/journal/sqlite/journal_of_version_4.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <fstream>
#include <memory>
#include <optional>

BOOST_AUTO_TEST_SUITE(keeping)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::testing;
using namespace std::chrono_literals;

namespace
{

/// A journal of version 2, and a clock of the day on which it was written.
struct an_old_journal
{
    an_old_journal() { make_journal_of_version_2(place.file()); }

    [[nodiscard]] sqlite_journal_options options() const
    {
        sqlite_journal_options made = place.options();
        made.clock = [] { return std::chrono::system_clock::time_point(1'796'000'100s); };
        return made;
    }

    scratch place;
};

} // namespace

BOOST_AUTO_TEST_CASE(ids_sort_even_if_the_clock_goes_back)
{
    const scratch place;
    std::atomic<int> seconds{1'000};
    sqlite_journal_options options = place.options();
    options.clock = [&]
    { return std::chrono::system_clock::time_point(std::chrono::seconds(seconds)); };
    auto journal = std::make_unique<sqlite_journal>(options);
    const packet_id before = journal->number().id;
    seconds = 10;
    const packet_id after = journal->number().id;
    BOOST_TEST((before < after));
    journal.reset();
    journal = std::make_unique<sqlite_journal>(options);
    BOOST_TEST((after < journal->number().id));
}

BOOST_AUTO_TEST_CASE(a_journal_of_a_later_version_is_refused)
{
    const scratch place;
    BOOST_TEST(refusal(place.options()) == "");
    change(place.file(), "PRAGMA user_version = 6");
    BOOST_TEST(refusal(place.options()) ==
               place.file().string() +
                   ": has version 6; up to 5 was expected, which this program knows");
}

// Version 1 had numbers for fingerprints, which only the program that wrote them could make.
BOOST_AUTO_TEST_CASE(a_journal_of_version_1_is_read_and_written_on)
{
    const scratch place;
    make_journal_of_version_2(place.file());
    const issue one{3, packet_id{0x00066173d6508b40, 0x1ce1ce9316189e37}};
    {
        sqlite_file file(place.file(), sqlite_file::use::writing, "");
        file.execute("PRAGMA user_version = 1");
        statement key(file, std::string("INSERT INTO keys(") + key_columns +
                                ") VALUES(?, ?, ?, ?, ?, ?)");
        row_writer row(key);
        row.add("of version 1").add(one.number).add(one.id.high).add(std::int64_t{-5});
        row.add(micros_of(std::chrono::system_clock::now())).finish();
        key.run();
    }
    BOOST_TEST(check_journal(place.path()).findings.empty());
    sqlite_journal journal(place.options());
    const auto found = journal.kept().key("of version 1");
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST((found->id == one.id));
    BOOST_TEST(!found->fingerprint.has_value());
    BOOST_TEST(numbers_of(all_of(journal)).size() == 2);
    keep(journal);
    sqlite_file file(place.file(), sqlite_file::use::reading, "");
    BOOST_TEST(file.number("PRAGMA user_version") == 5);
}

// Programs of a day wrote it, with other rows of entries.
BOOST_AUTO_TEST_CASE(a_journal_of_version_3_is_written_on_once_nothing_is_pending_in_it)
{
    const scratch place;
    packet_id done;
    {
        sqlite_journal journal(place.options());
        const issue given = keep(journal);
        done = given.id;
        journal.done(finished(given));
    }
    change(
        place.file(),
        "DROP TABLE bundles; DROP TABLE bundle_marks;"
        "CREATE TABLE bundles(first INTEGER PRIMARY KEY, last INTEGER, graph TEXT, "
        "entries INTEGER, size INTEGER, members TEXT, directory TEXT, sum INTEGER, content TEXT);"
        "CREATE INDEX bundles_by_graph ON bundles(graph, last, first, entries, size, members);"
        "CREATE TABLE bundle_marks(first INTEGER PRIMARY KEY, graph TEXT, entries INTEGER, "
        "size INTEGER, since INTEGER, members TEXT, sum INTEGER);"
        "INSERT INTO bundles(first, last, graph, entries) VALUES(7, 7, 'g', 1);"
        "PRAGMA user_version = 3");
    BOOST_TEST(refusal(place.options()) ==
               place.file().string() +
                   ": has pending requests of version 3, which only the program that wrote them "
                   "reads; none were expected: run it until they are done");
    change(place.file(), "DELETE FROM bundles");
    BOOST_CHECK_THROW((void)check_journal(place.path()), journal_error);
    sqlite_journal journal(place.options());
    BOOST_TEST(journal.kept().receipt(done).has_value());
    keep(journal);
    BOOST_TEST(all_of(journal).size() == 1U);
    BOOST_TEST(check_journal(place.path()).findings.empty());
}

BOOST_FIXTURE_TEST_CASE(a_journal_of_version_2_is_checked_as_it_is, an_old_journal)
{
    const journal_check found = check_journal(place.path());
    BOOST_TEST(counts_of(found) ==
               "3 entries, 1 originals, 2 receipts, 1 keys, 2 letters, 1 blames");
    BOOST_TEST(found.findings.empty());
    sqlite_file file(place.file(), sqlite_file::use::reading, "");
    BOOST_TEST(file.number("PRAGMA user_version") == 2);
}

BOOST_FIXTURE_TEST_CASE(all_that_a_journal_of_version_2_has_is_read, an_old_journal)
{
    sqlite_journal journal(options());
    journal_queries& kept = journal.kept();

    const std::vector<journal_entry> pending = all_of(journal);
    BOOST_TEST((numbers_of(pending) == std::vector<entry_number>{1, 5}));
    BOOST_TEST(pending.at(0).body.view() == "first");
    BOOST_TEST(pending.at(0).key == "k");
    BOOST_TEST(pending.at(0).idempotency_key == "once");
    BOOST_TEST(pending.at(0).fingerprint.has_value());
    BOOST_TEST(pending.at(0).id.text() == "00066173d613824041e2bee63143719e");
    BOOST_TEST(pending.at(1).body.view() == "last");
    BOOST_TEST((numbers_of(all_of(journal, "other")) == std::vector<entry_number>{3}));
    const std::vector<pending_of_graph> left = kept.pending();
    BOOST_REQUIRE(left.size() == 2);
    BOOST_TEST(left[0].graph == "g");
    BOOST_TEST(left[0].entries == 2);
    BOOST_TEST(left[0].bytes == 29);
    BOOST_TEST(left[0].last == 5);
    BOOST_TEST(kept.pending(pending.at(1).id)->number == 5);

    const auto receipt = kept.receipt(packet_id{0x00066173d66f0fc0, 0xfd771a79fcbfb222});
    BOOST_REQUIRE(receipt.has_value());
    BOOST_TEST(receipt->delivered == 1);
    BOOST_TEST((kept.key("once")->id == pending.at(0).id));
    BOOST_TEST(kept.original("1")->body.view() == "died");
    BOOST_TEST(kept.original("2")->body.view() == "last");
    BOOST_TEST(kept.count_dead_letters().kept == 2);
}

BOOST_FIXTURE_TEST_CASE(what_comes_later_is_behind_what_a_journal_of_version_2_has_left,
                        an_old_journal)
{
    std::optional<sqlite_journal> journal(std::in_place, options());
    const issue next = keep(*journal);
    const entry_number later = next.number;
    BOOST_TEST(later > 5);
    BOOST_TEST((numbers_of(all_of(*journal)) == std::vector<entry_number>{1, 5, later}));
    const std::vector<pending_of_graph> left = journal->kept().pending();
    BOOST_TEST(left.at(0).entries == 3);
    BOOST_TEST(left.at(0).bytes == 29 + an_entry().size);
    BOOST_TEST(left.at(0).last == later);

    journal->done(finished({5, packet_id{0x00066173d68d9440, 0x3f2ce2c087b71d45}}));
    journal->done(finished({3, packet_id{0x00066173d6508b40, 0x1ce1ce9316189e37}}));
    journal.reset();
    journal.emplace(options());
    BOOST_TEST((numbers_of(all_of(*journal)) == std::vector<entry_number>{1, later}));
    BOOST_TEST(all_of(*journal, "other").empty());
    BOOST_TEST(journal->kept().original("2")->body.view() == "last");
    journal->done(finished(next));
    journal->done(finished({1, packet_id{0x00066173d6138240, 0x41e2bee63143719e}}));
    journal.reset();
    const journal_check found = check_journal(place.path());
    BOOST_TEST(found.entries == 0);
    BOOST_TEST(found.originals == 2);
    BOOST_TEST(found.receipts == 6);
    BOOST_TEST(found.findings.empty());
}

// Adding tables writes into the log, which would hide that a part of it is missing.
BOOST_FIXTURE_TEST_CASE(a_journal_of_version_2_that_lost_its_log_stays_as_it_is, an_old_journal)
{
    std::ofstream(promise_path(place.file())) << write_promise({1, 3, 0, 5});
    BOOST_TEST(refusal(options()).find("requests up to number 5 were acknowledged") !=
               std::string::npos);
    sqlite_file file(place.file(), sqlite_file::use::reading, "");
    BOOST_TEST(file.number("PRAGMA user_version") == 2);
}

BOOST_AUTO_TEST_CASE(a_journal_of_version_4_is_read_and_written_on_compressed_or_not)
{
    for (const bool compresses : {false, true})
    {
        const scratch place;
        make_journal_of_version_4(place.file());
        BOOST_TEST(counts_of(check_journal(place.path())) ==
                   "3 entries, 1 originals, 2 receipts, 1 keys, 2 letters, 0 blames");
        sqlite_journal_options options = place.options();
        options.clock = [] { return std::chrono::system_clock::time_point(1'796'000'100s); };
        options.compresses = compresses;
        auto journal = std::make_unique<sqlite_journal>(options);
        const std::vector<journal_entry> pending = all_of(*journal);
        BOOST_TEST((numbers_of(pending) == std::vector<entry_number>{1, 5}));
        BOOST_TEST(pending.at(0).body.view() == "first");
        BOOST_TEST(pending.at(0).key == "k");
        BOOST_TEST(pending.at(0).fingerprint.has_value());
        BOOST_TEST((numbers_of(all_of(*journal, "other")) == std::vector<entry_number>{3}));
        BOOST_TEST((journal->kept().key("once")->id == pending.at(0).id));
        BOOST_TEST(journal->kept().original("1")->body.view() == "died");
        BOOST_TEST(journal->kept().original("2")->body.view() == "last");

        const issue later = keep(*journal, an_entry("g", std::string(1'000, 'x')));
        journal->done(finished({1, pending.at(0).id}));
        journal->done(finished({5, pending.at(1).id}));
        journal.reset();
        journal = std::make_unique<sqlite_journal>(options);
        BOOST_TEST((numbers_of(all_of(*journal)) == std::vector<entry_number>{later.number}));
        BOOST_TEST(journal->kept().original("2")->body.view() == "last");
        journal.reset();
        const journal_check found = check_journal(place.path());
        BOOST_TEST(found.entries == 2);
        BOOST_TEST(found.receipts == 4);
        BOOST_TEST(found.findings.empty());
        sqlite_file file(place.file(), sqlite_file::use::reading, "");
        BOOST_TEST(file.number("PRAGMA user_version") == 5);
    }
}

BOOST_AUTO_TEST_CASE(a_file_of_another_program_is_refused)
{
    const scratch place;
    std::filesystem::copy_file("/bin/sh", place.file());
    BOOST_TEST(refusal(place.options()).find("not a database") != std::string::npos);
    std::filesystem::remove(place.file());
    std::ofstream(place.file()).flush();
    change(place.file(), "CREATE TABLE t(x); PRAGMA application_id = 5");
    BOOST_TEST(refusal(place.options()) == place.file().string() +
                                               ": belongs to another program; a journal was "
                                               "expected");
}

BOOST_AUTO_TEST_SUITE_END()
