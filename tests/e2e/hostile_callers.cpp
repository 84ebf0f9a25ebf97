// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "live_host.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <future>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(hostile_callers)

using namespace penstock::e2e;
using namespace std::chrono_literals;
using clock = std::chrono::steady_clock;

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
    auto asking = std::async(
        std::launch::async,
        [&]
        {
            caller client(host.port());
            std::string last;
            for (int i = 0; i < 8; ++i)
                last = client.post("/api/graphs/g/validate", "application/json", nonsense).body;
            return last;
        });
    std::vector<clock::duration> waits;
    const clock::time_point begin = clock::now();
    do
    {
        const clock::time_point asked = clock::now();
        BOOST_TEST(host->ask("GET", "/livez").status == 200U);
        waits.push_back(clock::now() - asked);
    } while (asking.wait_for(1ms) != std::future_status::ready);
    BOOST_TEST((clock::now() - begin < 20s));
    std::ranges::nth_element(waits, waits.begin() + static_cast<long>(waits.size() / 2));
    BOOST_TEST((waits[waits.size() / 2] <= 50ms));
    const auto problems = penstock::parse_json(asking.get()).at("problems").as_array();
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
