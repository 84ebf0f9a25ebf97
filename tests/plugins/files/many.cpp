// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "reading_test.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace
{

// How many changes the system keeps for one who does not ask for them.
std::size_t longest_queue()
{
    std::size_t most = 0;
    std::ifstream("/proc/sys/fs/inotify/max_queued_events") >> most;
    return most;
}

// Memory of this process that is in use, in bytes.
std::size_t resident()
{
    std::size_t all = 0;
    std::size_t resident = 0;
    std::ifstream("/proc/self/statm") >> all >> resident;
    return resident * 4096;
}

struct many_files_test : reading_test
{
    // Files of their own number, a hundred in each folder.
    void make(std::size_t count) const
    {
        for (std::size_t i = 0; i < count; ++i)
        {
            const std::string in = std::to_string(i / 100);
            if (i % 100 == 0)
                fs::create_directory(path(in));
            put(in + "/" + std::to_string(i) + ".txt", std::to_string(i) + "\n");
        }
    }

    // Reads all, acknowledges all, and tells how many there were.
    std::size_t read_all(reader& from)
    {
        std::size_t count = 0;
        for (bool is_over = false; !is_over;)
        {
            const auto found = from.read(std::chrono::steady_clock::now());
            count += found.size();
            keep_positions(found);
            acknowledge(from);
            is_over = found.empty() && from.is_over();
        }
        return count;
    }

    // `./dev faults crawl` reads more.
    [[nodiscard]] static std::size_t count()
    {
        const char* const wished = std::getenv("PENSTOCK_FILES");
        return wished == nullptr ? 3'000 : std::strtoull(wished, nullptr, 10);
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(reading_many_files, many_files_test)

BOOST_AUTO_TEST_CASE(takes_little_time_and_memory_and_none_twice)
{
    using seconds = std::chrono::duration<double>;
    make(count());
    of.follow = false;
    for (const auto how : {reader::mode::whole, reader::mode::lines})
    {
        fs::remove(kept);
        const auto begin = std::chrono::steady_clock::now();
        const std::size_t before = resident();
        {
            reader from(of, how, kept);
            BOOST_TEST(read_all(from) == count());
        }
        const auto middle = std::chrono::steady_clock::now();
        {
            reader again(of, how, kept);
            BOOST_TEST(read_all(again) == 0U);
        }
        const auto end = std::chrono::steady_clock::now();
        const std::size_t after = resident();
        const double mebibytes = after < before ? 0 : static_cast<double>(after - before) / 1048576;
        BOOST_TEST_MESSAGE("crawl: " << count() << " files "
                                     << (how == reader::mode::whole ? "whole" : "by lines")
                                     << " in " << seconds(middle - begin).count()
                                     << " s, once more in " << seconds(end - middle).count()
                                     << " s, " << mebibytes << " MiB of memory more");
        BOOST_TEST(seconds(middle - begin).count() < 5 + static_cast<double>(count()) / 1'000);
        BOOST_TEST(mebibytes < 64);
    }
}

BOOST_AUTO_TEST_CASE(looks_at_everything_when_the_system_has_lost_changes)
{
    const std::size_t most = longest_queue();
    BOOST_TEST_REQUIRE(most > 0U);
    if (most > 100'000)
    {
        BOOST_TEST_MESSAGE("the queue is too long to be filled");
        return;
    }
    put("deleted", "1");
    put("changed", "2");
    put("kept", "3");
    reader from = whole();
    BOOST_TEST(news(from).size() == 3U);
    for (std::size_t i = 0; i <= most / 2; ++i) // each is made and closed
        put("new" + std::to_string(i), "");
    fs::remove(path("deleted"));
    put("changed", "other");
    const std::vector<finding> found = rest(from);
    BOOST_TEST(from.overflows() == 1U);
    BOOST_TEST(found.size() == most / 2 + 3);
    const strings all = texts(found);
    BOOST_TEST(std::ranges::binary_search(all, "deleted!"));
    BOOST_TEST(std::ranges::binary_search(all, "changed=other"));
    BOOST_TEST((std::ranges::adjacent_find(all) == all.end()));
}

BOOST_AUTO_TEST_CASE(finds_the_news_of_a_log_though_the_system_has_lost_changes)
{
    const std::size_t most = longest_queue();
    if (most > 100'000)
    {
        BOOST_TEST_MESSAGE("the queue is too long to be filled");
        return;
    }
    of.files.include.emplace_back("*.log");
    put("a.log", "one\n");
    reader from = lines();
    BOOST_TEST(new_lines(from) == strings{"one"}, boost::test_tools::per_element());
    for (std::size_t i = 0; i <= most; ++i)
    {
        fs::rename(path(i % 2 == 0 ? "a.log" : "b.log"), path(i % 2 == 0 ? "b.log" : "a.log"));
        if (i == most / 2)
            append(i % 2 == 0 ? "b.log" : "a.log", "two\n");
    }
    append(fs::exists(path("a.log")) ? "a.log" : "b.log", "three\n");
    BOOST_TEST(new_lines(from) == (strings{"two", "three"}), boost::test_tools::per_element());
    BOOST_TEST(from.overflows() >= 1U);
}

BOOST_AUTO_TEST_SUITE_END()
