// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/journal/journals.hpp"
#include "tests/host/journal/postgres/shared_database.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <future>
#include <string>

BOOST_AUTO_TEST_SUITE(conflicts_in_postgres)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::testing;
using namespace std::chrono_literals;

namespace
{

// A transaction of somebody else, which is in the way of a commit of the journal: it holds the row
// of the host until the commit waits for that.
constexpr const char* begin = "BEGIN; SET LOCAL deadlock_timeout = '20s'; "
                              "UPDATE penstock.hosts SET expired = expired; ";
constexpr const char* wait_for_commit =
    "DO $$ DECLARE deadline timestamptz := clock_timestamp() + interval '20s'; BEGIN "
    "WHILE NOT EXISTS (SELECT FROM pg_locks WHERE NOT granted "
    "AND pg_backend_pid() = ANY (pg_blocking_pids(pid))) LOOP "
    "IF clock_timestamp() > deadline THEN RAISE 'no commit waits'; END IF; "
    "PERFORM pg_sleep(0.005); END LOOP; END $$; ";

// Its end is waited for by whoever has it, and has what it throws.
std::future<void> others_transaction(const shared_database& place, const std::string& end)
{
    return std::async(std::launch::async, [&place, end]
                      { place.server.ask(std::string(begin) + wait_for_commit + end); });
}

postgres_options quiet(const shared_database& place)
{
    postgres_options options = place.options();
    options.lease = 60s; // its own commits alone are in the way
    return options;
}

bool is_in_the_way(const shared_database& place)
{
    return becomes(
        [&]
        {
            return place.count("SELECT count(*) FROM pg_locks l JOIN pg_class c ON c.oid = "
                               "l.relation WHERE relname = 'hosts' "
                               "AND mode = 'RowExclusiveLock'") > 0;
        });
}

journal_entry an_entry_with_key()
{
    journal_entry made = an_entry();
    made.idempotency_key = "a key";
    return made;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_commit_that_fails_to_serialize_is_tried_again)
{
    const shared_database place;
    place.server.ask("ALTER ROLE owner SET default_transaction_isolation = 'repeatable read'");
    postgres_journal journal(quiet(place));
    keep(journal);
    std::future<void> other = others_transaction(place, "COMMIT");
    BOOST_REQUIRE(is_in_the_way(place));
    BOOST_TEST((append(journal, an_entry()).how.get() == commit::kept));
    other.get();
    BOOST_TEST(place.count("SELECT count(*) FROM penstock.entries") == 2);
    BOOST_TEST(becomes(
        [&]
        {
            return place.count("SELECT xact_rollback FROM pg_stat_database "
                               "WHERE datname = 'postgres'") > 0;
        }));
}

BOOST_AUTO_TEST_CASE(a_commit_that_is_ended_by_a_deadlock_is_tried_again)
{
    const shared_database place;
    postgres_journal journal(quiet(place));
    keep(journal);
    std::future<void> other = others_transaction(
        place, "INSERT INTO penstock.keys VALUES ('a key', 0, 0, NULL, 0); ROLLBACK");
    BOOST_REQUIRE(is_in_the_way(place));
    BOOST_TEST((append(journal, an_entry_with_key()).how.get() == commit::kept));
    other.get();
    BOOST_TEST(place.count("SELECT count(*) FROM penstock.entries") == 2);
    BOOST_TEST(becomes(
        [&]
        {
            return place.count("SELECT deadlocks FROM pg_stat_database "
                               "WHERE datname = 'postgres'") == 1;
        }));
}

BOOST_AUTO_TEST_SUITE_END()
