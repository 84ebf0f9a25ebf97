// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/journal/journals.hpp"
#include "tests/host/journal/sqlite/faulty_disk.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <future>
#include <optional>
#include <thread>

#include <sqlite3.h>

BOOST_AUTO_TEST_SUITE(disk_trouble)

// What a journal does when the disk is full or fails.

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::testing;
using namespace std::chrono_literals;

namespace
{

struct on_faulty_disk
{
    explicit on_faulty_disk(bool syncs = true)
    {
        disk.syncs = syncs;
        journal.emplace(options());
    }

    scratch place;
    faulty_disk disk;
    std::optional<sqlite_journal> journal;

    sqlite_journal_options options() const
    {
        sqlite_journal_options made = place.options();
        made.vfs = disk.name();
        made.lazy = 1ms;
        made.probe = 20ms;
        return made;
    }

    /// Waits until it takes in again; false after 10 s.
    bool recovers() const
    {
        const auto deadline = std::chrono::steady_clock::now() + 10s;
        while (!journal->trouble().reason.empty())
        {
            if (std::chrono::steady_clock::now() > deadline)
                return false;
            std::this_thread::yield();
        }
        return true;
    }

    /// Waits until it takes in nothing; false after 10 s.
    bool is_in_trouble() const
    {
        const auto deadline = std::chrono::steady_clock::now() + 10s;
        while (journal->trouble().reason.empty())
        {
            if (std::chrono::steady_clock::now() > deadline)
                return false;
            std::this_thread::yield();
        }
        return true;
    }

    /// Opens what is on the disk with nothing wrong any more.
    void reopen_well()
    {
        journal.reset();
        disk.write_fails = SQLITE_OK;
        disk.sync_fails = SQLITE_OK;
        journal.emplace(options());
    }
};

} // namespace

