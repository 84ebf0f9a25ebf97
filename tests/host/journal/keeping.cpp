// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/journal_check.hpp"
#include "host/journal/journal_store.hpp"
#include "host/journal/rows.hpp"
#include "host/journal/sqlite_file.hpp"
#include "tests/host/journal/journals.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <fstream>
#include <optional>
#include <thread>

BOOST_AUTO_TEST_SUITE(keeping)

// How long a journal keeps what it need not, and which files it opens.

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::testing;
using namespace std::chrono_literals;

namespace
{

/// A journal whose clock is the test's, and which looks for what is old all the time.
struct ageing
{
    scratch place;
    std::atomic<std::int64_t> hours{480'000};
    std::optional<sqlite_journal> journal;

    sqlite_journal_options options()
    {
        sqlite_journal_options made = place.options();
        made.clock = [this]
        { return std::chrono::system_clock::time_point(std::chrono::hours(hours)); };
        made.lazy = 1ms;
        made.tidy = 1ms;
        return made;
    }

    /// Waits until `is_so`; false after 10 s.
    template <class Condition>
    static bool comes_true(Condition is_so)
    {
        const auto deadline = std::chrono::steady_clock::now() + 10s;
        while (!is_so())
        {
            if (std::chrono::steady_clock::now() > deadline)
                return false;
            std::this_thread::yield();
        }
        return true;
    }
};

void change(const std::filesystem::path& file, const char* sql)
{
    sqlite_file(file, sqlite_file::use::writing, "").execute(sql);
}

std::string refusal(const sqlite_journal_options& options)
{
    try
    {
        const sqlite_journal journal(options);
        return "";
    }
    catch (const journal_error& problem)
    {
        return problem.what();
    }
}

} // namespace

BOOST_FIXTURE_TEST_CASE(receipts_go_after_their_age, ageing)
{
    journal.emplace(options());
    const issue one = keep(*journal);
    journal->done(finished(one));
    keep(*journal);
    hours += 23;
    const issue two = keep(*journal);
    journal->done(finished(two));
    keep(*journal);
    BOOST_TEST(journal->kept().receipt(one.id).has_value());
    hours += 2;
    BOOST_TEST(comes_true([&] { return !journal->kept().receipt(one.id).has_value(); }));
    BOOST_TEST(journal->kept().receipt(two.id).has_value());
}

BOOST_FIXTURE_TEST_CASE(the_last_receipts_are_kept_and_those_before_go, ageing)
{
    sqlite_journal_options few = options();
    few.keep.most_receipts = 3;
    journal.emplace(few);
    std::vector<issue> all;
    for (int i = 0; i < 5; ++i)
    {
        all.push_back(keep(*journal));
        journal->done(finished(all.back()));
    }
    keep(*journal);
    BOOST_TEST(comes_true([&] { return !journal->kept().receipt(all[1].id).has_value(); }));
    BOOST_TEST(journal->kept().receipt(all[2].id).has_value());
}

BOOST_FIXTURE_TEST_CASE(a_key_is_free_again_after_its_window, ageing)
{
    journal.emplace(options());
    journal_entry with_key = an_entry();
    with_key.idempotency_key = "once";
    const issue first = keep(*journal, with_key);
    hours += 24;
    BOOST_TEST((journal->kept().key("once")->id == first.id));
    hours += 1;
    BOOST_TEST(!journal->kept().key("once").has_value());
    const issue second = keep(*journal, with_key);
    BOOST_TEST((journal->kept().key("once")->id == second.id));
}

BOOST_FIXTURE_TEST_CASE(the_last_keys_are_kept_and_those_before_go_after_a_restart_too, ageing)
{
    sqlite_journal_options few = options();
    few.keep.most_keys = 3;
    journal.emplace(few);
    const auto use = [&](const char* key)
    {
        journal_entry with_key = an_entry();
        with_key.idempotency_key = key;
        keep(*journal, with_key);
    };
    for (const char* key : {"a", "b", "c"})
        use(key);
    journal.reset();
    journal.emplace(few);
    for (const char* key : {"d", "e"})
        use(key);
    BOOST_TEST(comes_true([&] { return !journal->kept().key("b").has_value(); }));
    BOOST_TEST(!journal->kept().key("a").has_value());
    for (const char* key : {"c", "d", "e"})
        BOOST_TEST(journal->kept().key(key).has_value(), key);
}

// Else the limit would take keys before their time, or each commit would have to count them.
BOOST_AUTO_TEST_CASE(a_key_that_is_used_again_counts_once)
{
    const scratch place;
    {
        const sqlite_journal journal(place.options());
    }
    sqlite_file file(place.file(), sqlite_file::use::writing, "");
    journal_store store(file);
    store.begin();
    for (entry_number number = 1; number <= 3; ++number)
    {
        std::vector<operation> one;
        journal_entry with_key = an_entry();
        with_key.number = number;
        with_key.idempotency_key = number == 2 ? "other" : "once";
        one.emplace_back(append_operation{std::move(with_key), nullptr});
        store.apply(one, 0);
    }
    BOOST_TEST(store.counts().keys == 2);
    store.roll_back();
    BOOST_TEST(store.counts().keys == 0);
}

BOOST_FIXTURE_TEST_CASE(letters_expire_by_age_if_that_is_set_and_are_counted, ageing)
{
    sqlite_journal_options month = options();
    month.keep.dead_letters = 24h * 30;
    journal.emplace(month);
    const issue one = keep(*journal);
    const std::string id = journal->dead(a_dead_letter(one.number));
    journal->done(finished(one));
    keep(*journal);
    hours += 24 * 30 + 1;
    BOOST_TEST(comes_true([&] { return journal->kept().count_dead_letters().expired == 1; }));
    BOOST_TEST(!journal->kept().find_dead_letter(id).has_value());
    BOOST_TEST(journal->kept().count_dead_letters().kept == 0);
    journal.reset();
    BOOST_TEST(check_journal(place.path()).originals == 0);
    journal.emplace(month);
    BOOST_TEST(journal->kept().count_dead_letters().expired == 1);
}

BOOST_FIXTURE_TEST_CASE(no_letter_goes_by_itself, ageing)
{
    journal.emplace(options());
    const issue one = keep(*journal);
    const std::string id = journal->dead(a_dead_letter(one.number));
    journal->done(finished(one));
    const issue two = keep(*journal);
    journal->done(finished(two));
    keep(*journal); // they are committed
    hours += 24 * 365;
    keep(*journal);
    // The journal has tidied: receipts are gone.
    BOOST_TEST(comes_true([&] { return !journal->kept().receipt(two.id).has_value(); }));
    BOOST_TEST(journal->kept().find_dead_letter(id).has_value());
    BOOST_TEST(journal->kept().original(id).has_value());
    BOOST_TEST(journal->kept().count_dead_letters().expired == 0);
}

BOOST_FIXTURE_TEST_CASE(the_usage_of_letters_counts_the_records_they_refer_to_after_a_restart_too,
                        ageing)
{
    journal.emplace(options());
    std::vector<std::uint64_t> heard;
    journal->kept().usage_of("g")->watch(this,
                                         [&](std::uint64_t bytes) { heard.push_back(bytes); });
    const issue one = keep(*journal, an_entry("g", std::string(4'000, 'x')));
    const std::string first = journal->dead(a_dead_letter(one.number));
    const std::string second = journal->dead(a_dead_letter(one.number));
    journal->done(finished(one));
    keep(*journal, an_entry("other"));
    const std::uint64_t bytes = journal->kept().usage_of("g")->bytes();
    BOOST_TEST(bytes > 4'000);
    BOOST_TEST(bytes < 5'000);
    BOOST_TEST(journal->kept().usage_of("other")->bytes() == 0);
    journal->kept().usage_of("g")->watch(this, {});
    BOOST_TEST(heard.front() == 0);
    BOOST_TEST(heard.back() == bytes);

    journal.reset();
    journal.emplace(options());
    BOOST_TEST(journal->kept().usage_of("g")->bytes() == bytes);
    BOOST_TEST(journal->kept().drop(first));
    BOOST_TEST(journal->kept().usage_of("g")->bytes() > 4'000);
    BOOST_TEST(journal->kept().drop(second));
    BOOST_TEST(journal->kept().usage_of("g")->bytes() == 0);
}

BOOST_FIXTURE_TEST_CASE(blames_go_after_a_day, ageing)
{
    journal.emplace(options());
    journal->kept().suspect({});
    hours += 23;
    journal->kept().suspect({});
    hours += 2;
    BOOST_TEST(journal->kept().blames().size() == 1);
}

BOOST_AUTO_TEST_CASE(ids_sort_even_if_the_clock_goes_back)
{
    const scratch place;
    std::atomic<int> seconds{1'000};
    sqlite_journal_options options = place.options();
    options.clock = [&]
    { return std::chrono::system_clock::time_point(std::chrono::seconds(seconds)); };
    std::optional<sqlite_journal> journal(std::in_place, options);
    const packet_id before = journal->number().id;
    seconds = 10;
    const packet_id after = journal->number().id;
    BOOST_TEST((before < after));
    journal.reset();
    journal.emplace(options);
    BOOST_TEST((after < journal->number().id));
}

BOOST_AUTO_TEST_CASE(a_journal_of_a_later_version_is_refused)
{
    const scratch place;
    BOOST_TEST(refusal(place.options()) == "");
    change(place.file(), "PRAGMA user_version = 3");
    BOOST_TEST(refusal(place.options()) ==
               place.file().string() +
                   ": has version 3; up to 2 was expected, which this program knows");
}

// Version 1 had numbers for fingerprints, which only the program that wrote them could make.
BOOST_AUTO_TEST_CASE(a_journal_of_version_1_is_read_and_written_on_as_version_2)
{
    const scratch place;
    issue one;
    {
        sqlite_journal journal(place.options());
        one = keep(journal);
    }
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
    BOOST_TEST(numbers_of(all_of(journal)).size() == 1);
    keep(journal);
    sqlite_file file(place.file(), sqlite_file::use::reading, "");
    BOOST_TEST(file.number("PRAGMA user_version") == 2);
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
    BOOST_TEST(found.entries == 1);
    BOOST_TEST(found.originals == 1);
    BOOST_TEST(found.receipts == 1);
    BOOST_TEST(found.keys == 1);
    BOOST_TEST(found.dead_letters == 1);
    BOOST_TEST(found.blames == 1);
    BOOST_TEST(found.findings.empty());

    change(place.file(), "UPDATE records SET body = 'bodx'; UPDATE letters SET node = 'm';"
                         "UPDATE originals SET head = '{}'; UPDATE receipts SET delivered = 2;"
                         "UPDATE keys SET number = 3; UPDATE blames SET graph = 'g';"
                         "UPDATE state SET seed = 1 WHERE copy = 2");
    found = check_journal(place.path());
    const std::vector<std::string> expected{
        "state: one of its two copies is damaged",  "records 2: its checksum does not match",
        "originals 1: its checksum does not match", "receipts 1: its checksum does not match",
        "keys once: its checksum does not match",   "letters 1: its checksum does not match",
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

// A million records must be counted well within a second: without a look at any of them.
BOOST_AUTO_TEST_CASE(pending_is_answered_by_an_index_alone)
{
    const scratch place;
    const sqlite_journal journal(place.options());
    sqlite_file file(place.file(), sqlite_file::use::reading, "");
    for (const char* sql :
         {"SELECT graph, count(*), sum(size), max(number) FROM records INDEXED BY "
          "records_by_graph GROUP BY graph",
          "SELECT number, size FROM records INDEXED BY records_by_graph WHERE "
          "graph = ? AND number > ? ORDER BY number LIMIT ?"})
    {
        statement plan(file, std::string("EXPLAIN QUERY PLAN ") + sql);
        BOOST_REQUIRE(plan.step());
        BOOST_TEST(plan.text(3).find("USING COVERING INDEX records_by_graph") != std::string::npos);
        BOOST_TEST(!plan.step()); // no sorting
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
    change(place.file(), "UPDATE records SET body = 'bodx' WHERE number = 1");
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
