// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/log/log_promise.hpp"

#include "host/journal/sqlite/journal_check.hpp"
#include "tests/host/journal/journals.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <thread>

BOOST_AUTO_TEST_SUITE(promises)

// What a journal says that was promised, after its log was lost while no host ran.

using namespace penstock::host;
using namespace penstock::host::testing;
using namespace std::chrono_literals;
namespace files = std::filesystem;

namespace
{

files::path log_of(const files::path& file)
{
    return file.string() + "-wal";
}

/// Copies the files of a journal as a crash would leave them, whatever its host does meanwhile.
void copy_crashed(const files::path& from, const files::path& to)
{
    const auto copied = [](const files::path& name, const files::path& other)
    {
        if (files::exists(name))
            files::copy_file(name, other, files::copy_options::overwrite_existing);
    };
    copied(promise_path(from), promise_path(to));
    copied(log_of(from), log_of(to));
    copied(from, to);
}

/// A journal with twenty acknowledged entries, whose host ended without closing it.
struct left_journal
{
    left_journal()
    {
        const scratch place(in_memory());
        sqlite_journal journal(place.options());
        for (int i = 0; i < 20; ++i)
            last = keep(journal).number;
        copy_crashed(place.file(), left.file());
    }

    scratch left{in_memory()};
    entry_number last = 0;
};

struct way_to_lose
{
    std::string name;
    std::function<void(const files::path& journal)> lose;
    std::string said;
};

void overwrite(const files::path& file, std::uint64_t from)
{
    std::fstream opened(file, std::ios::binary | std::ios::in | std::ios::out);
    opened.seekp(static_cast<std::streamoff>(from));
    opened << std::string(files::file_size(file) - from, '\0');
}

const std::vector<way_to_lose> ways{
    {"missing", [](const files::path& journal) { files::remove(log_of(journal)); },
     "-wal: is missing or damaged; "},
    {"empty", [](const files::path& journal) { files::resize_file(log_of(journal), 0); },
     "-wal: is missing or damaged; "},
    {"zeroed", [](const files::path& journal) { overwrite(log_of(journal), 0); },
     "-wal: is missing or damaged; "},
    {"cut",
     [](const files::path& journal)
     { files::resize_file(log_of(journal), files::file_size(log_of(journal)) / 2); },
     "-wal: ends too early; "},
    {"zeroed from the middle on",
     [](const files::path& journal)
     { overwrite(log_of(journal), files::file_size(log_of(journal)) / 2); },
     "-wal: ends too early; "}};

const std::vector<way_to_lose> ways_to_lose_all{
    {"all but the promise",
     [](const files::path& journal)
     {
         files::remove(journal);
         files::remove(log_of(journal));
     },
     ": is missing or empty; "},
    {"all but the promise and the log", [](const files::path& journal) { files::remove(journal); },
     ": is missing or empty; "},
    {"emptied", [](const files::path& journal) { files::resize_file(journal, 0); },
     ": is missing or empty; "}};

} // namespace

// SQLite would put the pages before the damage in place of newer ones.
BOOST_AUTO_TEST_CASE(a_log_that_is_damaged_where_the_database_has_it_takes_nothing_away)
{
    const scratch place(in_memory());
    const scratch left(in_memory());
    sqlite_journal_options options = place.options();
    options.log_bytes = 64 << 10;
    std::size_t kept = 0;
    {
        sqlite_journal journal(options);
        std::optional<log_promise> promised;
        do
        {
            keep(journal, an_entry("g", std::string(3000, 'x')));
            ++kept;
            promised = read_promise(place.file());
        } while (!promised || promised->worked_in < 10 || promised->worked_in < promised->frames);
        copy_crashed(place.file(), left.file());
    }
    BOOST_TEST(!is_log_stale(left.file()));
    std::fstream(log_of(left.file()), std::ios::binary | std::ios::in | std::ios::out)
        .seekp(static_cast<std::streamoff>(files::file_size(log_of(left.file())) / 2))
        .put('?');
    BOOST_TEST(is_log_stale(left.file()));
    BOOST_TEST(loss_of_log(left.file()) == "");
    sqlite_journal journal(left.options());
    BOOST_TEST(all_of(journal).size() == kept);
    BOOST_TEST(files::exists(log_of(left.file()).string() + ".damaged"));
    keep(journal);
}

BOOST_AUTO_TEST_CASE(a_promise_is_read_as_it_was_written_and_not_if_any_byte_of_it_changed)
{
    const log_promise promised{
        .salts = ~std::uint64_t{0}, .frames = 20, .worked_in = 3, .number = 17};
    const std::string line = write_promise(promised);
    BOOST_TEST((parse_promise(line) == promised));
    BOOST_TEST(write_promise({}).size() == line.size());
    for (std::size_t i = 0; i < line.size() - 1; ++i)
    {
        std::string changed = line;
        changed[i] = changed[i] == '1' ? '2' : '1';
        BOOST_TEST(!parse_promise(changed).has_value(), i);
    }
    BOOST_TEST(!parse_promise(line.substr(1)).has_value());
}

