// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/packages/folder_exchange.hpp"

#include "tests/host/temporary_folder.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <fstream>

BOOST_AUTO_TEST_SUITE(folder_exchange)

namespace files = std::filesystem;

namespace
{

/// Two folders, each with a file of its own.
struct two_folders
{
    two_folders()
    {
        for (const files::path& each : {made, target})
        {
            files::create_directory(each);
            std::ofstream(each / each.filename()).flush();
        }
    }

    penstock::host::testing::temporary_folder folder;
    files::path made = folder.path() / "made";
    files::path target = folder.path() / "target";
    bool replaced = false;
};

} // namespace

BOOST_FIXTURE_TEST_CASE(two_folders_exchange_their_names_at_once_or_in_steps, two_folders)
{
    for (const auto exchange :
         {penstock::host::exchange_folders, penstock::host::exchange_in_steps})
    {
        const bool before = files::exists(target / "target");
        BOOST_TEST(!exchange(made, target, replaced));
        BOOST_TEST(replaced);
        BOOST_TEST(files::exists(target / (before ? "made" : "target")));
        BOOST_TEST(files::exists(made / (before ? "target" : "made")));
    }
}

BOOST_FIXTURE_TEST_CASE(a_name_that_is_free_is_given_at_once_or_in_steps, two_folders)
{
    for (const auto exchange :
         {penstock::host::exchange_folders, penstock::host::exchange_in_steps})
    {
        const files::path free = folder.path() / "free";
        BOOST_TEST(!exchange(made, free, replaced));
        BOOST_TEST(!replaced);
        BOOST_TEST(!files::exists(made));
        files::rename(free, made);
    }
}

BOOST_FIXTURE_TEST_CASE(a_step_that_fails_leaves_the_names_as_they_were, two_folders)
{
    BOOST_TEST(
        bool(penstock::host::exchange_in_steps(folder.path() / "missing", target, replaced)));
    BOOST_TEST(files::exists(target / "target"));
}

BOOST_AUTO_TEST_SUITE_END()
