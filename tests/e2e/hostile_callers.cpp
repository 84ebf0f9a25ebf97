// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "live_host.hpp"
#include "pulse.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <filesystem>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <sys/resource.h>

BOOST_AUTO_TEST_SUITE(hostile_callers)

using namespace penstock::e2e;
using namespace std::chrono_literals;

namespace
{

constexpr std::size_t greatest_file = std::size_t{1} << 20;

/// A graph file of nearly the greatest length, in which each of many keys stands twice; no more
/// than an object may have.
std::string repeated_keys()
{
    std::string text = R"({"penstock": 1, "name": "g", "nodes": {"n": {"params": {)";
    for (int i = 0; text.size() < greatest_file - 100; ++i)
        text += (i == 0 ? "\"number_" : ",\"number_") + std::to_string(i / 2) + "\":0";
    return text + "}}}}";
}

} // namespace

// One such request took three minutes, on the one thread for all that is quick.
BOOST_AUTO_TEST_CASE(a_graph_file_of_nonsense_keeps_nobody_waiting)
{
    const scratch home;
    live_host host(home, {});
    const std::string nonsense = repeated_keys();
    pulse heart(host.port());
    const clock::time_point begin = clock::now();
    std::string last;
    for (int i = 0; i < 8; ++i)
        last = host->post("/api/graphs/g/validate", "application/json", nonsense).body;
    BOOST_TEST((is_sanitized || clock::now() - begin < 20s));
    heart.must_have_been_steady();
    const auto problems = penstock::parse_json(last).at("problems").as_array();
    BOOST_TEST(problems.size() == 100U);
    BOOST_TEST(host.stop().code == 0);
}

BOOST_AUTO_TEST_CASE(a_component_that_never_answers_does_not_keep_the_host_from_ending)
{
    const scratch home;
    const gate never(home, "never");
    live_host host(home, {"--packages", gate_folder(), "--drain", "200ms"});
    const std::string text =
        graph("stuck",
              {{"read", "json/read"},
               {"hold", "gate/hold", R"({"path": "x", "asked": ")" + never.path() + "\"}"}},
              {{"read.out", "hold.in"}});
    raw_client client = host.connect();
    client.send("POST /api/graphs/stuck/validate HTTP/1.1\r\nHost: localhost\r\n"
                "Content-Type: application/json\r\nContent-Length: " +
                std::to_string(text.size()) + "\r\n\r\n" + text);
    BOOST_REQUIRE(eventually([&] { return std::filesystem::exists(never.path() + ".begun"); }));
    BOOST_TEST(host->ask("GET", "/livez").status == 200U);
    const ended end = host.stop();
    BOOST_TEST(end.code == 0, end.err);
    BOOST_TEST(has(end.err, "work for a request has not ended, and is left behind"), end.err);
}

BOOST_AUTO_TEST_CASE(connections_that_use_up_all_descriptors_keep_nobody_waiting_who_is_there)
{
    const scratch home;
    live_host host(home, {});
    BOOST_TEST(host->ask("GET", "/livez").status == 200U); // on a connection that it keeps
    pulse heart(host.port());
    rlimit low{};
    BOOST_REQUIRE(::prlimit(host.child().id(), RLIMIT_NOFILE, nullptr, &low) == 0);
    low.rlim_cur = host.measure().descriptors + 20;
    BOOST_REQUIRE(::prlimit(host.child().id(), RLIMIT_NOFILE, &low, nullptr) == 0);
    std::vector<raw_client> crowd;
    for (int n = 0; n < 200; ++n)
        crowd.push_back(host.connect());
    for (int n = 0; n < 100; ++n)
        BOOST_TEST(host->ask("GET", "/livez").status == 200U);
    heart.must_have_been_steady();
}

BOOST_AUTO_TEST_CASE(idempotency_keys_that_nobody_repeats_keep_nobody_waiting)
{
    const scratch home;
    live_host host(
        home, {home.write("g.json", graph("keys", {{"read", "json/read"}, {"end", "debug/null"}},
                                          {{"read.out", "end.in"}}))});
    pulse heart(host.port());
    std::vector<std::jthread> senders;
    for (int sender = 0; sender < 4; ++sender)
        senders.emplace_back(
            [&host, sender]
            {
                caller client(host.port());
                for (int n = 0; n < 250; ++n)
                    client.post(
                        "/data", "application/json", "{}",
                        {{"Idempotency-Key", std::to_string(sender) + '-' + std::to_string(n) +
                                                 std::string(200, 'x')}});
            });
    senders.clear(); // joins them
    heart.must_have_been_steady();
    BOOST_TEST(host.settle("keys").delivered == 1'000U);
}

BOOST_AUTO_TEST_CASE(a_graph_file_that_is_too_long_is_refused)
{
    const scratch home;
    live_host host(home, {});
    const std::string text = std::string(greatest_file, ' ') + "{}";
    for (const auto& [method, path] :
         {std::pair{"PUT", "/api/graphs/g"}, std::pair{"POST", "/api/graphs/g/validate"},
          std::pair{"POST", "/api/graphs/g/deploy"}})
        BOOST_TEST(host->ask(method, path, {}, text).status == 413U, path);
}

BOOST_AUTO_TEST_SUITE_END()
