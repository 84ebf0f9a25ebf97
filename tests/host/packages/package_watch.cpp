// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/packages/package_watch.hpp"

#include "fixtures.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <string>

BOOST_AUTO_TEST_SUITE(package_watches)

using namespace penstock::host;

namespace
{

// Counts what a watch tells, and waits for it.
class news
{
public:
    void tell()
    {
        const std::lock_guard lock(mutex_);
        ++count_;
        changed_.notify_all();
    }

    bool came()
    {
        std::unique_lock lock(mutex_);
        const bool some =
            changed_.wait_for(lock, std::chrono::seconds(20), [&] { return count_ > 0; });
        count_ = 0;
        return some;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int count_ = 0;
};

} // namespace

BOOST_AUTO_TEST_CASE(files_and_folders_that_come_change_and_go_are_told)
{
    const temporary_folder folder;
    news heard;
    const package_watch watch({folder.path()}, [&] { heard.tell(); });
    write_file(folder / "a.so", "x");
    BOOST_TEST(heard.came());
    write_file(folder / "a.so", "y");
    BOOST_TEST(heard.came());
    std::filesystem::rename(folder / "a.so", folder / "b.so");
    BOOST_TEST(heard.came());
    std::filesystem::remove(folder / "b.so");
    BOOST_TEST(heard.came());
}

BOOST_AUTO_TEST_CASE(a_folder_that_is_made_later_is_watched_from_then_on)
{
    const temporary_folder folder;
    news heard;
    const package_watch watch({folder / "share/penstock/packages"}, [&] { heard.tell(); });
    std::filesystem::create_directories(folder / "share/penstock/packages");
    BOOST_TEST(heard.came());
    write_file(folder / "share/penstock/packages/a.so", "x");
    BOOST_TEST(heard.came());
    std::filesystem::remove_all(folder / "share");
    BOOST_TEST(heard.came());
    std::filesystem::create_directories(folder / "share/penstock/packages");
    BOOST_TEST(heard.came());
}

// While the watch looks for the nearest folder that is there, the next one is made: at another
// moment of its look in each round.
BOOST_AUTO_TEST_CASE(folders_that_are_made_one_in_the_other_are_not_missed)
{
    const temporary_folder folder;
    for (int round = 0; round < 60; ++round)
    {
        std::filesystem::path deep = folder / std::to_string(round);
        news heard;
        const package_watch watch({deep / "a/b/c/d/packages"}, [&] { heard.tell(); });
        std::filesystem::create_directory(deep);
        for (const char* each : {"a", "b", "c", "d", "packages"})
        {
            const auto next =
                std::chrono::steady_clock::now() + round * std::chrono::microseconds(1);
            while (std::chrono::steady_clock::now() < next)
                ;
            std::filesystem::create_directory(deep /= each);
        }
        BOOST_TEST_REQUIRE(heard.came());
    }
}

BOOST_AUTO_TEST_CASE(it_ends_at_once)
{
    const temporary_folder folder;
    const auto begin = std::chrono::steady_clock::now();
    {
        const package_watch watch({folder.path(), "/nowhere/at/all"}, [] {});
    }
    BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(10)));
}

BOOST_AUTO_TEST_SUITE_END()
