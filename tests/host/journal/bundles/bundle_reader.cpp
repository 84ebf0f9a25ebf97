// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// What is read of rows of entries that are damaged.
#include "host/journal/sqlite/journal_check.hpp"
#include "tests/host/journal/sqlite/commits.hpp"
#include "tests/host/journal/sqlite/journal_file.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>

#include <sqlite3.h>

BOOST_AUTO_TEST_SUITE(bundles)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::testing;
using namespace std::chrono_literals;

namespace
{

struct amount
{
    std::size_t entries = 0;
    std::size_t bytes = 0;

    friend bool operator==(const amount&, const amount&) = default;
};

/// What is said to be left.
amount pending_of(journal& from)
{
    amount sum;
    for (const pending_of_graph& each : from.kept().pending())
    {
        sum.entries += each.entries;
        sum.bytes += each.bytes;
    }
    return sum;
}

/// What is read back, and so given back when it is done.
amount left_of(journal& from)
{
    amount sum;
    for (const journal_entry& each : all_of(from))
    {
        ++sum.entries;
        sum.bytes += each.size;
    }
    return sum;
}

/// Makes pages full of `x` lead to a page that there is not.
void break_content(const std::filesystem::path& file)
{
    constexpr std::size_t page = 4'096;
    constexpr std::size_t link = 4; // at the begin of a page
    std::fstream opened(file, std::ios::binary | std::ios::in | std::ios::out);
    std::string read(page, '\0');
    for (std::streamoff at = 0; opened.read(read.data(), page); at += page)
        if (read.find_first_not_of('x', link) == std::string::npos)
        {
            opened.seekp(at);
            opened.write("\x7f\x7f\x7f\x7f", link);
            opened.seekg(at + std::streamoff{page});
        }
}

} // namespace

BOOST_FIXTURE_TEST_CASE(a_damaged_head_damages_all_entries_of_its_row_and_they_can_end, commits)
{
    commit(append(1), append(3), append(4));
    commit(append(5));
    disk.reset();
    change(place.file(), "UPDATE bundles SET directory = '' WHERE first = 1");
    BOOST_TEST(!check_journal(place.path()).findings.empty());
    read();
    std::uint64_t bytes = 0;
    const std::vector<journal_entry> found = all_of(*journal);
    BOOST_TEST((numbers_of(found) == numbers{1, 3, 4, 5}));
    for (const journal_entry& each : found)
    {
        BOOST_TEST(each.head.empty() == (each.number != 5));
        bytes += each.size;
    }
    BOOST_TEST(bytes == journal->kept().pending().at(0).bytes);
    journal.reset();
    write();
    commit(done(1), done(4));
    commit(done(3));
    BOOST_TEST((numbers_of(all_of(read())) == numbers{5}));
}

BOOST_FIXTURE_TEST_CASE(of_a_row_with_damaged_marks_is_done_what_has_a_receipt, commits)
{
    commit(append(1), append(2), append(3));
    commit(done(1));
    disk.reset();
    change(place.file(), "UPDATE bundle_marks SET members = ''");
    const std::vector<std::string> findings = check_journal(place.path()).findings;
    BOOST_REQUIRE(findings.size() == 1);
    BOOST_TEST(findings[0] == "bundle_marks 1: its checksum does not match");
    BOOST_TEST((numbers_of(all_of(read())) == numbers{2, 3}));
    journal.reset();
    write();
    commit(done(2));
    BOOST_TEST((numbers_of(all_of(read())) == numbers{3}));
    journal.reset();
    BOOST_TEST(check_journal(place.path()).findings.empty());
}

