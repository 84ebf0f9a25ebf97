// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/store/token_reading.hpp"

#include "host/store/token.hpp"
#include "tests/host/temporary_folder.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>
#include <string>

BOOST_AUTO_TEST_SUITE(token_reading)

using namespace penstock::host;
using penstock::host::testing::temporary_folder;

namespace
{

std::string write(const temporary_folder& in, const std::string& text, std::filesystem::perms mode)
{
    const std::filesystem::path file = in.path() / "token";
    std::ofstream(file) << text;
    std::filesystem::permissions(file, mode);
    return file;
}

constexpr auto own = std::filesystem::perms::owner_read | std::filesystem::perms::owner_write;

} // namespace

BOOST_AUTO_TEST_CASE(the_token_of_a_file_is_read_without_the_ends_of_its_line)
{
    const temporary_folder home;
    const std::string token = random_token();
    for (const char* end : {"", "\n", "\r\n", "\n\n"})
        BOOST_TEST(*read_token(write(home, token + end, own)) == token);
}

BOOST_AUTO_TEST_CASE(what_is_no_token_or_open_to_others_is_refused_and_not_shown)
{
    const temporary_folder home;
    const std::string token = random_token();
    const std::string file = write(home, "nonsense", own);
    BOOST_TEST(to_string(read_token(file).error()) ==
               file + ": holds no token; what penstock token new printed was expected");
    write(home, token, own | std::filesystem::perms::group_read);
    BOOST_TEST(to_string(read_token(file).error()) ==
               file + ": is open to others; mode 0600 was expected");
    BOOST_TEST(read_token(home.path() / "none").has_error());
    BOOST_TEST(to_string(checked_token(token + "x", "PENSTOCK_TOKEN").error()) ==
               "PENSTOCK_TOKEN: holds no token; what penstock token new printed was expected");
}

BOOST_AUTO_TEST_SUITE_END()
