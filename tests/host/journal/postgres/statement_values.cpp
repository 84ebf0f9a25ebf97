// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/postgres/statement_values.hpp"

#include "host/journal/postgres/postgres_connection.hpp"
#include "tests/host/journal/postgres/shared_database.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

BOOST_AUTO_TEST_SUITE(values_of_statements)

using namespace penstock::host;
using namespace penstock::host::testing;
using namespace std::string_view_literals;

BOOST_AUTO_TEST_CASE(a_server_reads_numbers_texts_and_arrays_as_they_were_given)
{
    const shared_database place;
    postgres_connection session(place.server.connection(), "test");
    session.open();
    const auto until = postgres_connection::clock::now() + std::chrono::seconds(20);
    const std::vector<std::int64_t> numbers{0, -1, std::numeric_limits<std::int64_t>::min(),
                                            std::numeric_limits<std::int64_t>::max()};
    const statement_values::blobs contents{"\xff\0'"sv, std::nullopt, ""sv};

    statement_values values;
    values.add_numbers(numbers).add_bytes(contents).add("Größe").add(std::int64_t{-7});
    values.add_bytes("\0\\"sv);
    const statement_result found = session.ask(
        "SELECT ($1::bigint[])[1], ($1::bigint[])[2], ($1::bigint[])[3], ($1::bigint[])[4], "
        "($2::bytea[])[1], ($2::bytea[])[2], ($2::bytea[])[3], $3::text, $4::bigint, $5::bytea",
        until, values);
    for (int i = 0; i < 4; ++i)
        BOOST_TEST(found.number(0, i) == numbers[static_cast<std::size_t>(i)]);
    BOOST_TEST(found.text(0, 4) == *contents[0]);
    BOOST_TEST(found.is_null(0, 5));
    BOOST_TEST((!found.is_null(0, 6) && found.text(0, 6).empty()));
    BOOST_TEST(found.text(0, 7) == "Größe");
    BOOST_TEST(found.number(0, 8) == -7);
    BOOST_TEST(found.text(0, 9) == "\0\\"sv);
}

BOOST_AUTO_TEST_CASE(an_array_without_elements_is_read_as_such)
{
    const shared_database place;
    postgres_connection session(place.server.connection(), "test");
    session.open();
    statement_values values;
    values.add_numbers({});
    const statement_result found =
        session.ask("SELECT count(*) FROM unnest($1::bigint[])",
                    postgres_connection::clock::now() + std::chrono::seconds(20), values);
    BOOST_TEST(found.number(0, 0) == 0);
}

BOOST_AUTO_TEST_CASE(statements_that_are_sent_together_are_done_or_undone_together)
{
    const shared_database place;
    postgres_connection session(place.server.connection(), "test");
    session.open();
    const auto until = postgres_connection::clock::now() + std::chrono::seconds(20);
    session.add_once("CREATE TABLE t(x bigint)");
    session.run(until);
    session.add("INSERT INTO t VALUES (1)");
    session.add("SELECT 1 / 0");
    session.add("INSERT INTO t VALUES (2)");
    BOOST_CHECK_EXCEPTION(session.run(until), statement_refused,
                          [](const statement_refused& why) { return why.state() == "22012"; });
    session.open();
    BOOST_TEST(session.ask("SELECT count(*) FROM t", until).number(0, 0) == 0);
}

BOOST_AUTO_TEST_SUITE_END()