BOOST_FIXTURE_TEST_CASE(a_full_disk_refuses_and_takes_in_again_when_there_is_room, on_faulty_disk)
{
    const issue before = keep(*journal);
    disk.write_fails = SQLITE_FULL;
    BOOST_TEST((append(*journal, an_entry()).how.get() == commit::refused));
    BOOST_TEST(!journal->trouble().reason.empty());
    BOOST_TEST(journal->trouble().passes);
    const appended at_once = append(*journal, an_entry());
    BOOST_TEST((at_once.how.wait_for(0s) == std::future_status::ready));

    const auto restored = std::chrono::steady_clock::now();
    disk.write_fails = SQLITE_OK;
    BOOST_REQUIRE(recovers());
    BOOST_TEST((std::chrono::steady_clock::now() - restored < 1s));
    const issue after = keep(*journal);
    reopen_well();
    const std::vector<entry_number> left{before.number, after.number};
    BOOST_TEST(numbers_of(all_of(*journal)) == left, boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(what_was_done_or_died_on_a_full_disk_is_committed_later, on_faulty_disk)
{
    const issue one = keep(*journal, an_entry("g", "dies"));
    const issue two = keep(*journal);
    disk.write_fails = SQLITE_IOERR_WRITE;
    const std::string id = journal->dead(a_dead_letter(one.number));
    journal->done(finished(one));
    BOOST_REQUIRE(is_in_trouble());
    journal->done(finished(two));
    BOOST_CHECK_THROW(journal->kept().drop(id), journal_error);
    disk.write_fails = SQLITE_OK;
    BOOST_REQUIRE(recovers());
    keep(*journal, an_entry("flush"));
    BOOST_TEST(all_of(*journal).empty());
    BOOST_TEST(journal->kept().receipt(one.id).has_value());
    BOOST_TEST(journal->kept().receipt(two.id).has_value());
    BOOST_TEST(journal->kept().original(id)->body.view() == "dies");
}

BOOST_FIXTURE_TEST_CASE(what_was_done_is_read_beside_a_full_disk_too, on_faulty_disk)
{
    const issue one = keep(*journal);
    disk.write_fails = SQLITE_FULL;
    BOOST_TEST((append(*journal, an_entry()).how.get() == commit::refused));
    journal->done(finished(one));
    const auto found = journal->kept().receipt(one.id);
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST(found->delivered == 1);
    packet_id other = one.id;
    ++other.high;
    BOOST_TEST(!journal->kept().receipt(other).has_value());
}

BOOST_FIXTURE_TEST_CASE(a_letter_is_read_from_when_its_id_is_known_on, on_faulty_disk)
{
    const issue one = keep(*journal, an_entry("g", "dies"));
    const std::string on_disk = journal->dead(a_dead_letter(0, "before"));
    BOOST_REQUIRE(journal->flush());
    disk.write_fails = SQLITE_FULL;
    BOOST_TEST((append(*journal, an_entry()).how.get() == commit::refused));
    const std::string waiting = journal->dead(a_dead_letter(one.number, "later"));
    const std::string newest = journal->dead(a_dead_letter(0, "last"));
    journal_queries& kept = journal->kept();
    const auto found = kept.find_dead_letter(waiting);
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST(found->id == waiting);
    BOOST_TEST(found->reason == "later");
    BOOST_TEST((found->packet == a_dead_letter().packet));
    BOOST_TEST(found->receipts == a_dead_letter().receipts, boost::test_tools::per_element());
    BOOST_TEST(kept.original(waiting)->body.view() == "dies");
    BOOST_TEST(kept.count_dead_letters().kept == 3U);
    const auto ids =
        [&](const dead_letter_filter& which, std::size_t count, std::string_view before)
    {
        std::vector<std::string> all;
        for (const dead_letter& each : kept.dead_letters(which, count, before))
            all.push_back(each.id);
        return all;
    };
    using list = std::vector<std::string>;
    const auto each = boost::test_tools::per_element();
    BOOST_TEST(ids({}, 10, "") == (list{newest, waiting, on_disk}), each);
    BOOST_TEST(ids({}, 2, "") == (list{newest, waiting}), each);
    BOOST_TEST(ids({}, 10, waiting) == list{on_disk}, each);
    BOOST_TEST(ids({.graph = "", .node = "", .reason = "late"}, 10, "") == list{waiting}, each);
    disk.write_fails = SQLITE_OK;
    BOOST_REQUIRE(recovers());
    BOOST_REQUIRE(journal->flush());
    BOOST_TEST(ids({}, 10, "") == (list{newest, waiting, on_disk}), each);
    BOOST_TEST(kept.count_dead_letters().kept == 3U);
}

BOOST_FIXTURE_TEST_CASE(a_failed_sync_is_never_tried_again, on_faulty_disk)
{
    const issue before = keep(*journal);
    disk.sync_fails = SQLITE_IOERR_FSYNC;
    BOOST_TEST((append(*journal, an_entry()).how.get() == commit::refused));
    const journal_trouble trouble = journal->trouble();
    BOOST_TEST(!trouble.reason.empty());
    BOOST_TEST(!trouble.passes);
    const int asked = disk.syncs_asked;
    disk.sync_fails = SQLITE_OK;
    BOOST_TEST((append(*journal, an_entry()).how.get() == commit::refused));
    journal->done(finished(before));
    BOOST_TEST(numbers_of(all_of(*journal)).size() == 1); // it can still be read
    BOOST_CHECK_THROW(journal->kept().suspect({}), journal_error);
    journal.reset();
    BOOST_TEST(disk.syncs_asked == asked);
    journal.emplace(options());
    BOOST_TEST(numbers_of(all_of(*journal)).front() == before.number);
    keep(*journal);
}

BOOST_FIXTURE_TEST_CASE(a_failed_sync_asks_for_a_restart_and_a_full_disk_does_not, on_faulty_disk)
{
    std::promise<void> asked;
    std::atomic<int> times = 0;
    journal.reset();
    sqlite_journal_options told = options();
    told.needs_restart = [&]
    {
        if (++times == 1)
            asked.set_value();
    };
    journal.emplace(told);
    disk.write_fails = SQLITE_FULL;
    BOOST_TEST((append(*journal, an_entry()).how.get() == commit::refused));
    BOOST_TEST(times == 0);
    disk.write_fails = SQLITE_OK;
    BOOST_TEST(recovers());
    disk.sync_fails = SQLITE_IOERR_FSYNC;
    BOOST_TEST((append(*journal, an_entry()).how.get() == commit::refused));
    asked.get_future().wait();
    BOOST_TEST((append(*journal, an_entry()).how.get() == commit::refused));
    journal.reset();
    BOOST_TEST(times == 1);
}

BOOST_FIXTURE_TEST_CASE(a_journal_opens_on_a_full_disk_and_can_be_read, on_faulty_disk)
{
    const issue before = keep(*journal);
    journal.reset();
    disk.write_fails = SQLITE_FULL;
    journal.emplace(options());
    BOOST_TEST(journal->trouble().passes);
    BOOST_TEST((append(*journal, an_entry()).how.get() == commit::refused));
    BOOST_TEST(all_of(*journal).front().number == before.number);
    journal->done(finished(before));
    disk.write_fails = SQLITE_OK;
    BOOST_REQUIRE(recovers());
    keep(*journal);
    BOOST_TEST(journal->kept().receipt(before.id).has_value());
}

BOOST_FIXTURE_TEST_CASE(closing_on_a_failing_disk_settles_every_waiter, on_faulty_disk)
{
    disk.write_fails = SQLITE_FULL;
    std::vector<appended> sent;
    for (int i = 0; i < 300; ++i)
        sent.push_back(append(*journal, an_entry()));
    journal->done(finished(sent[0].given));
    journal.reset();
    for (appended& each : sent)
        BOOST_TEST((each.how.get() == commit::refused));
}

// Each write and each sync of a run fails once: whatever was kept is there afterwards, and nothing
// is said to be kept that is not.
BOOST_AUTO_TEST_CASE(nothing_kept_is_lost_whichever_write_or_sync_fails)
{
    for (const auto& [write_code, sync_code] :
         {std::pair{SQLITE_FULL, SQLITE_OK}, std::pair{SQLITE_IOERR_WRITE, SQLITE_OK},
          std::pair{SQLITE_OK, SQLITE_IOERR_FSYNC}})
        for (int after = 0; after < 40; ++after)
        {
            on_faulty_disk of(false);
            of.disk.fails_after = after;
            of.disk.write_fails = write_code;
            of.disk.sync_fails = sync_code;
            std::vector<entry_number> kept;
            for (int i = 0; i < 12; ++i)
            {
                appended one = append(*of.journal, an_entry());
                if (one.how.get() == commit::kept)
                    kept.push_back(one.given.number);
            }
            of.reopen_well();
            const std::vector<entry_number> left = numbers_of(all_of(*of.journal));
            BOOST_TEST_CONTEXT("after " << after << " failed " << write_code << ' ' << sync_code)
            {
                BOOST_TEST(std::ranges::includes(left, kept));
                // A sync that fails may have synced: at most that one group is there too.
                BOOST_TEST(left.size() <= kept.size() + (sync_code == SQLITE_OK ? 0 : 1));
            }
        }
}

BOOST_AUTO_TEST_CASE(a_quota_refuses_from_nine_tenths_and_takes_in_again_below)
{
    const scratch place;
    sqlite_journal_options options = place.options();
    options.quota = 4 << 20;
    options.lazy = 1ms;
    sqlite_journal journal(options);
    std::vector<issue> kept;
    for (;;)
    {
        appended one = append(journal, an_entry("g", std::string(100'000, 'x')));
        if (one.how.get() == commit::refused)
            break;
        kept.push_back(one.given);
        BOOST_REQUIRE(kept.size() < 42);
    }
    BOOST_TEST(kept.size() > 20);
    BOOST_TEST(journal.trouble().passes);
    BOOST_TEST(journal.trouble().reason.find("of 4 MiB used") != std::string::npos);
    for (const issue& each : kept)
        journal.done(finished(each));
    const auto deadline = std::chrono::steady_clock::now() + 10s;
    while (!journal.trouble().reason.empty() && std::chrono::steady_clock::now() < deadline)
        std::this_thread::yield();
    keep(journal);
}

BOOST_AUTO_TEST_SUITE_END()
