// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "supervised_host.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <signal.h>
#include <sys/resource.h>

BOOST_AUTO_TEST_SUITE(supervision)

using namespace penstock::e2e;
using namespace std::chrono_literals;
namespace json = penstock::json;

namespace
{

std::string fragile_graph(const std::string& how)
{
    return graph("fragile",
                 {{"read", "json/read"},
                  {"bad", "debug/fail", R"({"field": "bad", "how": ")" + how + "\"}"},
                  {"answer", "http/reply"}},
                 {{"read.out", "bad.in"}, {"bad.out", "answer.in"}});
}

// Whether a signal holds every thread of a process.
bool has_stopped(pid_t process)
{
    const std::string tasks = "/proc/" + std::to_string(process) + "/task";
    for (const auto& each : std::filesystem::directory_iterator(tasks))
    {
        std::ifstream file(each.path() / "stat");
        const std::string text(std::istreambuf_iterator<char>(file), {});
        if (!has(text, ") T "))
            return false;
    }
    return true;
}

} // namespace

// A sanitizer catches the signal itself, and ends the process with a code.
BOOST_AUTO_TEST_CASE(a_worker_that_crashes_is_started_anew,
                     *boost::unit_test::enable_if<!is_sanitized>())
{
    for (const std::string how : {"segfault", "abort", "overflow"})
    {
        const scratch home;
        supervised_host host(home, {home.write("g.json", fragile_graph(how)), "--journal", "memory",
                                    "--ack", "memory"}); // else what crashes it comes back
        const pid_t before = host.worker();
        BOOST_TEST(host.answer() == 200U);
        host.send(R"({"bad": 1})", "/data?ack=processed");
        host.wait_for_crash();
        const auto gap = host.wait_until_it_serves_again();
        BOOST_TEST_MESSAGE(how << ": nobody served for " << gap.count() << " ms");
        BOOST_TEST(gap.count() <= 2000);
        BOOST_TEST(host.worker() != before);
        BOOST_TEST(!lives(before));
        BOOST_TEST(host.answer() == 200U);
        BOOST_TEST(host.stop().code == 0);
    }
}

BOOST_AUTO_TEST_CASE(a_worker_that_is_killed_is_started_anew)
{
    const scratch home;
    supervised_host host(home, {home.write("g.json", fragile_graph("throw"))});
    for (int n = 0; n < 3; ++n)
    {
        ::kill(host.worker(), SIGKILL);
        host.child().wait_for("the worker died of SIGKILL");
        BOOST_TEST(host.wait_until_it_serves_again().count() <= 2000);
        BOOST_TEST(host.answer() == 200U);
    }
    BOOST_TEST(host.stop().code == 0);
}

