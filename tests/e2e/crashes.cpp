// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "crashing_documents.hpp"
#include "supervised_host.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <set>
#include <signal.h>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(crashes, *boost::unit_test::enable_if<!penstock::e2e::is_sanitized>())

using namespace penstock::e2e;
using namespace std::chrono_literals;
namespace json = penstock::json;

namespace
{

constexpr auto greatest_gap = 2000ms; // 250 ms, but for what else this machine does

// The first of a packet is in no careful mode, and is held against nobody.
constexpr int crashes_of_a_packet = 4;

// Sends a packet that does its worst between others; it is named and put away after three crashes
// in careful mode, and nothing else.
void survive(const std::string& how, const std::string& reason,
             const std::vector<std::string>& more = {})
{
    constexpr int ordinary = 40;
    const scratch home;
    std::vector<std::string> arguments{evil_graph(home)};
    arguments.insert(arguments.end(), more.begin(), more.end());
    supervised_host host(home, arguments);
    for (int n = 0; n < ordinary / 2; ++n)
        host.send(document(n));
    host.send(document(-1, how));
    for (int crash = 0; crash < crashes_of_a_packet;
         ++crash) // the packet may come again before requests do
        host.wait_for_crash();
    const auto gap = host.wait_until_it_serves_again();
    BOOST_TEST_MESSAGE(how << ": nobody served for " << gap.count() << " ms");
    BOOST_TEST((gap <= greatest_gap), how << ": " << gap.count() << " ms");
    for (int n = ordinary / 2; n < ordinary; ++n)
    {
        caller fresh(host.port());
        BOOST_REQUIRE(fresh.post("/data", "application/json", document(n)).status == 202U);
    }
    BOOST_TEST(eventually([&] { return written(home.at("g.ndjson")) == up_to(ordinary); }), how);
    BOOST_TEST(eventually([&] { return !letters_of(host).empty(); }), how);
    const json::array dead = letters_of(host);
    BOOST_REQUIRE_MESSAGE(dead.size() == 1U, how << ": " << dead);
    BOOST_TEST(text_of(dead.at(0).at("reason")) == reason);
    BOOST_TEST(dead.at(0).at("attempts").to_number<int>() == 3);
    BOOST_TEST(text_of(dead.at(0).at("node")) == "obey");
    BOOST_TEST(text_of(dead.at(0).at("component")) == "evil/obey@1.2.3");
    const ended end = host.stop();
    BOOST_TEST(end.code == 0, end.err);
    BOOST_TEST(count_of(end.err, "the worker died of") == std::size_t{crashes_of_a_packet},
               end.err);
}

} // namespace

BOOST_AUTO_TEST_CASE(a_packet_that_segfaults_is_put_away)
{
    survive("segfault", "crash: SIGSEGV in evil/obey@1.2.3, 3 times");
}

BOOST_AUTO_TEST_CASE(a_packet_that_aborts_is_put_away)
{
    survive("abort", "crash: SIGABRT in evil/obey@1.2.3, 3 times");
}

BOOST_AUTO_TEST_CASE(a_packet_that_divides_by_zero_is_put_away)
{
    survive("divide", "crash: SIGFPE in evil/obey@1.2.3, 3 times");
}

BOOST_AUTO_TEST_CASE(a_packet_that_overflows_the_stack_is_put_away)
{
    survive("overflow", "crash: SIGSEGV, stack overflow in evil/obey@1.2.3, 3 times");
}

BOOST_AUTO_TEST_CASE(a_packet_that_frees_twice_is_put_away)
{
    survive("free", "crash: SIGABRT in evil/obey@1.2.3, 3 times");
}

BOOST_AUTO_TEST_CASE(a_packet_that_ends_in_terminate_is_put_away)
{
    survive("terminate", "crash: SIGABRT in evil/obey@1.2.3, 3 times");
}

BOOST_AUTO_TEST_CASE(a_packet_that_crashes_blocking_work_is_put_away)
{
    survive("thread", "crash: SIGSEGV in evil/obey@1.2.3, 3 times");
}

BOOST_AUTO_TEST_CASE(a_packet_that_hangs_is_put_away)
{
    survive("hang", "crash: ran for 500 ms in evil/obey@1.2.3, 3 times", {"--hang-limit", "500ms"});
}

BOOST_AUTO_TEST_CASE(where_a_component_hangs_is_told)
{
    const scratch home;
    supervised_host host(home, {evil_graph(home), "--hang-limit", "2s"});
    host.send(document(-1, "hang"));
    const std::string line = host.child().wait_for("evil/obey@1.2.3 is at ");
    BOOST_TEST(has(line, "evil.so+0x"), line);
    BOOST_TEST(has(line, "penstock+0x"), line); // the host, which runs the component
    host.wait_for_crash();
}

BOOST_AUTO_TEST_CASE(a_thrown_int_is_a_failure_and_no_crash)
{
    const scratch home;
    supervised_host host(home, {evil_graph(home)});
    const pid_t worker = host.worker();
    host.send(document(-1, "int"));
    host.send(document(0));
    BOOST_TEST(eventually([&] { return written(home.at("g.ndjson")) == up_to(1); }));
    const json::array dead = letters_of(host);
    BOOST_REQUIRE(dead.size() == 1U);
    BOOST_TEST(text_of(dead.at(0).at("reason")) == "threw something that is no std::exception");
    BOOST_TEST(host.worker() == worker);
}

