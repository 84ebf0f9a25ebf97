// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// What is done besides commits, while the disk is full.
#include "tests/host/journal/sqlite/commits.hpp"
#include "tests/host/journal/sqlite/faulty_disk.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>

#include <sqlite3.h>

BOOST_AUTO_TEST_SUITE(tidying)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::testing;
using namespace std::chrono_literals;

namespace
{

struct on_a_faulty_disk
{
    faulty_disk faulty;
    commits of{faulty.name()};

    /// Leaves a row of which most is done, and tidies on a disk that is full meanwhile.
    void tidy_without_room(std::chrono::seconds later)
    {
        const std::string body(4'000, 'x');
        of.commit(commits::append(1, "g", body), commits::append(2, "g", body),
                  commits::append(3, "g", body));
        of.commit(of.done(1), of.done(2));
        of.now += later;
        faulty.write_fails = SQLITE_FULL;
        BOOST_CHECK_NO_THROW(of.disk->tidy());
        faulty.write_fails = SQLITE_OK;
    }
};

} // namespace

// There may be room for a commit where there is none for a copy of a row.
BOOST_FIXTURE_TEST_CASE(a_row_that_cannot_be_written_anew_waits_and_closes_no_intake,
                        on_a_faulty_disk)
{
    tidy_without_room(11s);
    BOOST_TEST(of.count("SELECT count(*) FROM bundle_marks") == 1);
    of.commit(commits::append(4));
    of.disk->tidy();
    BOOST_TEST(of.count("SELECT count(*) FROM bundle_marks") == 0);
    BOOST_TEST((numbers_of(all_of(of.read())) == numbers{3, 4}));
}

BOOST_FIXTURE_TEST_CASE(what_is_too_old_stays_while_the_disk_is_full, on_a_faulty_disk)
{
    tidy_without_room(1'000h);
    BOOST_TEST(of.count("SELECT sum(entries) FROM receipt_bundles") == 2);
    of.disk->tidy();
    BOOST_TEST(of.count("SELECT count(*) FROM receipt_bundles") == 0);
}

BOOST_FIXTURE_TEST_CASE(a_sync_that_fails_is_an_error_whatever_it_was_for, on_a_faulty_disk)
{
    of.commit(commits::append(1));
    of.commit(of.done(1));
    of.now += 1'000h;
    faulty.sync_fails = SQLITE_IOERR_FSYNC;
    BOOST_CHECK_THROW(of.disk->tidy(), sqlite_error);
    faulty.sync_fails = SQLITE_OK;
}

BOOST_AUTO_TEST_SUITE_END()
