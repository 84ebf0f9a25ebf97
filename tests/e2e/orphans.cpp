// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "supervised_host.hpp"

#include <boost/test/unit_test.hpp>

#include <csignal>
#include <string>

BOOST_AUTO_TEST_SUITE(orphans)

using namespace penstock::e2e;

BOOST_AUTO_TEST_CASE(what_a_program_began_ends_with_a_worker_that_is_killed)
{
    const scratch home;
    const std::string told = home.write("began", "");
    const std::string text =
        graph("asking",
              {{"read", "json/read"},
               {"ask", "exec/run",
                R"({"command": ["sh", "-c", "sleep 1000 & echo $! > )" + told + R"(; wait"]})"},
               {"answer", "http/reply"}},
              {{"read.out", "ask.in"}, {"ask.out", "answer.in"}});
    supervised_host fresh(home, {home.write("asking.json", text)});
    BOOST_TEST(fresh->post("/data", "application/json", R"({"n": 1})").status == 202U);
    BOOST_TEST_REQUIRE(eventually([&] { return has(read_file(told), "\n"); }));
    const pid_t program = std::stoi(read_file(told));
    BOOST_TEST(lives(program));
    BOOST_TEST(::kill(fresh.worker(), SIGKILL) == 0);
    (void)fresh.wait_for_crash();
    BOOST_TEST(eventually([&] { return !lives(program); }));
}

BOOST_AUTO_TEST_SUITE_END()