BOOST_AUTO_TEST_CASE(a_lost_log_closes_the_intake_and_is_told_until_the_loss_is_accepted)
{
    for (const way_to_lose& way : ways)
        BOOST_TEST_CONTEXT(way.name)
        {
            const left_journal host;
            const files::path file = host.left.file();
            way.lose(file);
            const std::string lost = loss_of_log(file);
            BOOST_TEST(lost.find(way.said) != std::string::npos, lost);
            BOOST_TEST(lost.find("up to number " + std::to_string(host.last)) != std::string::npos);
            sqlite_journal_options options = host.left.options();
            options.probe = 1ms;
            BOOST_TEST(sqlite_journal(options).trouble().reason == lost);
            sqlite_journal journal(options); // a second start
            BOOST_TEST(journal.trouble().reason == lost);
            BOOST_TEST((append(journal, an_entry()).how.get() == commit::refused));
            BOOST_TEST(!loss_of_log(file).empty());

            BOOST_TEST(forget_promise(file));
            const auto deadline = std::chrono::steady_clock::now() + 10s;
            while (!journal.trouble().reason.empty() && std::chrono::steady_clock::now() < deadline)
                std::this_thread::yield();
            keep(journal);
            BOOST_TEST(loss_of_log(file).empty());
        }
}

// Tables that a first start would make would pass at a second one for all that there was.
BOOST_AUTO_TEST_CASE(a_lost_journal_refuses_each_start_until_the_loss_is_accepted)
{
    for (const bool is_closed : {false, true})
        for (const way_to_lose& way : ways_to_lose_all)
            BOOST_TEST_CONTEXT(way.name << (is_closed ? " after a clean end" : " after a crash"))
            {
                const left_journal host;
                const files::path file = host.left.file();
                if (is_closed)
                    sqlite_journal(host.left.options()).number();
                way.lose(file);
                for (int start = 1; start <= 3; ++start)
                {
                    const std::string lost = refusal(host.left.options());
                    BOOST_TEST(lost.find(way.said) != std::string::npos, start << ": " << lost);
                    BOOST_TEST(lost == loss_of_log(file));
                    BOOST_CHECK_EXCEPTION(check_journal(host.left.path()), journal_error,
                                          [&](const journal_error& problem)
                                          { return problem.what() == lost; });
                }

                BOOST_TEST(forget_promise(file));
                sqlite_journal journal(host.left.options());
                BOOST_TEST(journal.trouble().reason == "");
                keep(journal);
                BOOST_TEST(loss_of_log(file).empty());
            }
}

BOOST_AUTO_TEST_CASE(a_journal_that_is_put_back_beside_its_log_is_whole)
{
    const left_journal host;
    const files::path aside = host.left.path() / "aside";
    files::rename(host.left.file(), aside);
    BOOST_TEST(refusal(host.left.options()) != "");
    files::rename(aside, host.left.file());
    sqlite_journal journal(host.left.options());
    BOOST_TEST(journal.trouble().reason == "");
    BOOST_TEST(all_of(journal).size() == 20U);
}

BOOST_AUTO_TEST_CASE(a_check_finds_what_is_lost)
{
    const left_journal host;
    BOOST_TEST(check_journal(host.left.path()).findings.empty());
    files::remove(log_of(host.left.file()));
    const auto findings = check_journal(host.left.path()).findings;
    BOOST_TEST_REQUIRE(findings.size() == 1U);
    BOOST_TEST(findings.front().starts_with("promise: "));
}

BOOST_AUTO_TEST_CASE(a_log_that_is_put_back_is_whole)
{
    const left_journal host;
    const files::path aside = host.left.path() / "aside";
    files::rename(log_of(host.left.file()), aside);
    {
        const sqlite_journal journal(host.left.options());
        BOOST_TEST(!journal.trouble().reason.empty());
    }
    files::rename(aside, log_of(host.left.file()));
    sqlite_journal journal(host.left.options());
    BOOST_TEST(journal.trouble().reason.empty());
    BOOST_TEST(all_of(journal).size() == 20U);
}

// Whenever a host ends, and however often its log was worked in and begun anew.
BOOST_AUTO_TEST_CASE(nothing_is_lost_for_a_host_that_ends_at_any_commit)
{
    const scratch place(in_memory());
    const scratch crashed(in_memory());
    sqlite_journal_options options = place.options();
    options.log_bytes = 200'000;
    {
        sqlite_journal journal(options);
        for (int i = 0; i < 150; ++i)
        {
            const issue one = keep(journal, an_entry("g", std::string(2'000, 'x')));
            if (i % 3 == 0)
                journal.done(finished(one));
            copy_crashed(place.file(), crashed.file());
            BOOST_TEST_REQUIRE(loss_of_log(crashed.file()) == "");
        }
        BOOST_TEST(check_journal(place.path()).findings.empty()); // beside the host
    }
    BOOST_TEST(loss_of_log(place.file()) == "");
    files::remove(log_of(place.file())); // which is empty
    BOOST_TEST(loss_of_log(place.file()) == "");
    const sqlite_journal journal(options);
    BOOST_TEST(journal.trouble().reason == "");
}

BOOST_AUTO_TEST_SUITE_END()
