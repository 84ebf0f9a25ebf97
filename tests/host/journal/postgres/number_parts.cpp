// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/postgres/number_parts.hpp"

#include "tests/host/journal/journals.hpp"
#include "tests/host/journal/postgres/shared_database.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(parts_by_numbers)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::testing;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_CASE(tables_go_when_all_in_them_is_done_and_what_is_left_is_laid_aside)
{
    const shared_database place;
    {
        postgres_journal journal(place.options());
    }
    place.server.ask("UPDATE penstock.hosts SET numbers = 65530");
    postgres_options options = place.options();
    options.lease = 40ms; // looks for what is old as often as it says that it is there
    options.tidy = 0ms;
    options.keep.most_receipts = 1;
    postgres_journal journal(options);
    std::vector<issue> given;
    for (int i = 0; i < 12; ++i)
        given.push_back(keep(journal, an_entry("g", std::string(i == 2 ? 100'000 : 10, 'x'))));
    BOOST_REQUIRE((given.front().number < 65536 && given.back().number >= 65536));
    for (std::size_t i = 0; i < given.size(); ++i)
        if (i != 2)
            journal.done(finished(given[i]));
    BOOST_REQUIRE(journal.flush());
    const auto tables = [&](const char* name)
    {
        return place.count("SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relname LIKE '" +
                           std::string(name) + "\\_%'");
    };
    BOOST_TEST(becomes([&] { return tables("entries") == 2 && tables("bodies") == 2; }));
    BOOST_TEST(becomes([&] { return tables("receipts") == 2; })); // one is for what has no table
    const std::vector<journal_entry> left = all_of(journal);
    BOOST_REQUIRE(left.size() == 1);
    BOOST_TEST((left[0].id == given[2].id));
    BOOST_TEST(left[0].body.size() == 100'000);
    journal.done(finished(given[2]));
    BOOST_REQUIRE(journal.flush());
    BOOST_TEST(place.count("SELECT count(*) FROM penstock.entries_kept") == 0);
    BOOST_TEST(place.count("SELECT count(*) FROM penstock.bodies_kept") == 0);
    BOOST_TEST(all_of(journal).empty());
}

BOOST_AUTO_TEST_SUITE_END()
