// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/journal/sqlite/held_files.hpp"
#include "tests/host/journal/journals.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

BOOST_AUTO_TEST_SUITE(held_files)

// A journal whose files are removed or replaced while it is open.

using namespace penstock::host;
using namespace penstock::host::testing;
using namespace std::chrono_literals;
namespace files = std::filesystem;

namespace
{

struct open_journal
{
    open_journal()
    {
        sqlite_journal_options options = place.options();
        options.lazy = 1ms;
        options.probe = 10ms;
        options.look = 1ms;
        options.hears = [this](const std::string& trouble)
        {
            const std::lock_guard lock(mutex);
            heard.push_back(trouble);
            told.notify_one();
        };
        journal.emplace(options);
        keep(*journal);
    }

    [[nodiscard]] files::path log() const { return place.file().string() + "-wal"; }

    /// Waits until it takes in nothing, or again; false after 10 s.
    [[nodiscard]] bool comes_to(bool takes_in) const
    {
        const auto deadline = std::chrono::steady_clock::now() + 10s;
        while (journal->trouble().reason.empty() != takes_in)
        {
            if (std::chrono::steady_clock::now() > deadline)
                return false;
            std::this_thread::yield();
        }
        return true;
    }

    scratch place{in_memory()};
    std::mutex mutex;
    std::condition_variable told;
    std::vector<std::string> heard;
    std::optional<sqlite_journal> journal;
};

} // namespace

BOOST_FIXTURE_TEST_CASE(a_journal_whose_file_is_removed_takes_in_nothing_and_says_so, open_journal)
{
    files::remove(place.file());
    BOOST_TEST((append(*journal, an_entry()).how.get() == commit::refused));
    BOOST_TEST_REQUIRE(comes_to(false));
    const std::string expected =
        place.file().string() +
        ": was removed while it is in use; the file that was opened was expected there: put it "
        "back, or start the host anew";
    BOOST_TEST(journal->trouble().reason == expected);
    BOOST_TEST(!journal->flush());
    std::unique_lock lock(mutex);
    BOOST_TEST(told.wait_for(lock, 10s, [this] { return !heard.empty(); }));
    BOOST_TEST(heard == std::vector<std::string>{expected}, boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(a_log_that_is_removed_is_noticed_while_nothing_is_written, open_journal)
{
    files::remove(log());
    BOOST_TEST(comes_to(false));
    BOOST_TEST(journal->trouble().reason.starts_with(log().string() + ": was removed"));
}

BOOST_FIXTURE_TEST_CASE(files_that_are_put_back_are_written_on, open_journal)
{
    const files::path aside = place.path() / "aside";
    files::rename(place.file(), aside);
    files::copy_file(aside, place.file()); // as much the same as another file can be
    BOOST_TEST_REQUIRE(comes_to(false));
    BOOST_TEST(journal->trouble().reason.starts_with(place.file().string() + ": was replaced"));
    const auto one = journal->next("g", 0, {});
    BOOST_TEST_REQUIRE(one.size() == 1U);
    journal->done(finished({one.front().number, one.front().id}));
    files::rename(aside, place.file());
    BOOST_TEST_REQUIRE(comes_to(true));
    const issue kept = keep(*journal);
    journal.reset();
    journal.emplace(place.options());
    const std::vector<entry_number> left{kept.number};
    BOOST_TEST(numbers_of(all_of(*journal)) == left, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
