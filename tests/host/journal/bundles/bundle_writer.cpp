// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// Entries and receipts that are written together share rows.
#include "host/journal/sqlite/journal_check.hpp"
#include "tests/host/journal/sqlite/commits.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <iterator>
#include <random>

BOOST_AUTO_TEST_SUITE(bundles)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::testing;
using namespace std::chrono_literals;

BOOST_FIXTURE_TEST_CASE(entries_of_a_commit_and_graph_share_a_row, commits)
{
    commit(append(1), append(2, "other"), append(3), append(4, "other", "the body"));
    commit(append(5));
    BOOST_TEST(count("SELECT count(*) FROM bundles") == 3);
    read();
    BOOST_TEST((numbers_of(all_of(*journal)) == numbers{1, 3, 5}));
    BOOST_TEST((numbers_of(all_of(*journal, "other")) == numbers{2, 4}));
    BOOST_TEST(all_of(*journal, "other").at(1).body.view() == "the body");
    BOOST_TEST(journal->kept().pending(id_of(3))->number == 3);
    BOOST_TEST(!journal->kept().pending(id_of(6)).has_value());
}

BOOST_FIXTURE_TEST_CASE(numbers_far_apart_and_many_bytes_take_rows_of_their_own, commits)
{
    commit(append(1), append(512), append(513), append(9'000));
    BOOST_TEST(count("SELECT count(*) FROM bundles") == 3);
    commit(append(9'001, "g", std::string(200'000, 'x')), append(9'002));
    BOOST_TEST(count("SELECT count(*) FROM bundles") == 5);
    BOOST_TEST((numbers_of(all_of(read())) == numbers{1, 512, 513, 9'000, 9'001, 9'002}));
}

// So that who reads a small one reads no large one.
BOOST_FIXTURE_TEST_CASE(a_large_entry_has_a_row_for_itself, commits)
{
    const std::string large(200'000, 'x');
    commit(append(1), append(2), append(3, "g", large), append(4), append(5));
    BOOST_TEST(count("SELECT count(*) FROM bundles") == 3);
    BOOST_TEST(count("SELECT entries FROM bundles WHERE first = 3") == 1);
    const std::vector<journal_entry> found = all_of(read());
    BOOST_TEST((numbers_of(found) == numbers{1, 2, 3, 4, 5}));
    BOOST_TEST(found.at(2).body.view() == large);
}

BOOST_FIXTURE_TEST_CASE(entries_share_a_row_as_far_as_all_of_them_have_room, commits)
{
    const std::string third(50'000, 'x');
    commit(append(1, "g", third), append(2, "g", third), append(3, "g", third), append(4));
    BOOST_TEST(count("SELECT count(*) FROM bundles") == 2);
    BOOST_TEST(count("SELECT entries FROM bundles WHERE first = 3") == 2);
    BOOST_TEST(count("SELECT max(length(CAST(content AS BLOB))) FROM bundles") <= 128 << 10);
}

BOOST_FIXTURE_TEST_CASE(what_is_done_of_a_row_is_not_pending, commits)
{
    commit(append(1), append(2), append(3));
    commit(done(2));
    read();
    BOOST_TEST((numbers_of(all_of(*journal)) == numbers{1, 3}));
    BOOST_TEST((numbers_of(journal->next("g", 1, {})) == numbers{3}));
    const pending_of_graph left = journal->kept().pending().at(0);
    BOOST_TEST(left.entries == 2);
    BOOST_TEST(left.bytes == 2 * an_entry().size);
    BOOST_TEST(!journal->kept().pending(id_of(2)).has_value());
    BOOST_TEST(journal->kept().receipt(id_of(2))->delivered == 1);
    BOOST_TEST(!journal->kept().receipt(id_of(3)).has_value());
    journal.reset();
    BOOST_TEST(check_journal(place.path()).entries == 2);
}

BOOST_FIXTURE_TEST_CASE(a_row_goes_when_all_of_it_is_done, commits)
{
    commit(append(1), append(2, "other"), append(3));
    commit(done(3));
    commit(done(1), done(2));
    BOOST_TEST(count("SELECT count(*) FROM bundles") == 0);
    BOOST_TEST(count("SELECT count(*) FROM bundle_marks") == 0);
    BOOST_TEST(read().kept().pending().empty());
}

// A request whose commit failed was never an entry, and may end all the same.
BOOST_FIXTURE_TEST_CASE(the_end_of_what_is_no_entry_ends_none, commits)
{
    commit(append(1), append(3));
    commit(done(2), done(4), done(1), done(1), done(700));
    BOOST_TEST((numbers_of(all_of(read())) == numbers{3}));
}

BOOST_FIXTURE_TEST_CASE(an_entry_may_be_done_in_the_commit_that_writes_it, commits)
{
    commit(append(1), append(2), done(1), append(3));
    BOOST_TEST((numbers_of(all_of(read())) == numbers{2, 3}));
}

BOOST_FIXTURE_TEST_CASE(a_row_that_waits_for_few_is_written_anew_without_the_others, commits)
{
    const std::string body(4'000, 'x');
    commit(append(1, "g", body), append(2, "g", body), append(3, "g", body), append(4, "g", body));
    commit(done(1), done(2), done(4));
    disk->tidy();
    BOOST_TEST(count("SELECT sum(length(CAST(content AS BLOB))) FROM bundles") > 16'000);
    now += 11s;
    disk->tidy();
    BOOST_TEST(count("SELECT sum(length(CAST(content AS BLOB))) FROM bundles") < 5'000);
    BOOST_TEST(count("SELECT count(*) FROM bundle_marks") == 0);
    read();
    BOOST_TEST((numbers_of(all_of(*journal)) == numbers{3}));
    BOOST_TEST(all_of(*journal).at(0).body.view() == body);
    BOOST_TEST(journal->kept().pending().at(0).bytes == body.size() + 10);
    journal.reset();
    write();
    commit(done(3));
    BOOST_TEST(count("SELECT count(*) FROM bundles") == 0);
}

BOOST_FIXTURE_TEST_CASE(whatever_ends_in_between_rows_written_anew_have_what_is_left, commits)
{
    std::mt19937_64 random(1);
    std::vector<entry_number> left;
    std::int64_t repacked = 0;
    for (entry_number first = 1; first < 2'000; first += 50)
    {
        operation_group group;
        for (entry_number each = first; each < first + 40; ++each)
        {
            const char* const graph = random() % 4 == 0 ? "other" : "g";
            group.push_back(append(each, graph, std::string(2'000, 'x')));
            left.push_back(each);
        }
        disk->commit(group, state);
        group.clear();
        std::erase_if(left,
                      [&](entry_number each)
                      {
                          if (random() % 3 != 0)
                              return false;
                          group.push_back(done(each));
                          return true;
                      });
        disk->commit(group, state);
        now += 6s;
        const std::int64_t marked = count("SELECT count(*) FROM bundle_marks");
        disk->tidy();
        repacked += marked - count("SELECT count(*) FROM bundle_marks");
    }
    BOOST_TEST(repacked > 20);
    read();
    std::vector<entry_number> found = numbers_of(all_of(*journal));
    std::ranges::copy(numbers_of(all_of(*journal, "other")), std::back_inserter(found));
    std::ranges::sort(found);
    BOOST_TEST((found == left));
    std::size_t entries = 0;
    for (const pending_of_graph& each : journal->kept().pending())
        entries += each.entries;
    BOOST_TEST(entries == left.size());
    journal.reset();
    BOOST_TEST(check_journal(place.path()).entries == left.size());
    BOOST_TEST(check_journal(place.path()).findings.empty());
}

BOOST_FIXTURE_TEST_CASE(the_newest_receipt_of_a_request_counts, commits)
{
    commit(done(1, 5), done(2, 6), done(300, 7));
    commit(done(1, 8));
    BOOST_TEST(count("SELECT count(*) FROM receipt_bundles") == 3);
    journal_queries& kept = read().kept();
    BOOST_TEST(kept.receipt(id_of(1))->delivered == 8);
    BOOST_TEST(kept.receipt(id_of(2))->delivered == 6);
    BOOST_TEST(kept.receipt(id_of(300))->delivered == 7);
    BOOST_TEST(!kept.receipt(id_of(3)).has_value());
}

BOOST_FIXTURE_TEST_CASE(a_row_of_receipts_goes_when_all_of_them_are_too_many, commits)
{
    most_receipts = 3;
    disk.reset();
    write();
    commit(done(1), done(2), done(3), done(4));
    commit(done(5), done(6));
    disk->tidy();
    BOOST_TEST(count("SELECT sum(entries) FROM receipt_bundles") == 6);
    commit(done(7));
    disk->tidy();
    BOOST_TEST(count("SELECT sum(entries) FROM receipt_bundles") == 3);
    BOOST_TEST(read().kept().receipt(id_of(5)).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