BOOST_AUTO_TEST_CASE(connections_that_wait_outlive_the_worker)
{
    constexpr int waiting = 100;
    const scratch home;
    supervised_host host(home, {home.write("g.json", fragile_graph("throw"))});
    const pid_t worker = host.worker();
    ::kill(worker, SIGSTOP); // it accepts nobody once it has stopped
    BOOST_TEST_REQUIRE(eventually([&] { return has_stopped(worker); }));
    std::vector<raw_client> clients;
    for (int n = 0; n < waiting; ++n)
    {
        clients.push_back(host.connect());
        clients.back().send("GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }
    ::kill(worker, SIGKILL);
    for (raw_client& each : clients)
        BOOST_TEST(each.read_answer().status == 200U);
}

BOOST_AUTO_TEST_CASE(the_worker_does_not_outlive_its_supervisor)
{
    const scratch home;
    pid_t worker = -1;
    {
        supervised_host host(home, {home.write("g.json", fragile_graph("throw"))});
        worker = host.worker();
        BOOST_REQUIRE(worker > 0);
        BOOST_TEST(lives(worker));
        host.child().signal(SIGKILL);
        BOOST_TEST(eventually([&] { return !lives(worker); }));
    }
    live_host next(home, {}); // gets the lock of the data directory
    BOOST_TEST(next->ask("GET", "/livez").status == 200U);
}

BOOST_AUTO_TEST_CASE(sigterm_and_sighup_reach_the_worker)
{
    const scratch home;
    supervised_host host(home, {home.write("g.json", fragile_graph("throw"))});
    const pid_t worker = host.worker();
    host.child().signal(SIGHUP);
    host.child().wait_for("reloaded");
    BOOST_TEST(host.worker() == worker);
    BOOST_TEST(host.answer() == 200U);
    const ended end = host.stop();
    BOOST_TEST(end.code == 0, end.err);
    BOOST_TEST(has(end.err, "fragile: 1 accepted, 1 delivered"), end.err);
    BOOST_TEST(!lives(worker));
}

BOOST_AUTO_TEST_CASE(nobody_is_kept_waiting_by_a_host_that_stops)
{
    const scratch home;
    gate held(home, "gate");
    supervised_host host(
        home,
        {home.write("g.json", graph("gated",
                                    {{"read", "json/read"},
                                     {"hold", "gate/hold", R"({"path": ")" + held.path() + "\"}"}},
                                    {{"read.out", "hold.in"}})),
         "--packages", gate_folder()});
    BOOST_TEST(host->post("/data", "application/json", "{}").status == 202U);
    host.child().signal(SIGTERM);
    host.child().wait_for("stopping");
    for (int i = 0; i < 3; ++i)
    {
        raw_client late = host.connect();
        late.send("GET /data HTTP/1.1\r\nHost: localhost\r\n\r\n");
        BOOST_TEST(late.read_answer().status == 503U);
    }
    held.open();
    BOOST_TEST(host.child().wait().code == 0);
    BOOST_CHECK_THROW(static_cast<void>(host.connect()), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(a_start_that_is_refused_is_not_tried_again)
{
    const scratch home;
    const std::string wrong = home.write("g.json", R"({"penstock": 1, "name": "g", "nodes": {}})");
    const ended end = penstock::host::cli::testing::run(
        home, {"run", wrong, "--listen", "127.0.0.1:0", "--data", home.at("data")});
    BOOST_TEST(end.code == 1);
    BOOST_TEST(!has(end.err, "supervisor"), end.err);
}

BOOST_AUTO_TEST_CASE(a_taken_port_is_told_before_a_worker_starts)
{
    const scratch home;
    const live_host first(home, {});
    const std::string taken = "127.0.0.1:" + std::to_string(first.port());
    const ended end = penstock::host::cli::testing::run(
        home, {"run", "--listen", taken, "--data", home.at("other")});
    BOOST_TEST(end.code == 1);
    BOOST_TEST(end.err.starts_with(taken + ": cannot be listened on: "), end.err);
}

// The journal is in memory: its files, too, could not grow.
BOOST_AUTO_TEST_CASE(a_limit_of_file_sizes_is_a_full_disk_and_no_crash)
{
    const scratch home;
    const std::string out = home.at("out.ndjson");
    supervised_host host(
        home, {home.write("g.json", graph("kept",
                                          {{"read", "json/read"},
                                           {"out", "files/write", R"({"path": ")" + out + "\"}"}},
                                          {{"read.out", "out.in"}})),
               "--journal", "memory", "--ack", "memory"});
    const pid_t before = host.worker();
    rlimit limit{};
    BOOST_REQUIRE(::prlimit(before, RLIMIT_FSIZE, nullptr, &limit) == 0);
    const rlimit small{4, limit.rlim_max};
    BOOST_REQUIRE(::prlimit(before, RLIMIT_FSIZE, &small, nullptr) == 0);
    caller client(host.port());
    BOOST_TEST(client.post("/data", "application/json", R"({"n": 1})").status == 202U);
    BOOST_TEST(eventually([&] { return has(client.ask("GET", "/readyz").body, "unavailable"); }));
    BOOST_REQUIRE(::prlimit(before, RLIMIT_FSIZE, &limit, nullptr) == 0);
    BOOST_TEST(eventually([&] { return std::filesystem::file_size(out) == 8; }));
    BOOST_TEST(host.worker() == before);
    BOOST_TEST(host.stop().code == 0);
}

BOOST_AUTO_TEST_CASE(a_crash_leaves_no_core_file)
{
    const scratch home;
    supervised_host host(home, {});
    rlimit limit{};
    BOOST_REQUIRE(::prlimit(host.worker(), RLIMIT_CORE, nullptr, &limit) == 0);
    BOOST_TEST(limit.rlim_cur == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
