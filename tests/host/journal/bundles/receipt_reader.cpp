// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// What is read of rows of receipts that are damaged.
#include "tests/host/journal/sqlite/commits.hpp"
#include "tests/host/journal/sqlite/journal_file.hpp"
#include "tests/host/journal/sqlite/journal_of_version_2.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(bundles)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::testing;

BOOST_FIXTURE_TEST_CASE(a_damaged_receipt_is_an_error, commits)
{
    commit(done(1));
    disk.reset();
    change(place.file(), "UPDATE receipt_bundles SET graph = 'other'");
    BOOST_CHECK_THROW(static_cast<void>(read().kept().receipt(id_of(1))), journal_error);
}

BOOST_FIXTURE_TEST_CASE(what_is_pending_has_no_receipt_whichever_are_damaged, commits)
{
    commit(append(1), append(2), append(3), append(4));
    commit(done(1), done(2));
    commit(done(3));
    disk.reset();
    change(place.file(), "UPDATE receipt_bundles SET sum = 0 WHERE entries = 2");
    journal_queries& kept = read().kept();
    BOOST_TEST(!kept.receipt(id_of(4)).has_value());
    BOOST_TEST(kept.pending(id_of(4)).has_value());
    BOOST_TEST(kept.receipt(id_of(3)).has_value());
    BOOST_CHECK_THROW(static_cast<void>(kept.receipt(id_of(2))), journal_error);
}

BOOST_AUTO_TEST_CASE(a_receipt_of_version_2_is_found_beside_a_damaged_one)
{
    const scratch place;
    make_journal_of_version_2(place.file());
    sqlite_journal_options options = place.options();
    options.clock = [] { return time_of(1'796'000'100'000'000); };
    const issue pending{1, packet_id{0x00066173d6138240, 0x41e2bee63143719e}};
    const packet_id done{0x00066173d66f0fc0, 0xfd771a79fcbfb222};
    sqlite_journal(options).done(finished(pending));
    change(place.file(), "UPDATE receipt_bundles SET sum = 0");
    sqlite_journal journal(options);
    BOOST_CHECK_THROW(static_cast<void>(journal.kept().receipt(pending.id)), journal_error);
    BOOST_TEST(journal.kept().receipt(done).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
