// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/packages/trust.hpp"

#include "fixtures.hpp"

#include <boost/test/unit_test.hpp>

#include <unistd.h>

namespace penstock::host
{

namespace
{

std::string trust_of(const std::filesystem::path& path)
{
    const auto wrong = distrust(path);
    return wrong ? to_string(*wrong) : "trusted";
}

/// `above/inner/a.so`, all of them this user's.
struct tree
{
    temporary_folder top;
    std::filesystem::path above = top.path() / "above";
    std::filesystem::path inner = above / "inner";
    std::filesystem::path file = inner / "a.so";

    tree()
    {
        std::filesystem::create_directories(inner);
        write_file(file, "x");
    }

    static void set_mode(const std::filesystem::path& path, unsigned mode)
    {
        std::filesystem::permissions(path, std::filesystem::perms(mode));
    }
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(trust, tree)

BOOST_AUTO_TEST_CASE(is_given_to_what_only_root_and_this_user_may_change)
{
    BOOST_TEST(trust_of(file) == "trusted");
    BOOST_TEST(trust_of("/usr/lib") == "trusted");
}

BOOST_AUTO_TEST_CASE(ends_below_a_folder_that_others_may_write_to)
{
    set_mode(above, 0777);
    const std::string expected =
        above.string() +
        ": is writable by others; one that only its owner can write to was expected";
    BOOST_TEST(trust_of(file) == expected);
    BOOST_TEST(to_string(*check_folder(inner)) == expected);
}

BOOST_AUTO_TEST_CASE(is_kept_below_a_sticky_folder)
{
    set_mode(above, 01777);
    BOOST_TEST(trust_of(file) == "trusted");
}

BOOST_AUTO_TEST_CASE(ends_at_what_belongs_to_another_user)
{
    for (const std::filesystem::path& each : {file, inner, above})
    {
        if (::chown(each.c_str(), 65534, static_cast<::gid_t>(-1)) != 0)
        {
            BOOST_TEST_MESSAGE("not run: only root can give a file away");
            return;
        }
        BOOST_TEST(trust_of(file) == each.string() + ": belongs to another user; one of root or of "
                                                     "this user was expected");
        BOOST_REQUIRE(::chown(each.c_str(), ::geteuid(), static_cast<::gid_t>(-1)) == 0);
    }
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace penstock::host
