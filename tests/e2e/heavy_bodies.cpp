// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Bodies that cost more than they weigh, and what the host does for others meanwhile.
#include "live_host.hpp"
#include "tests/sdk/equal_hashes.hpp"

#include "host/net/content/content_coding.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <random>
#include <string>
#include <thread>
#include <vector>

BOOST_AUTO_TEST_SUITE(heavy_bodies)

using namespace penstock::e2e;

namespace
{

constexpr std::size_t mib = 1'024 * 1'024;
constexpr std::string_view json_type = "application/json";

std::vector<std::string> reading_json(const scratch& home)
{
    const std::string text =
        graph("heavy", {{"read", "json/read"}, {"end", "debug/null"}}, {{"read.out", "end.in"}});
    return {home.write("g.json", text), "--lanes", "1"};
}

/// Asks whether a host lives, again and again, and notes how long that takes.
class pulse
{
public:
    explicit pulse(std::uint16_t port) : asking_([this, port] { ask(port); }) {}

    ~pulse() { ended_ = true; }

    pulse(const pulse&) = delete;
    pulse& operator=(const pulse&) = delete;

    /// How long nine of ten answers took at most; once.
    [[nodiscard]] std::chrono::milliseconds usual()
    {
        ended_ = true;
        asking_.join();
        BOOST_TEST_REQUIRE(!times_.empty());
        std::ranges::sort(times_);
        BOOST_TEST(lives_);
        return std::chrono::ceil<std::chrono::milliseconds>(times_[times_.size() * 9 / 10]);
    }

private:
    void ask(std::uint16_t port)
    {
        caller asks(port);
        while (!ended_)
        {
            const auto begin = clock::now();
            lives_ = lives_ && asks.ask("GET", "/livez").status == 200;
            times_.push_back(clock::now() - begin);
            std::this_thread::yield();
        }
    }

    std::atomic<bool> ended_ = false;
    bool lives_ = true; // all the time
    std::vector<clock::duration> times_;
    std::jthread asking_;
};

// The most that a process has held.
std::size_t peak_of(live_host& host)
{
    std::ifstream status("/proc/" + std::to_string(host.child().id()) + "/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:"))
            return std::stoul(line.substr(6)) * 1'024;
    throw std::runtime_error("no VmHWM");
}

void must_live(pulse& heart)
{
    const auto usual = heart.usual();
    BOOST_TEST_MESSAGE("/livez within " << usual.count() << " ms");
    if (!is_sanitized)
        BOOST_TEST((usual <= std::chrono::milliseconds(50)));
}

} // namespace

BOOST_AUTO_TEST_CASE(a_packed_body_of_many_values_costs_no_more_memory_than_one_document_may)
{
    // As compressible as is allowed: 100 to 1.
    std::string noise;
    std::mt19937 random(7);
    while (noise.size() < 800'000)
        noise += static_cast<char>('A' + random() % 26);
    std::string body = "{\"noise\":\"" + noise + "\",\"a\":[[]";
    while (body.size() < 44 * mib)
        body += ",[]";
    body += "]}";
    const scratch home;
    live_host host(home, reading_json(home));
    pulse heart(host.port());
    const response answer =
        host->post("/data?ack=processed&wait=60s", json_type, penstock::host::http::gzip(body),
                   {{"Content-Encoding", "gzip"}});
    BOOST_TEST(answer.status == 200U, answer.body);
    BOOST_TEST(has(answer.body, "too large"), answer.body);
    must_live(heart);
    BOOST_TEST_MESSAGE("at most " << peak_of(host) / mib << " MiB");
    BOOST_TEST((is_sanitized || peak_of(host) < 800 * mib));
}

BOOST_AUTO_TEST_CASE(a_long_list_costs_the_memory_of_its_text)
{
    std::string body = "[{}";
    for (int n = 1; n < 300'000; ++n)
        body += ",{\"a\":[1,2,3,4,5,6,7,8,9,0]}";
    body += ']';
    const scratch home;
    live_host host(home, reading_json(home));
    pulse heart(host.port());
    const response answer = host->post("/data?ack=processed&wait=60s", json_type, body);
    BOOST_TEST(body_of(answer).at("delivered").to_number<int>() == 300'000);
    must_live(heart);
    BOOST_TEST_MESSAGE("at most " << peak_of(host) / mib << " MiB");
    BOOST_TEST((is_sanitized || peak_of(host) < 200 * mib));
}

BOOST_AUTO_TEST_CASE(keys_of_equal_hashes_hold_no_lane)
{
    const std::string crowded = penstock::tests::object_of_equal_hashes(65'536);
    std::string body = "[" + crowded;
    for (int n = 1; n < 8; ++n)
        body += "," + crowded;
    body += ']';
    const scratch home;
    live_host host(home, reading_json(home));
    pulse heart(host.port());
    const auto begin = clock::now();
    const response answer = host->post("/data?ack=processed&wait=60s", json_type, body);
    BOOST_TEST(answer.status == 200U);
    BOOST_TEST((is_sanitized || clock::now() - begin < std::chrono::seconds(10)));
    must_live(heart);
    std::string wide = "{\"0\":0";
    for (int n = 1; n < 1'000'000; ++n)
        wide += ",\"" + std::to_string(n) + "\":0";
    const response refused = host->post("/data", json_type, wide + '}');
    BOOST_TEST(refused.status == 400U);
    BOOST_TEST(has(refused.body, "at most 65536"));
}

BOOST_AUTO_TEST_SUITE_END()
