// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "appender.hpp"
#include "run_entry.hpp"
#include "scratch_directory.hpp"
#include "server_process.hpp"

#include <penstock/json.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>

using files_package::appender;

namespace
{

bool is_json(const std::string& line)
{
    try
    {
        (void)penstock::parse_json(line);
        return true;
    }
    catch (const std::exception&)
    {
        return false;
    }
}

std::string line_of(int n)
{
    return "{\"n\":" + std::to_string(n) + ",\"text\":\"" + std::string(500, 'x') + "\"}\n";
}

} // namespace

BOOST_AUTO_TEST_SUITE(files_crash)

BOOST_AUTO_TEST_CASE(no_beginning_of_a_line_is_taken_for_a_line)
{
    penstock::packet made({{"n", 1}, {"text", "a}b\"{"}, {"list", penstock::json::array{1, 2}}});
    std::string line;
    made.write_fields(line);
    for (std::size_t size = 1; size < line.size(); ++size)
        BOOST_TEST(!is_json(line.substr(0, size)), line.substr(0, size));
    BOOST_TEST(is_json(line));
}

BOOST_AUTO_TEST_CASE(lines_behind_one_that_a_crash_tore_are_whole)
{
    const scratch_directory directory;
    const std::string path = directory.path("out");
    for (std::size_t size = 1; size < 20; ++size)
    {
        std::ofstream(path, std::ios::trunc) << line_of(1).substr(0, size);
        appender(path).append(line_of(2), false);
        std::ifstream file(path);
        std::string torn;
        std::string whole;
        std::getline(file, torn);
        std::getline(file, whole);
        BOOST_TEST(!is_json(torn));
        BOOST_TEST(whole + '\n' == line_of(2));
    }
}

BOOST_AUTO_TEST_CASE(a_process_that_is_killed_while_it_writes_leaves_whole_lines)
{
    const scratch_directory directory;
    const std::string path = directory.path("out");
    const pid_t child = ::fork();
    if (child == 0)
    {
        appender file(path);
        for (int n = 0;; ++n)
            file.append(line_of(n), true, {.bytes = 100'000});
    }
    const auto size = [&]
    {
        std::uintmax_t sum = 0;
        for (const auto& each : std::filesystem::directory_iterator(directory.path(".")))
        {
            std::error_code ignored;
            const std::uintmax_t found = std::filesystem::file_size(each.path(), ignored);
            sum += ignored ? 0 : found;
        }
        return sum;
    };
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (size() < 400'000 && std::chrono::steady_clock::now() < deadline)
        continue;
    ::kill(child, SIGKILL);
    server_process::end_of(child);
    BOOST_TEST(size() >= 400'000U);
    appender(path).append(line_of(-1), false);
    std::size_t count = 0;
    std::size_t torn = 0;
    for (const auto& each : std::filesystem::directory_iterator(directory.path(".")))
    {
        std::ifstream file(each.path());
        for (std::string line; std::getline(file, line); ++count)
            torn += is_json(line) ? 0 : 1;
    }
    BOOST_TEST(count > 700U);
    BOOST_TEST(torn <= 1U);
}

BOOST_AUTO_TEST_SUITE_END()
