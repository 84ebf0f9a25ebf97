// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/app/secrets.hpp"

#include "tests/host/temporary_folder.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <string>

BOOST_AUTO_TEST_SUITE(secrets)

using namespace penstock::host;
using penstock::host::testing::temporary_folder;

namespace
{

void write(const std::filesystem::path& file, const std::string& text,
           std::filesystem::perms mode = std::filesystem::perms(0600))
{
    std::ofstream(file) << text;
    std::filesystem::permissions(file, mode);
}

std::string secret(const resolver& find, const std::string& name)
{
    return find({reference::source::secret, name}).value_or("(none)");
}

} // namespace

BOOST_AUTO_TEST_CASE(a_secret_is_the_text_of_its_file_without_the_end_of_line_that_editors_leave)
{
    const temporary_folder folder;
    write(folder.path() / "key", "hunter2\r\n");
    write(folder.path() / "two_lines", "one\ntwo\n\n");
    const resolver find = make_resolver({folder.path()});
    BOOST_TEST(secret(find, "key") == "hunter2");
    BOOST_TEST(secret(find, "two_lines") == "one\ntwo");
    BOOST_TEST(secret(find, "other") == "(none)");
}

BOOST_AUTO_TEST_CASE(the_first_folder_that_has_the_secret_wins)
{
    const temporary_folder first;
    const temporary_folder second;
    write(first.path() / "key", "first");
    write(second.path() / "key", "second");
    write(second.path() / "other", "also second");
    const resolver find = make_resolver({first.path(), second.path()});
    BOOST_TEST(secret(find, "key") == "first");
    BOOST_TEST(secret(find, "other") == "also second");
}

BOOST_AUTO_TEST_CASE(a_file_that_others_may_read_is_no_secret)
{
    const temporary_folder folder;
    write(folder.path() / "group", "a", std::filesystem::perms(0640));
    write(folder.path() / "world", "b", std::filesystem::perms(0604));
    const resolver find = make_resolver({folder.path()});
    BOOST_TEST(secret(find, "group") == "(none)");
    BOOST_TEST(secret(find, "world") == "(none)");
}

BOOST_AUTO_TEST_CASE(a_secret_is_a_file_of_its_folder_and_of_no_other)
{
    const temporary_folder folder;
    const std::filesystem::path within = folder.path() / "within";
    std::filesystem::create_directory(within);
    std::filesystem::create_directory(within / "folder");
    write(folder.path() / "outside", "a");
    write(within / ".hidden", "b");
    const resolver find = make_resolver({within});
    BOOST_TEST(secret(find, "../outside") == "(none)");
    BOOST_TEST(secret(find, (folder.path() / "outside").string()) == "(none)");
    BOOST_TEST(secret(find, ".hidden") == "(none)");
    BOOST_TEST(secret(find, "folder") == "(none)");
}

BOOST_AUTO_TEST_SUITE_END()
