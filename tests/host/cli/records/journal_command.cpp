// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/journal/log/log_promise.hpp"
#include "host/journal/sqlite/sqlite_journal.hpp"
#include "tests/host/cli/program.hpp"

#include <penstock/json.hpp>

#include <boost/test/unit_test.hpp>

#include <fstream>

BOOST_AUTO_TEST_SUITE(journal_verify)

using namespace penstock::host::cli::testing;
using namespace penstock;

namespace
{

void make_journal(const scratch& home)
{
    struct deaf final : host::append_waiter
    {
        void issued(host::issue) noexcept override {}
        void settled(host::commit) noexcept override {}
    };
    host::sqlite_journal_options options;
    options.directory = home.path();
    host::sqlite_journal journal(options);
    for (int i = 0; i < 3; ++i)
    {
        auto what = std::make_unique<host::journal_entry>();
        what->graph = "g";
        what->head = bytes("{}");
        what->body = bytes("the body to be damaged");
        journal.append(std::move(what), std::make_unique<deaf>());
    }
}

void damage(const std::string& file)
{
    std::string text = read_file(file);
    text[text.find("the body to be damaged")] = 'T';
    std::ofstream(file, std::ios::binary) << text;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_whole_journal_is_fine)
{
    const scratch home;
    make_journal(home);
    const ended result = run(home, {"journal", "verify", "--data", home.path().string()});
    BOOST_TEST(result.code == 0, result.err);
    BOOST_TEST(result.out.find("records    3\n") != std::string::npos, result.out);
    BOOST_TEST(result.out.find(home.at("journal.sqlite3") + ": whole\n") != std::string::npos,
               result.out);
}

BOOST_AUTO_TEST_CASE(a_damaged_record_is_named)
{
    const scratch home;
    make_journal(home);
    damage(home.at("journal.sqlite3"));
    const ended result = run(home, {"journal", "verify", "--data", home.path().string()});
    BOOST_TEST(result.code == 1);
    BOOST_TEST(result.err.find(home.at("journal.sqlite3") + ": records ") == 0, result.err);
    BOOST_TEST(result.err.find(": its checksum does not match\n") != std::string::npos, result.err);
}

BOOST_AUTO_TEST_CASE(counts_and_findings_are_told_as_json)
{
    const scratch home;
    make_journal(home);
    damage(home.at("journal.sqlite3"));
    const ended result = run(home, {"journal", "verify", "--json", "--data", home.path().string()});
    BOOST_TEST(result.code == 1);
    const json::value told = parse_json(result.out);
    BOOST_TEST(told.at("records").as_int64() == 3);
    BOOST_TEST(told.at("letters").as_int64() == 0);
    BOOST_TEST(told.at("findings").as_array().size() == 1);
}

BOOST_AUTO_TEST_CASE(a_log_that_is_lost_is_told_until_that_is_accepted)
{
    const scratch home;
    make_journal(home);
    std::ofstream(home.at("journal.promise"))
        << host::write_promise({.salts = 1, .frames = 5, .worked_in = 2, .number = 3});
    const auto journal = [&](const char* verb) {
        return run(home, {"journal", verb, "--data", home.path().string()});
    };
    const ended lost = journal("verify");
    BOOST_TEST(lost.code == 1);
    BOOST_TEST(lost.err.find("requests up to number 3 were acknowledged") != std::string::npos,
               lost.err);
    BOOST_TEST(journal("accept").code == 0);
    BOOST_TEST(journal("verify").code == 0);
    const ended again = journal("accept");
    BOOST_TEST(again.code == 1);
    BOOST_TEST(again.err.find("nothing of it is missing") != std::string::npos, again.err);
}

BOOST_AUTO_TEST_CASE(a_data_directory_that_is_not_there_is_an_error_with_its_place)
{
    const scratch home;
    home.write("file", "");
    for (const char* verb : {"verify", "accept"})
    {
        const ended gone = run(home, {"journal", verb, "--data", home.at("gone")});
        BOOST_TEST(gone.code == 1);
        BOOST_TEST(gone.err == home.at("gone") + ": is not there; a data directory was expected\n");
        const ended file = run(home, {"journal", verb, "--data", home.at("file")});
        BOOST_TEST(file.code == 1);
        BOOST_TEST(file.err == home.at("file") + ": is no folder; a data directory was expected\n");
    }
    BOOST_TEST(!std::filesystem::exists(home.at("gone")));
}

BOOST_AUTO_TEST_CASE(a_loss_is_not_accepted_where_there_is_no_journal)
{
    const scratch home;
    const ended result = run(home, {"journal", "accept", "--data", home.path().string()});
    BOOST_TEST(result.code == 1);
    BOOST_TEST(result.err.find("journal.sqlite3: is not there; a journal was expected\n") !=
                   std::string::npos,
               result.err);
}

BOOST_AUTO_TEST_CASE(a_directory_without_a_journal_is_an_error)
{
    const scratch home;
    const ended result = run(home, {"journal", "verify", "--data", home.path().string()});
    BOOST_TEST(result.code == 1);
    BOOST_TEST(result.err.find("journal.sqlite3: unable to open database file; a journal was "
                               "expected\n") != std::string::npos,
               result.err);
    BOOST_TEST(!std::filesystem::exists(home.at("journal.sqlite3")));
}

BOOST_AUTO_TEST_SUITE_END()