// Who reads back no more than was counted loses the rest; who gives back more than was counted has
// a quota that wraps.
BOOST_FIXTURE_TEST_CASE(what_is_counted_is_what_is_read_back_whatever_is_damaged, commits)
{
    const std::string large(10'000, 'x');
    commit(append(1), append(2, "g", large), append(3));
    commit(append(4), append(5, "g", large), append(6));
    commit(append(7));
    commit(done(2), done(5));
    read();
    journal.reset(); // without a log
    for (const char* damage : {
             "UPDATE bundle_marks SET entries = 3",
             "UPDATE bundle_marks SET size = 1000000",
             "UPDATE bundle_marks SET since = 5",
             "UPDATE bundle_marks SET members = ''; DELETE FROM receipt_bundles",
             "UPDATE bundle_marks SET first = 3 WHERE first = 1",
             "UPDATE bundles SET directory = '' WHERE first = 1",
             "UPDATE bundles SET directory = '', last = 3 WHERE first = 4",
             "UPDATE bundles SET sum = 0; UPDATE bundle_marks SET sum = 0",
             "DELETE FROM bundles WHERE first = 4",
         })
    {
        const scratch damaged;
        std::filesystem::copy_file(place.file(), damaged.file());
        change(damaged.file(), damage);
        sqlite_journal read(damaged.options());
        const amount counted = pending_of(read);
        const amount left = left_of(read);
        BOOST_TEST((counted == left), damage << ": counted " << counted.entries << " of "
                                             << counted.bytes << ", read " << left.entries << " of "
                                             << left.bytes);
        BOOST_TEST(left.entries >= 3, damage);
    }
}

BOOST_FIXTURE_TEST_CASE(what_is_counted_is_what_is_read_back_where_no_content_can_be_read, commits)
{
    commit(append(1), append(2, "g", std::string(100'000, 'x')), append(3));
    commit(done(2));
    read();
    journal.reset(); // without a log
    break_content(place.file());
    const amount counted = pending_of(read());
    const amount left = left_of(*journal);
    BOOST_TEST(all_of(*journal).at(0).head.empty());
    BOOST_TEST((counted == left), "counted " << counted.bytes << ", read " << left.bytes);
    BOOST_TEST(left.bytes == 2 * an_entry().size);
}

BOOST_FIXTURE_TEST_CASE(damaged_rows_keep_none_behind_them_from_being_written_anew, commits)
{
    const std::string body(5'000, 'x');
    for (entry_number each = 1; each < 60; each += 2)
        commit(append(each, "g", body), append(each + 1, "g", body));
    for (entry_number each = 1; each < 60; each += 2)
        commit(done(each));
    disk.reset();
    change(place.file(), "UPDATE bundles SET directory = '' WHERE first < 40");
    write();
    now += 11s;
    for (int i = 0; i < 3; ++i)
        disk->tidy();
    BOOST_TEST(count("SELECT count(*) FROM bundle_marks") == 20);
    BOOST_TEST(count("SELECT count(*) FROM bundles") == 30);
    BOOST_TEST(count("SELECT max(length(CAST(content AS BLOB))) FROM bundles WHERE first > 40") <
               6'000);
}

// Rows that are whole, beside them, are worked off as ever.
BOOST_FIXTURE_TEST_CASE(rows_whose_pages_lead_nowhere_stay_and_their_entries_can_end, commits)
{
    const std::string body(60'000, 'x');
    commit(append(1, "g", body), append(2, "g", body));
    commit(done(1));
    commit(append(3, "g", body), append(4, "g", std::string(60'000, 'y')));
    commit(append(5, "g", body));
    read();
    journal.reset(); // without a log
    break_content(place.file());
    write();
    now += 11s;
    disk->tidy();
    commit(dead(4), dead(5));
    commit(append(6), done(2), done(3), done(4));
    BOOST_TEST(numbers_of(all_of(read())) == (numbers{5, 6}), boost::test_tools::per_element());
    BOOST_TEST(pending_of(*journal).entries == 2U);
    write();
    disk->tidy();
    commit(done(5), done(6));
    BOOST_TEST(numbers_of(all_of(read())).empty());
    BOOST_TEST(pending_of(*journal).entries == 0U);
    BOOST_TEST(count("SELECT count(*) FROM originals") == 2);
}

// A small entry may share a row with one of 100 MB, and its receipt is asked for again and again.
BOOST_FIXTURE_TEST_CASE(what_is_told_of_a_pending_entry_is_told_without_reading_any_content,
                        commits)
{
    const std::size_t large = 10'000'000;
    commit(append(1), append(2, "g", std::string(large, 'x')));
    read();
    const auto largest_allocation_of = [](auto reads)
    {
        sqlite3_int64 now = 0;
        sqlite3_int64 largest = 0;
        sqlite3_status64(SQLITE_STATUS_MALLOC_SIZE, &now, &largest, 1);
        reads();
        sqlite3_status64(SQLITE_STATUS_MALLOC_SIZE, &now, &largest, 0);
        return static_cast<std::size_t>(largest);
    };
    std::optional<journal_entry> found;
    BOOST_TEST(largest_allocation_of([&] { found = journal->kept().pending(id_of(1)); }) < large);
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST(found->number == 1);
    BOOST_TEST((found->id == id_of(1)));
    BOOST_TEST(found->graph == "g");
    BOOST_TEST(found->size == an_entry().size);
    BOOST_TEST((found->accepted == an_entry().accepted));
    BOOST_TEST(largest_allocation_of([&] { all_of(*journal); }) >= large);
}

BOOST_FIXTURE_TEST_CASE(an_entry_whose_content_is_damaged_is_pending_all_the_same, commits)
{
    commit(append(1), append(2));
    disk.reset();
    change(place.file(), "UPDATE bundles SET content = ''");
    read();
    BOOST_TEST((journal->kept().pending(id_of(2))->accepted == an_entry().accepted));
    const journal_entry read_back = all_of(*journal).at(1);
    BOOST_TEST(read_back.head.empty());
    BOOST_TEST((read_back.id == id_of(2))); // under which its receipt is asked for
}

BOOST_AUTO_TEST_SUITE_END()
