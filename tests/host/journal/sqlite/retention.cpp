// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// How much is looked at to forget what is too old.
#include "host/journal/sqlite/retention.hpp"
#include "tests/host/journal/sqlite/commits.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>

#include <sqlite3.h>

BOOST_AUTO_TEST_SUITE(retaining)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::testing;
using namespace std::chrono_literals;

namespace
{

/// Rows of receipts, each of one.
struct kept_receipts : commits
{
    /// Ends requests, the first of sections that follow each other.
    void end(std::uint64_t first_section, std::uint64_t sections)
    {
        operation_group group;
        for (std::uint64_t i = 0; i < sections; ++i)
        {
            auto receipt = std::make_shared<kept_receipt>();
            receipt->more = std::string(3'000, 'x');
            group.push_back(done_operation{(first_section + i) * 128, false, std::move(receipt)});
        }
        disk->commit(group, state);
    }

    /// Forgets what is older than a day; returns whether there may be more of it.
    bool forget()
    {
        disk.reset();
        sqlite_file file(place.file(), sqlite_file::use::writing, "");
        journal_store store(file);
        retention_limits limits;
        limits.receipts = 24h;
        retention of(store, limits);
        pages_of(file);
        store.begin();
        of.forget(micros_of(now));
        store.commit();
        pages = pages_of(file);
        return of.has_more();
    }

    /// How many pages were looked at since the last call.
    static int pages_of(sqlite_file& file)
    {
        int sum = 0;
        for (const int each : {SQLITE_DBSTATUS_CACHE_HIT, SQLITE_DBSTATUS_CACHE_MISS})
        {
            int count = 0;
            int highest = 0;
            sqlite3_db_status(file.handle(), each, &count, &highest, 1);
            sum += count;
        }
        return sum;
    }

    int pages = 0; ///< that the last forget() looked at
};

} // namespace

BOOST_FIXTURE_TEST_CASE(nothing_to_forget_is_found_by_a_look_at_few_receipts, kept_receipts)
{
    end(1, 2'000);
    now += 1h;
    BOOST_TEST(!forget());
    BOOST_TEST(pages < 200);
    BOOST_TEST(count("SELECT count(*) FROM receipt_bundles") == 2'000);
}

// A request that came early and ended late.
BOOST_FIXTURE_TEST_CASE(what_is_too_old_goes_from_behind_what_is_not, kept_receipts)
{
    end(10, 5'000);
    now += 23h;
    end(1, 3);
    now += 2h;
    BOOST_TEST(forget());
    BOOST_TEST(count("SELECT count(*) FROM receipt_bundles") < 1'000);
    BOOST_TEST(!forget());
    BOOST_TEST(count("SELECT count(*) FROM receipt_bundles") == 3);
}

BOOST_AUTO_TEST_SUITE_END()
