// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "reading_test.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>

#include <sys/stat.h>
#include <unistd.h>

namespace fs = std::filesystem;
using namespace std::chrono_literals;

BOOST_FIXTURE_TEST_SUITE(reading_whole_files, reading_test)

BOOST_AUTO_TEST_CASE(finds_all_that_are_in_a_folder_and_below_it)
{
    put("a.txt", "one");
    fs::create_directories(path("b/c"));
    put("b/c/d.bin", std::string("\0\xff", 2));
    put("empty", "");
    reader from = whole();
    BOOST_TEST(news(from) ==
                   (strings{"a.txt=one", "b/c/d.bin=" + std::string("\0\xff", 2), "empty="}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(finds_nothing_twice)
{
    put("a", "one");
    reader from = whole();
    BOOST_TEST(rest(from).size() == 1U);
    BOOST_TEST(rest(from).empty()); // though it is not acknowledged
    acknowledge(from);
    reader again = whole();
    BOOST_TEST(rest(again).empty());
}

BOOST_AUTO_TEST_CASE(finds_again_what_was_not_acknowledged_at_the_same_position)
{
    put("a", "one");
    reader from = whole();
    const auto first = rest(from);
    reader again = whole();
    const auto second = rest(again);
    BOOST_TEST_REQUIRE(second.size() == 1U);
    BOOST_TEST(first[0].position == second[0].position);
}

BOOST_AUTO_TEST_CASE(follows_files_that_are_new_or_change_or_are_renamed_or_deleted)
{
    put("a", "one");
    reader from = whole();
    BOOST_TEST(news(from) == strings{"a=one"}, boost::test_tools::per_element());
    put("a", "two!");
    BOOST_TEST(news(from) == strings{"a=two!"}, boost::test_tools::per_element());
    fs::rename(path("a"), path("b"));
    BOOST_TEST(news(from) == (strings{"a!", "b=two!"}), boost::test_tools::per_element());
    fs::remove(path("b"));
    BOOST_TEST(news(from) == strings{"b!"}, boost::test_tools::per_element());
    put("b", "back");
    BOOST_TEST(news(from) == strings{"b=back"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(follows_folders_that_come_later)
{
    reader from = whole();
    BOOST_TEST(news(from).empty());
    fs::create_directories(path("x/y"));
    put("x/y/z", "deep");
    BOOST_TEST(news(from) == strings{"x/y/z=deep"}, boost::test_tools::per_element());
    put("x/w", "more");
    BOOST_TEST(news(from) == strings{"x/w=more"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(waits_for_a_folder_that_is_named_and_not_there)
{
    fs::remove(folder);
    reader from = whole();
    BOOST_TEST(news(from).empty());
    fs::create_directory(folder);
    put("a", "late");
    const auto found = until(from, [](const auto& all) { return !all.empty(); });
    BOOST_TEST(texts(found) == strings{"a=late"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(tells_of_each_file_of_a_folder_that_is_deleted_and_finds_it_when_it_is_back)
{
    fs::create_directories(path("d/e"));
    put("d/a", "1");
    put("d/e/b", "2");
    reader from = whole();
    BOOST_TEST(news(from).size() == 2U);
    fs::remove_all(path("d"));
    BOOST_TEST(news(from) == (strings{"d/a!", "d/e/b!"}), boost::test_tools::per_element());
    fs::create_directory(path("d"));
    put("d/a", "3");
    BOOST_TEST(news(from) == strings{"d/a=3"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(tells_of_each_file_of_a_folder_that_is_moved_away_or_renamed)
{
    fs::create_directories(path("d/e"));
    put("d/e/b", "2");
    reader from = whole();
    BOOST_TEST(news(from).size() == 1U);
    fs::rename(path("d"), path("f"));
    BOOST_TEST(news(from) == (strings{"d/e/b!", "f/e/b=2"}), boost::test_tools::per_element());
    fs::rename(path("f"), directory.path("away"));
    BOOST_TEST(news(from) == strings{"f/e/b!"}, boost::test_tools::per_element());
    std::ofstream(directory.path("away/e/c")) << "not here";
    BOOST_TEST(news(from).empty());
}

BOOST_AUTO_TEST_CASE(tells_of_the_files_of_the_folder_itself_when_it_is_deleted_and_goes_on_later)
{
    put("a", "1");
    reader from = whole();
    BOOST_TEST(news(from).size() == 1U);
    fs::remove_all(folder);
    BOOST_TEST(news(from) == strings{"a!"}, boost::test_tools::per_element());
    fs::create_directory(folder);
    put("b", "2");
    const auto found = until(from, [](const auto& all) { return !all.empty(); });
    BOOST_TEST(texts(found) == strings{"b=2"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(tells_of_what_was_deleted_or_changed_while_it_did_not_run)
{
    put("a", "1");
    put("b", "2");
    put("c", "3");
    {
        reader from = whole();
        BOOST_TEST(news(from).size() == 3U);
    }
    fs::remove(path("a"));
    put("b", "other");
    reader from = whole();
    BOOST_TEST(news(from) == (strings{"a!", "b=other"}), boost::test_tools::per_element());
    reader again = whole();
    BOOST_TEST(news(again).empty());
}

BOOST_AUTO_TEST_CASE(does_not_believe_that_all_was_deleted_when_the_folder_is_not_there)
{
    put("a", "1");
    {
        reader from = whole();
        BOOST_TEST(news(from).size() == 1U);
    }
    fs::rename(folder, directory.path("elsewhere")); // as a disk that is not mounted
    reader from = whole();
    BOOST_TEST(news(from).empty());
    fs::rename(directory.path("elsewhere"), folder);
    put("b", "2");
    const auto found = until(from, [](const auto& all) { return !all.empty(); });
    BOOST_TEST(texts(found) == strings{"b=2"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(does_not_believe_that_all_was_deleted_when_an_empty_folder_is_in_its_place)
{
    put("a", "1");
    {
        reader from = whole();
        BOOST_TEST(news(from).size() == 1U);
    }
    fs::rename(folder, directory.path("elsewhere"));
    fs::create_directory(folder); // where the disk would be mounted
    {
        reader from = whole();
        BOOST_TEST(news(from).empty());
        BOOST_TEST(told.size() == 1U);
    }
    put("b", "2");
    reader from = whole();
    BOOST_TEST(news(from) == (strings{"a!", "b=2"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(believes_that_all_was_deleted_in_a_folder_that_is_the_same)
{
    put("a", "1");
    {
        reader from = whole();
        BOOST_TEST(news(from).size() == 1U);
    }
    fs::remove(path("a"));
    reader from = whole();
    BOOST_TEST(news(from) == strings{"a!"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(ends_when_all_is_read_and_nothing_is_followed)
{
    put("a", "1");
    of.follow = false;
    reader from = whole();
    BOOST_TEST(!from.is_over());
    BOOST_TEST(news(from).size() == 1U);
    BOOST_TEST(from.is_over());
    fs::remove(path("a"));
    reader again = whole();
    BOOST_TEST(news(again) == strings{"a!"}, boost::test_tools::per_element());
    BOOST_TEST(again.is_over());
}

BOOST_AUTO_TEST_CASE(reads_files_whose_names_are_not_utf_8)
{
    put("caf\xe9", "x");
    reader from = whole();
    BOOST_TEST(news(from) == strings{"caf\xef\xbf\xbd"
                                     "e9=x"},
               boost::test_tools::per_element());
    fs::remove(path("caf\xe9"));
    BOOST_TEST(news(from) == strings{"caf\xef\xbf\xbd"
                                     "e9!"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(leaves_a_file_that_is_too_long_and_says_so_once)
{
    of.file_bytes = 10;
    put("a", "0123456789x");
    put("b", "0123456789");
    reader from = whole();
    const auto found = rest(from);
    BOOST_TEST(texts(found) == (strings{"a?", "b=0123456789"}), boost::test_tools::per_element());
    for (const finding& each : found)
        BOOST_TEST((each.wrong.empty() ||
                    each.wrong == path("a") + ": is 11 bytes long; at most 10 were expected"));
    acknowledge(from);
    reader again = whole();
    BOOST_TEST(news(again).empty());
}

BOOST_AUTO_TEST_CASE(reads_a_file_that_grows_until_it_rests)
{
    of.settle = 20ms;
    put("a", "");
    std::string all;
    reader from = whole();
    std::vector<finding> found;
    for (int i = 0; i < 200; ++i)
    {
        const std::string more(1'000, static_cast<char>('a' + i % 26));
        append("a", more);
        all += more;
        for (finding& each : from.read(std::chrono::steady_clock::now()))
            found.push_back(std::move(each));
    }
    for (finding& each : rest(from))
        found.push_back(std::move(each));
    BOOST_TEST_REQUIRE(!found.empty());
    BOOST_TEST((found.back().data == all));
    for (const finding& each : found)
    {
        BOOST_TEST(each.version.size == each.data.size());
        BOOST_TEST(all.starts_with(each.data));
    }
}

BOOST_AUTO_TEST_CASE(follows_links_if_it_is_told_to_and_stops_in_a_loop)
{
    fs::create_directories(path("a"));
    put("a/f", "1");
    fs::create_directory_symlink("..", path("a/loop"));
    fs::create_symlink("a/f", path("g"));
    reader from = whole();
    BOOST_TEST(news(from) == strings{"a/f=1"}, boost::test_tools::per_element());
    of.links = true;
    reader again = whole();
    BOOST_TEST(news(again) == strings{"g=1"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(follows_a_link_that_is_named)
{
    std::ofstream(directory.path("file")) << "1";
    fs::create_symlink(directory.path("file"), path("link"));
    put("other", "2");
    of.paths = {path("link")};
    reader from = whole();
    BOOST_TEST(news(from) == strings{"link=1"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(leaves_pipes_alone)
{
    BOOST_TEST_REQUIRE(::mkfifo(path("pipe").c_str(), 0600) == 0);
    put("a", "1");
    reader from = whole();
    BOOST_TEST(news(from) == strings{"a=1"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(reads_nothing_of_the_host_by_whatever_way)
{
    fs::create_directory(path("data"));
    put("data/tokens", "secret");
    put("a", "1");
    fs::create_symlink(path("data/tokens"), path("link"));
    of.data_directory = path("data");
    of.links = true;
    reader from = whole();
    BOOST_TEST(news(from) == strings{"a=1"}, boost::test_tools::per_element());
    BOOST_TEST(told == strings{path("link") + ": Operation not permitted"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
