// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// What is read of rows of receipts that are damaged.
#include "tests/host/journal/commits.hpp"
#include "tests/host/journal/journal_file.hpp"

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

BOOST_AUTO_TEST_SUITE_END()
