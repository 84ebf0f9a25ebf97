// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// A packet that does its worst while others are at work, and is found among them.
#include "crashing_documents.hpp"
#include "supervised_host.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>

BOOST_AUTO_TEST_SUITE(crashes)

using namespace penstock::e2e;
using namespace std::chrono_literals;
namespace json = penstock::json;

namespace
{

// Sends a document, in spite of workers that may die meanwhile: once, however often it is sent.
bool deliver(live_host& host, int n, const std::string& how = {})
{
    return eventually(
        [&]
        {
            try
            {
                caller fresh(host.port());
                return fresh
                           .post("/data", "application/json", document(n, how),
                                 {{"Idempotency-Key", std::to_string(n)}})
                           .status == 202U;
            }
            catch (const std::runtime_error&)
            {
                return false;
            }
        });
}

// Sends a packet that does its worst and is not to blame at once, for others were at work as well;
// returns the dead letter that it becomes. No other does.
json::object find_among_others(const std::string& component, const std::string& how)
{
    constexpr int ordinary = 40;
    const scratch home;
    supervised_host host(home, {evil_graph(home, "g", component), "--lanes", "1"});
    for (int n = 0; n < ordinary; ++n)
    {
        BOOST_TEST(deliver(host, n));
        if (n == ordinary / 2)
            BOOST_TEST(deliver(host, -1, how));
    }
    BOOST_TEST(eventually([&] { return written(home.at("g.ndjson")) == up_to(ordinary); }));
    const json::array dead = letters_of(host);
    BOOST_REQUIRE_MESSAGE(dead.size() == 1U, dead);
    BOOST_TEST(dead.at(0).at("attempts").to_number<int>() == 3);
    const ended end = host.stop();
    BOOST_TEST(end.code == 0, end.err);
    return dead.at(0).as_object();
}

} // namespace

BOOST_AUTO_TEST_CASE(a_packet_that_crashes_a_component_among_others_is_found_and_put_away)
{
    const json::object dead = find_among_others("bulk", "segfault");
    BOOST_TEST(text_of(dead.at("reason")) == "crash: SIGSEGV in evil/bulk@1.2.3, 3 times");
    BOOST_TEST(dead.at("packet").at("fields").at("n").to_number<int>() == -1);
}

BOOST_AUTO_TEST_CASE(a_request_that_has_the_host_killed_is_found_and_put_away)
{
    const json::object dead = find_among_others("obey", "kill");
    BOOST_TEST(text_of(dead.at("reason")) == "crash: SIGKILL, 3 times");
}

BOOST_AUTO_TEST_SUITE_END()
