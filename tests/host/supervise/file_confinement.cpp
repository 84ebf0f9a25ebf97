// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/supervise/file_confinement.hpp"

#include "tests/host/temporary_folder.hpp"

#include <boost/test/unit_test.hpp>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <string>

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

BOOST_AUTO_TEST_SUITE(file_confinement)

using penstock::host::supervise::confine_files;

namespace
{

constexpr int not_there = 77; // the kernel has no Landlock

/// Runs something in a process of its own that is confined; returns its exit code.
int confined(const std::filesystem::path& readable, const std::function<int()>& work)
{
    const pid_t child = ::fork();
    if (child == 0)
        ::_exit(confine_files({readable}) ? work() : not_there);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int try_to_open(const std::string& path, int flags)
{
    return ::open(path.c_str(), flags | O_NONBLOCK, 0600) < 0 ? 1 : 0;
}

bool skips(int code)
{
    if (code == not_there)
        BOOST_TEST_MESSAGE("not run: this kernel has no Landlock");
    return code == not_there;
}

} // namespace

BOOST_AUTO_TEST_CASE(lets_a_process_read_below_what_it_is_given_alone)
{
    const penstock::host::testing::temporary_folder folder;
    const std::filesystem::path given = folder.path() / "given";
    std::filesystem::create_directory(given);
    std::ofstream(given / "inside") << "x";
    std::ofstream(folder.path() / "outside") << "x";
    const int inside = confined(given, [&] { return try_to_open(given / "inside", O_RDONLY); });
    if (skips(inside))
        return;
    BOOST_TEST(inside == 0);
    BOOST_TEST(confined(given, [&] { return try_to_open(folder.path() / "outside", O_RDONLY); }) ==
               1);
    BOOST_TEST(try_to_open("/dev/null", O_RDONLY) == 0); // who is not confined may
    BOOST_TEST(confined(given, [&] { return try_to_open("/dev/null", O_RDONLY); }) == 1);
}

BOOST_AUTO_TEST_CASE(keeps_a_process_from_changing_anything)
{
    const penstock::host::testing::temporary_folder folder;
    const std::string made = folder.path() / "made";
    const std::string old = folder.path() / "old";
    const std::string pipe = folder.path() / "pipe";
    std::ofstream(old) << "x";
    BOOST_REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    const int code = confined(folder.path(), [&] { return try_to_open(made, O_WRONLY | O_CREAT); });
    if (skips(code))
        return;
    BOOST_TEST(code == 1);
    BOOST_TEST(!std::filesystem::exists(made));
    BOOST_TEST(confined(folder.path(), [&] { return try_to_open(old, O_WRONLY | O_APPEND); }) == 1);
    BOOST_TEST(confined(folder.path(), [&] { return try_to_open(pipe, O_RDWR); }) == 1);
    BOOST_TEST(confined(folder.path(),
                        [&] { return ::rename(old.c_str(), made.c_str()) == 0 ? 0 : 1; }) == 1);
    BOOST_TEST(std::filesystem::exists(old));
    BOOST_TEST(confined(folder.path(), [&] { return ::unlink(old.c_str()) == 0 ? 0 : 1; }) == 1);
    BOOST_TEST(confined(folder.path(), [&] { return ::mkfifo(made.c_str(), 0600) == 0 ? 0 : 1; }) ==
               1);
}

BOOST_AUTO_TEST_SUITE_END()
