// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "live_host.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include <sys/resource.h>

BOOST_AUTO_TEST_SUITE(rude_clients)

using namespace penstock::e2e;

namespace
{

constexpr std::size_t mib = 1'024 * 1'024;

// The host that a test starts inherits the limit.
void allow_descriptors(rlim_t wanted)
{
    rlimit now{};
    ::getrlimit(RLIMIT_NOFILE, &now);
    now.rlim_cur = std::min(std::max(wanted, now.rlim_cur), now.rlim_max);
    ::setrlimit(RLIMIT_NOFILE, &now);
}

std::vector<std::string> impatient(const scratch& home)
{
    const std::string text = graph("rude", {{"read", "json/read"}, {"answer", "http/reply"}},
                                   {{"read.out", "answer.in"}});
    return {home.write("g.json", text), "--header-time", "1s", "--body-time", "1s"};
}

bool serves(live_host& host)
{
    return host->post("/data?ack=processed", "application/json", R"({"a": 1})").status == 200;
}

footprint warmed_up(live_host& host)
{
    for (int n = 0; n < 50; ++n)
        BOOST_REQUIRE(serves(host));
    return host.measure();
}

void must_be_as_before(live_host& host, const footprint& before)
{
    BOOST_TEST(serves(host));
    BOOST_TEST(host.shrinks_to(before));
    const footprint after = host.measure();
    BOOST_TEST_MESSAGE("resident memory " << before.resident / 1'024 << " KiB, then "
                                          << after.resident / 1'024 << " KiB");
    BOOST_TEST(growth(before, after) < 24 * mib);
    BOOST_TEST(host.stop().code == 0);
}

// A request with something wrong, or sometimes right.
std::string malformed(std::mt19937& random)
{
    const auto below = [&](std::size_t end)
    { return std::uniform_int_distribution<std::size_t>(0, end - 1)(random); };
    const std::string json = R"({"a": [1, 2.5, "text", {"b": null}]})";
    const std::string head =
        "POST /data HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
    const std::string whole =
        head + "Content-Length: " + std::to_string(json.size()) + "\r\n\r\n" + json;
    std::string text = whole;
    switch (below(5))
    {
    case 0: // noise
        text.resize(1 + below(300));
        std::ranges::generate(text, [&] { return static_cast<char>(below(256)); });
        return text;
    case 1: // cut
        text.resize(below(text.size()));
        return text;
    case 2: // some bytes changed
        for (std::size_t n = 0; n <= below(4); ++n)
            text[below(text.size())] = static_cast<char>(below(256));
        return text;
    case 3: // a wrong length
        return head + "Content-Length: " + std::to_string(below(100)) + "\r\n\r\n" + json;
    default: // cut JSON of the right length
    {
        const std::string cut = json.substr(0, 1 + below(json.size() - 1));
        return head + "Content-Length: " + std::to_string(cut.size()) + "\r\n\r\n" + cut;
    }
    }
}

} // namespace

BOOST_AUTO_TEST_CASE(clients_that_go_away_within_their_body_leave_nothing_behind)
{
    constexpr int clients = 500;
    const scratch home;
    live_host host(home, impatient(home));
    const footprint before = warmed_up(host);
    const std::uint64_t accepted = host.account_of("rude").accepted;
    for (int n = 0; n < clients; ++n)
    {
        raw_client client = host.connect();
        client.send("POST /data HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    "Content-Length: 1000000\r\n\r\n" +
                    std::string(100'000, ' '));
        if (n % 2 == 0)
            client.reset();
    }
    BOOST_TEST(host.account_of("rude").accepted == accepted);
    must_be_as_before(host, before);
}

BOOST_AUTO_TEST_CASE(clients_that_do_not_wait_for_their_answer_leave_nothing_behind)
{
    constexpr std::uint64_t clients = 500;
    const scratch home;
    live_host host(home, impatient(home));
    const footprint before = warmed_up(host);
    const std::uint64_t accepted = host.account_of("rude").accepted;
    for (std::uint64_t n = 0; n < clients; ++n)
        host.connect().send("POST /data?ack=processed HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                            "application/json\r\nContent-Length: 2\r\n\r\n{}");
    BOOST_TEST(eventually([&] { return host.account_of("rude").accepted == accepted + clients; }));
    const account total = host.settle("rude");
    BOOST_TEST(total.delivered == total.accepted);
    must_be_as_before(host, before);
}

BOOST_AUTO_TEST_CASE(ten_thousand_malformed_requests_leave_it_serving)
{
    const scratch home;
    live_host host(home, impatient(home));
    const footprint before = warmed_up(host);
    std::mt19937 random(20'260'101);
    for (int n = 0; n < 10'000; ++n)
    {
        raw_client client = host.connect();
        client.send(malformed(random));
        if (n % 2 == 0)
        {
            client.reset();
            continue;
        }
        client.half_close();
        BOOST_REQUIRE(client.read_to_end().has_value());
    }
    must_be_as_before(host, before);
}

BOOST_AUTO_TEST_CASE(a_thousand_slow_connections_are_closed_while_others_are_served)
{
    constexpr std::size_t crowd = 1'000;
    allow_descriptors(4'096);
    const scratch home;
    live_host host(home, impatient(home));
    const footprint before = warmed_up(host);
    std::vector<raw_client> slow;
    for (std::size_t n = 0; n < crowd; ++n)
    {
        slow.push_back(host.connect());
        slow.back().send(n % 2 == 0 ? "GET /data HTTP/1.1\r\nX-Note: "
                                    : "POST /data HTTP/1.1\r\nHost: localhost\r\nContent-Type: "
                                      "application/json\r\nContent-Length: 900\r\n\r\n{");
    }
    const auto begin = clock::now();
    std::size_t served = 0;
    while (host.measure().descriptors > before.descriptors + 1)
    {
        BOOST_REQUIRE((clock::now() - begin < std::chrono::seconds(10)));
        BOOST_REQUIRE(serves(host));
        ++served;
        // Each dribbles on; a deadline that a byte moves would never come.
        for (std::size_t n = served % 10; n < crowd; n += 10)
            slow[n].send("a");
    }
    BOOST_TEST((clock::now() - begin < std::chrono::seconds(4)));
    BOOST_TEST(served >= 10U);
    for (raw_client& client : slow)
        BOOST_TEST(client.read_to_end().has_value());
    must_be_as_before(host, before);
}

BOOST_AUTO_TEST_SUITE_END()
