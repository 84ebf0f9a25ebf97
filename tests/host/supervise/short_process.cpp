// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/supervise/short_process.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <string>

#include <unistd.h>

BOOST_AUTO_TEST_SUITE(a_short_process)

using penstock::host::supervise::run;
using penstock::host::supervise::short_process;
using penstock::host::supervise::short_process_end;
using kind = short_process_end::kind;
using namespace std::chrono_literals;

namespace
{

short_process shell(const std::string& script, std::chrono::milliseconds time = 20s)
{
    return {.program = "/bin/sh", .arguments = {"-c", script}, .environment = {}, .time = time};
}

} // namespace

BOOST_AUTO_TEST_CASE(reads_its_input_and_writes_its_result)
{
    const std::string text(1'000'000, 'x');
    const short_process_end end = run(shell("cat >&3; echo noise; echo noise >&2; exit 7"), text);
    BOOST_TEST((end.how == kind::exited));
    BOOST_TEST(end.code == 7);
    BOOST_TEST((end.output == text));
}

BOOST_AUTO_TEST_CASE(that_is_killed_tells_by_what)
{
    const short_process_end end = run(shell("kill -SEGV $$"), "");
    BOOST_TEST((end.how == kind::killed));
    BOOST_TEST(end.code == SIGSEGV);
}

BOOST_AUTO_TEST_CASE(that_runs_too_long_is_ended_with_all_that_it_started)
{
    const auto begin = std::chrono::steady_clock::now();
    const short_process_end end =
        run(shell("(while :; do :; done) & echo $! >&3; while :; do :; done", 300ms), "");
    BOOST_TEST((end.how == kind::timed_out));
    BOOST_TEST((std::chrono::steady_clock::now() - begin < 15s));
    const pid_t started = std::stoi(end.output);
    // Its end is reaped by whoever adopted it, soon.
    for (int i = 0; i < 1000 && ::kill(started, 0) == 0; ++i)
        ::usleep(10'000);
    BOOST_TEST(::kill(started, 0) != 0);
}

BOOST_AUTO_TEST_CASE(that_writes_too_much_is_ended)
{
    short_process what = shell("while :; do echo 0123456789 >&3; done");
    what.output = 100'000;
    const short_process_end end = run(what, "");
    BOOST_TEST((end.how == kind::too_long));
    BOOST_TEST(end.output.size() < 300'000U);
}

BOOST_AUTO_TEST_CASE(inherits_neither_environment_nor_descriptors)
{
    ::setenv("PENSTOCK_TEST_SECRET", "secret", 1);
    const int open_here = ::dup(STDIN_FILENO);
    short_process what = shell("env >&3; ls /proc/self/fd >&3");
    what.environment = {"GIVEN=given", "PATH=/usr/bin:/bin"};
    const short_process_end end = run(what, "");
    ::close(open_here);
    BOOST_TEST(end.output.find("GIVEN=given") != std::string::npos);
    BOOST_TEST(end.output.find("secret") == std::string::npos);
    BOOST_TEST(end.output.find("0\n1\n2\n3\n4\n") != std::string::npos); // 4 is the folder itself
    BOOST_TEST(end.output.ends_with("\n4\n"));
}

BOOST_AUTO_TEST_CASE(that_is_not_there_is_told)
{
    const short_process_end end = run({.program = "/nonexistent"}, "");
    BOOST_TEST((end.how == kind::not_run));
    BOOST_TEST(end.code == ENOENT);
}

BOOST_AUTO_TEST_SUITE_END()
