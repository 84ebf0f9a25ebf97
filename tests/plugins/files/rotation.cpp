// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "reading_test.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>

namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace
{

struct rotation_test : reading_test
{
    rotation_test() { of.files.include.emplace_back("*.log"); }

    // As logrotate's copytruncate does it.
    void copy_and_truncate(const std::string& from, const std::string& to) const
    {
        fs::copy_file(path(from), path(to), fs::copy_options::overwrite_existing);
        fs::resize_file(path(from), 0);
    }
};

std::string numbered(int first, int last)
{
    std::string text;
    for (int i = first; i < last; ++i)
        text += "line " + std::to_string(i) + "\n";
    return text;
}

strings lines_of(int first, int last)
{
    strings all;
    for (int i = first; i < last; ++i)
        all.push_back("line " + std::to_string(i));
    return all;
}

} // namespace

BOOST_FIXTURE_TEST_SUITE(reading_rotated_logs, rotation_test)

BOOST_AUTO_TEST_CASE(goes_on_in_a_file_that_was_renamed_and_then_reads_the_new_one)
{
    put("a.log", numbered(0, 3));
    reader from = lines();
    BOOST_TEST(new_lines(from) == lines_of(0, 3), boost::test_tools::per_element());
    append("a.log", numbered(3, 5));
    fs::rename(path("a.log"), path("a.log.1"));
    append("a.log.1", numbered(5, 7)); // by who still has it open
    put("a.log", numbered(7, 9));
    strings found = new_lines(from);
    std::ranges::sort(found);
    BOOST_TEST(found == lines_of(3, 9), boost::test_tools::per_element());
    append("a.log.1", numbered(9, 10));
    BOOST_TEST(new_lines(from) == lines_of(9, 10), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(tells_the_name_of_before_for_what_is_left_of_a_renamed_file)
{
    put("a.log", numbered(0, 3));
    reader from = lines();
    BOOST_TEST(news(from).size() == 3U);
    append("a.log", numbered(3, 4));
    fs::rename(path("a.log"), path("a.log.1"));
    BOOST_TEST(news(from) == strings{"a.log=line 3"}, boost::test_tools::per_element());
    fs::rename(path("a.log.1"), path("b.log")); // which is meant as well
    append("b.log", numbered(4, 5));
    BOOST_TEST(news(from) == strings{"b.log=line 4"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(finds_a_file_that_was_renamed_while_it_did_not_run)
{
    put("a.log", numbered(0, 3));
    {
        reader from = lines();
        BOOST_TEST(new_lines(from).size() == 3U);
    }
    append("a.log", numbered(3, 5));
    fs::rename(path("a.log"), path("a.log.2"));
    put("a.log", numbered(5, 6));
    reader from = lines();
    strings found = new_lines(from);
    std::ranges::sort(found);
    BOOST_TEST(found == lines_of(3, 6), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(knows_a_file_again_that_was_not_seen_once)
{
    of.follow = false;
    put("a.log", numbered(0, 3));
    {
        reader from = lines();
        BOOST_TEST(new_lines(from).size() == 3U);
    }
    for (int i = 0; i < 3; ++i)
    {
        fs::rename(path("a.log"), directory.path("away")); // as one that is being renamed
        {
            reader from = lines();
            BOOST_TEST(new_lines(from).empty());
        }
        fs::rename(directory.path("away"), path("a.log"));
        reader from = lines();
        BOOST_TEST(new_lines(from).empty());
    }
}

BOOST_AUTO_TEST_CASE(reads_what_is_left_of_a_file_that_was_deleted_while_it_is_open)
{
    put("a.log", numbered(0, 2));
    reader from = lines();
    BOOST_TEST(new_lines(from).size() == 2U);
    append("a.log", numbered(2, 3) + "line 3");
    fs::remove(path("a.log"));
    BOOST_TEST(new_lines(from) == lines_of(2, 4), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(begins_anew_in_a_file_that_was_truncated)
{
    put("a.log", numbered(0, 5));
    reader from = lines();
    BOOST_TEST(new_lines(from).size() == 5U);
    put("a.log", numbered(10, 12));
    const auto found = rest(from);
    BOOST_TEST(in_order(found) == (strings{"a.log=line 10", "a.log=line 11"}),
               boost::test_tools::per_element());
    BOOST_TEST(found[0].line == 1U);
}

BOOST_AUTO_TEST_CASE(begins_anew_in_a_file_that_was_truncated_and_is_longer_by_now)
{
    put("a.log", numbered(0, 5));
    reader from = lines();
    BOOST_TEST(new_lines(from).size() == 5U);
    put("a.log", numbered(10, 30));
    BOOST_TEST(new_lines(from) == lines_of(10, 30), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(begins_anew_though_the_first_bytes_are_the_same_again)
{
    const std::string head(2'000, 'h');
    put("a.log", head + "\nline 0\nline 1\n");
    reader from = lines();
    BOOST_TEST(new_lines(from).size() == 3U);
    put("a.log", head + "\nline x\nline y\nline z\n");
    BOOST_TEST(new_lines(from) == (strings{head, "line x", "line y", "line z"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(reads_what_was_not_read_of_a_truncated_file_from_its_copy)
{
    put("a.log", numbered(0, 3));
    reader from = lines();
    BOOST_TEST(new_lines(from).size() == 3U);
    append("a.log", numbered(3, 5));
    copy_and_truncate("a.log", "a.log.1");
    append("a.log", numbered(5, 6));
    const auto found = rest(from);
    strings all = texts(found);
    BOOST_TEST(all == (strings{"a.log=line 3", "a.log=line 4", "a.log=line 5"}),
               boost::test_tools::per_element());
    acknowledge(from);
    append("a.log", numbered(6, 7));
    BOOST_TEST(new_lines(from) == lines_of(6, 7), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(reads_no_copy_twice_though_copies_are_meant_as_well)
{
    of.files.include.emplace_back("*.log.*");
    put("a.log", numbered(0, 3));
    reader from = lines();
    BOOST_TEST(new_lines(from).size() == 3U);
    int next = 3;
    for (int round = 1; round < 4; ++round)
    {
        append("a.log", numbered(next, next + 2));
        for (int old = round - 1; old > 0; --old)
            fs::rename(path("a.log." + std::to_string(old)),
                       path("a.log." + std::to_string(old + 1)));
        copy_and_truncate("a.log", "a.log.1");
        append("a.log", numbered(next + 2, next + 4));
        strings found = new_lines(from);
        std::ranges::sort(found);
        strings expected = lines_of(next, next + 4);
        std::ranges::sort(expected);
        BOOST_TEST(found == expected, boost::test_tools::per_element());
        next += 4;
    }
}

BOOST_AUTO_TEST_CASE(reads_no_copy_twice_that_was_made_while_it_did_not_run)
{
    of.files.include.emplace_back("*.log.*");
    put("a.log", numbered(0, 3));
    {
        reader from = lines();
        BOOST_TEST(new_lines(from).size() == 3U);
    }
    append("a.log", numbered(3, 5));
    copy_and_truncate("a.log", "a.log.1");
    append("a.log", numbered(5, 6));
    reader from = lines();
    strings found = new_lines(from);
    std::ranges::sort(found);
    BOOST_TEST(found == lines_of(3, 6), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(gives_a_line_the_same_position_again_in_a_copy_though_nothing_was_acknowledged)
{
    of.files.include.emplace_back("*.log.*");
    put("a.log", numbered(0, 3));
    std::vector<finding> before;
    {
        reader from = lines();
        before = rest(from);
    }
    copy_and_truncate("a.log", "a.log.1");
    append("a.log", numbered(3, 5));
    reader from = lines();
    const std::vector<finding> after = rest(from);
    BOOST_TEST_REQUIRE(before.size() == 3U);
    BOOST_TEST(after.size() == 5U);
    for (const finding& each : before)
        BOOST_TEST((std::ranges::find(after, each.position, &finding::position) != after.end()));
}

BOOST_AUTO_TEST_CASE(reads_a_file_that_is_only_named_like_a_copy)
{
    of.files.include.emplace_back("*.log.*");
    put("a.log", numbered(0, 3));
    put("a.log.other", numbered(5, 8));
    reader from = lines();
    strings found = new_lines(from);
    std::ranges::sort(found);
    strings expected = lines_of(0, 3);
    std::ranges::copy(lines_of(5, 8), std::back_inserter(expected));
    BOOST_TEST(found == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(is_not_misled_by_an_inode_that_is_used_again)
{
    reader from = lines();
    for (int i = 0; i < 50; ++i)
    {
        const std::string name = std::to_string(i) + ".log";
        put(name, numbered(i, i + 2));
        BOOST_TEST(new_lines(from) == lines_of(i, i + 2), boost::test_tools::per_element());
        fs::remove(path(name));
        if (i % 2 == 0)
            BOOST_TEST(new_lines(from).empty());
    }
}

BOOST_AUTO_TEST_SUITE_END()
