// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// Which files a journal opens, and how it goes on in them.
#include "host/journal/journal_check.hpp"
#include "host/journal/rows.hpp"
#include "host/journal/sqlite_file.hpp"
#include "tests/host/journal/journal_file.hpp"
#include "tests/host/journal/journals.hpp"

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <chrono>
#include <fstream>
#include <optional>

BOOST_AUTO_TEST_SUITE(keeping)

using namespace penstock;
using namespace penstock::host;
using namespace penstock::host::testing;
using namespace std::chrono_literals;

namespace
{

std::string refusal(const sqlite_journal_options& options)
{
    try
    {
        const sqlite_journal journal(options);
        return "";
    }
    catch (const journal_error& problem)
    {
        return problem.what();
    }
}

} // namespace

BOOST_AUTO_TEST_CASE(ids_sort_even_if_the_clock_goes_back)
{
    const scratch place;
    std::atomic<int> seconds{1'000};
    sqlite_journal_options options = place.options();
    options.clock = [&]
    { return std::chrono::system_clock::time_point(std::chrono::seconds(seconds)); };
    std::optional<sqlite_journal> journal(std::in_place, options);
    const packet_id before = journal->number().id;
    seconds = 10;
    const packet_id after = journal->number().id;
    BOOST_TEST((before < after));
    journal.reset();
    journal.emplace(options);
    BOOST_TEST((after < journal->number().id));
}

BOOST_AUTO_TEST_CASE(a_journal_of_a_later_version_is_refused)
{
    const scratch place;
    BOOST_TEST(refusal(place.options()) == "");
    change(place.file(), "PRAGMA user_version = 3");
    BOOST_TEST(refusal(place.options()) ==
               place.file().string() +
                   ": has version 3; up to 2 was expected, which this program knows");
}

// Version 1 had numbers for fingerprints, which only the program that wrote them could make.
BOOST_AUTO_TEST_CASE(a_journal_of_version_1_is_read_and_written_on_as_version_2)
{
    const scratch place;
    issue one;
    {
        sqlite_journal journal(place.options());
        one = keep(journal);
    }
    {
        sqlite_file file(place.file(), sqlite_file::use::writing, "");
        file.execute("PRAGMA user_version = 1");
        statement key(file, std::string("INSERT INTO keys(") + key_columns +
                                ") VALUES(?, ?, ?, ?, ?, ?)");
        row_writer row(key);
        row.add("of version 1").add(one.number).add(one.id.high).add(std::int64_t{-5});
        row.add(micros_of(std::chrono::system_clock::now())).finish();
        key.run();
    }
    BOOST_TEST(check_journal(place.path()).findings.empty());
    sqlite_journal journal(place.options());
    const auto found = journal.kept().key("of version 1");
    BOOST_REQUIRE(found.has_value());
    BOOST_TEST((found->id == one.id));
    BOOST_TEST(!found->fingerprint.has_value());
    BOOST_TEST(numbers_of(all_of(journal)).size() == 1);
    keep(journal);
    sqlite_file file(place.file(), sqlite_file::use::reading, "");
    BOOST_TEST(file.number("PRAGMA user_version") == 2);
}

BOOST_AUTO_TEST_CASE(a_file_of_another_program_is_refused)
{
    const scratch place;
    std::filesystem::copy_file("/bin/sh", place.file());
    BOOST_TEST(refusal(place.options()).find("not a database") != std::string::npos);
    std::filesystem::remove(place.file());
    std::ofstream(place.file()).flush();
    change(place.file(), "CREATE TABLE t(x); PRAGMA application_id = 5");
    BOOST_TEST(refusal(place.options()) == place.file().string() +
                                               ": belongs to another program; a journal was "
                                               "expected");
}

BOOST_AUTO_TEST_SUITE_END()