BOOST_AUTO_TEST_CASE(two_such_packets_are_each_put_away)
{
    const scratch home;
    supervised_host host(home, {evil_graph(home), "--lanes", "4"});
    for (int n = 0; n < 20; ++n)
        host.send(document(n));
    host.send("[" + document(-1, "segfault") + "," + document(-2, "abort") + "]");
    constexpr int both = crashes_of_a_packet + 3; // it is careful by then
    BOOST_TEST(eventually([&] { return written(home.at("g.ndjson")) == up_to(20); }));
    for (int times = 0; times < both; ++times)
        host.wait_for_crash();
    host.wait_until_it_serves_again();
    BOOST_TEST(eventually([&] { return letters_of(host).size() == 2U; }));
    const json::array dead = letters_of(host);
    BOOST_REQUIRE(dead.size() == 2U);
    std::set<std::string> reasons{text_of(dead.at(0).at("reason")),
                                  text_of(dead.at(1).at("reason"))};
    BOOST_TEST(reasons == (std::set<std::string>{"crash: SIGABRT in evil/obey@1.2.3, 3 times",
                                                 "crash: SIGSEGV in evil/obey@1.2.3, 3 times"}),
               boost::test_tools::per_element());
    const ended end = host.stop();
    BOOST_TEST(end.code == 0, end.err);
    BOOST_TEST(count_of(end.err, "the worker died of") == std::size_t{both}, end.err);
}

BOOST_AUTO_TEST_CASE(a_component_that_holds_several_packets_has_none_of_them_blamed)
{
    const scratch home;
    const std::string text =
        graph("g", {{"read", "json/read"}, {"hoard", "evil/hoard"}}, {{"read.out", "hoard.in"}});
    supervised_host host(home, {home.write("g.json", text), "--lanes", "1"});
    for (int n = 0; n < 3; ++n)
        host.send(document(n));
    const std::string line = host.child().wait_for("crashed the worker");
    BOOST_TEST(line.ends_with("g/hoard: evil/hoard@1.2.3 crashed the worker: SIGABRT"), line);
}

BOOST_AUTO_TEST_CASE(a_component_that_three_packets_crash_stops_its_graph_until_it_is_deployed)
{
    const scratch home;
    const std::string file = evil_graph(home);
    supervised_host host(home, {file, "--lanes", "1"});
    BOOST_REQUIRE(eventually(
        [&]
        {
            try
            {
                caller fresh(host.port());
                const auto ready = fresh.ask("GET", "/readyz");
                if (ready.status == 200U)
                    host.send(document(-1, "segfault")); // may meet a worker that dies of another
                return ready.status == 503U && has(ready.body, "evil/obey@1.2.3");
            }
            catch (const std::runtime_error&)
            {
                return false;
            }
        },
        30s));
    const pid_t worker = host.worker();
    caller client(host.port());
    const json::value state = client.get("/api/graphs/g/state");
    BOOST_TEST(text_of(state.at("state")) == "failed");
    BOOST_TEST(has(text_of(state.at("causes").at(0).at("last_error")), "evil/obey@1.2.3"));
    BOOST_TEST(text_of(state.at("causes").at(0).at("node")) == "obey");
    for (int n = 0; n < 10; ++n)
        BOOST_TEST(client.post("/data", "application/json", document(n)).status == 202U);
    BOOST_TEST(client.post("/data", "text/plain", "x").status == 415U);
    BOOST_TEST(host.worker() == worker);

    // The same graph without the component: what waited is processed.
    const std::string harmless =
        graph("g",
              {{"read", "json/read"},
               {"obey", "fields/set", R"({"field": "mended", "value": true})"},
               {"write", "files/write", R"({"path": ")" + home.at("g.ndjson") + "\"}"}},
              {{"read.out", "obey.in"}, {"obey.out", "write.in"}});
    BOOST_TEST(
        client.ask("POST", "/api/graphs/g/deploy", {{"Content-Type", "application/json"}}, harmless)
            .status == 200U);
    BOOST_TEST(client.ask("GET", "/readyz").status == 200U);
    BOOST_TEST(
        eventually([&] { return std::ranges::includes(written(home.at("g.ndjson")), up_to(10)); }));
    BOOST_TEST(host.worker() == worker);
}

BOOST_AUTO_TEST_CASE(after_too_many_crashes_data_is_taken_in_and_no_graph_is_run)
{
    const scratch home;
    supervised_host host(home, {evil_graph(home, "one"), evil_graph(home, "two"), "--lanes", "1"});
    const auto crash =
        [&](const std::string& name, int n, int crashes, const std::string& query = "")
    {
        host.send(document(n, "segfault"), "/graphs/" + name + "/data" + query);
        for (int times = 0; times < crashes; ++times)
            host.wait_for_crash();
        host.wait_until_it_serves_again();
    };
    const auto put_away = [&](std::size_t count)
    { BOOST_TEST(eventually([&] { return letters_of(host).size() == count; })); };
    crash("one", -1, crashes_of_a_packet);
    put_away(1);
    crash("two", -1, crashes_of_a_packet);
    put_away(2);
    for (int n = -2; n > -5; --n) // nine, ten, eleven; nothing of them comes again
        crash("one", n, 1, "?ack=memory");
    caller client(host.port());
    const auto ready = client.ask("GET", "/readyz");
    BOOST_TEST(ready.status == 503U);
    BOOST_TEST(has(ready.body, "crashed too often"), ready.body);
    BOOST_TEST(client.ask("GET", "/livez").status == 200U);
    for (int n = 0; n < 5; ++n)
        BOOST_TEST(client.post("/data", "application/json", document(n)).status == 202U);
    BOOST_TEST(written(home.at("one.ndjson")).empty());

    BOOST_TEST(client.ask("POST", "/api/graphs/one/deploy").status == 200U);
    BOOST_TEST(eventually([&] { return written(home.at("one.ndjson")) == up_to(5); }));
}

BOOST_AUTO_TEST_SUITE_END()
