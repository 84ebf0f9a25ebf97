// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "live_host.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

BOOST_AUTO_TEST_SUITE(deployments)

using namespace penstock::e2e;

namespace
{

constexpr std::size_t mib = 1'024 * 1'024;

std::string version(std::size_t number, const std::string& out)
{
    return graph(
        "churn",
        {{"read", "json/read"},
         {"mark", "fields/set", R"({"field": "version", "value": )" + std::to_string(number) + "}"},
         {"keep", "files/write", R"({"path": ")" + out + "\"}"}},
        {{"read.out", "mark.in"}, {"mark.out", "keep.in"}});
}

// The number of requests that senders may make after each deployment, so that there is always load
// and the number of requests does not depend on the machine.
class ration
{
public:
    bool take()
    {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return left_ > 0 || over_; });
        if (left_ == 0)
            return false;
        --left_;
        return true;
    }

    void give(std::size_t more)
    {
        std::lock_guard lock(mutex_);
        left_ += more;
        changed_.notify_all();
    }

    void end()
    {
        std::lock_guard lock(mutex_);
        over_ = true;
        changed_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t left_ = 0;
    bool over_ = false;
};

struct sender_log
{
    std::atomic<std::size_t> accepted = 0;
    std::atomic<std::size_t> other = 0;
};

// Sends `{"n":1}`, `{"n":2}`…; with an id, so that they must stay in order, or without.
void send_numbers(std::uint16_t port, const std::string& target, ration& allowed, sender_log& log)
{
    caller client(port);
    while (allowed.take())
    {
        const std::string number = std::to_string(log.accepted + 1);
        const response answer = client.post(
            target, "application/json", R"({"from": ")" + target + R"(", "n": )" + number + "}");
        const bool good = has(target, "processed")
                              ? answer.status == 200 && body_of(answer).at("delivered") == 1
                              : answer.status == 202;
        ++(good ? log.accepted : log.other);
    }
}

// The numbers that came from one sender, in the order of the file.
std::vector<std::size_t> numbers_from(const std::string& lines, const std::string& target)
{
    const std::string before = R"({"from":")" + target + R"(","n":)";
    std::vector<std::size_t> found;
    for (std::size_t at = lines.find(before); at != std::string::npos;
         at = lines.find(before, at + 1))
        found.push_back(std::stoul(lines.substr(at + before.size(), 20)));
    return found;
}

bool counts_to(const std::vector<std::size_t>& numbers, std::size_t last)
{
    if (numbers.size() != last)
        return false;
    for (std::size_t n = 0; n < last; ++n)
        if (numbers[n] != n + 1)
            return false;
    return true;
}

} // namespace

BOOST_AUTO_TEST_CASE(deploying_under_load_loses_nothing_and_leaves_nothing_behind)
{
    constexpr std::size_t each_time = 20;
    constexpr std::size_t warm_after = 20;
    constexpr std::size_t rounds = is_sanitized ? 200 : 1'000;
    const scratch home;
    const std::string out = home.at("out.ndjson");
    live_host host(
        home, {home.write("g.json", version(0, out)), "--lanes", "2", "--blocking-threads", "2"});
    const std::string ordered = "/data/r/one", free = "/data", waiting = "/data?ack=processed";

    ration allowed;
    sender_log from_ordered, from_free, from_waiting;
    std::jthread first([&] { send_numbers(host.port(), ordered, allowed, from_ordered); });
    std::jthread second([&] { send_numbers(host.port(), free, allowed, from_free); });
    std::jthread third([&] { send_numbers(host.port(), waiting, allowed, from_waiting); });

    footprint warm;
    const auto begin = clock::now();
    for (std::size_t round = 1; round <= rounds; ++round)
    {
        allowed.give(each_time);
        const response kept = host->ask("PUT", "/api/graphs/churn", {}, version(round, out));
        const response deployed = host->ask("POST", "/api/graphs/churn/deploy");
        if (kept.status != 200 || deployed.status != 200)
        {
            allowed.end();
            BOOST_FAIL(kept.body + deployed.body);
        }
        if (round == warm_after)
        {
            host.settle("churn");
            warm = host.measure();
        }
    }
    const auto took = clock::now() - begin;
    allowed.end();
    first.join();
    second.join();
    third.join();

    const std::size_t sent = from_ordered.accepted + from_free.accepted + from_waiting.accepted;
    const account total = host.settle("churn");
    BOOST_TEST(from_ordered.other + from_free.other + from_waiting.other == 0U);
    BOOST_TEST(sent == rounds * each_time);
    BOOST_TEST(total.accepted == sent);
    BOOST_TEST(total.delivered == sent);
    BOOST_TEST(total.dropped + total.dead == 0U);

    BOOST_TEST(host.shrinks_to(warm));
    const footprint after = host.measure();
    BOOST_TEST_MESSAGE(rounds << " deployments in "
                              << std::chrono::duration_cast<std::chrono::milliseconds>(took).count()
                              << " ms with " << sent << " requests; resident memory "
                              << warm.resident / 1'024 << " KiB, then " << after.resident / 1'024
                              << " KiB");
    // Receipts are kept, half a KiB for each request at most. The rest must not grow.
    BOOST_TEST(growth(warm, after) < sent * 512 + 8 * mib);

    BOOST_TEST(host.stop().code == 0);
    const std::string lines = read_file(out);
    BOOST_TEST(counts_to(numbers_from(lines, ordered), from_ordered.accepted));
    BOOST_TEST(counts_to(numbers_from(lines, waiting), from_waiting.accepted));
    std::vector<std::size_t> unordered = numbers_from(lines, free);
    std::ranges::sort(unordered);
    BOOST_TEST(counts_to(unordered, from_free.accepted));
}

BOOST_AUTO_TEST_CASE(what_a_stuck_version_had_goes_to_the_new_one_when_it_returns)
{
    constexpr std::uint64_t requests = 100;
    const scratch home;
    gate held(home, "gate");
    const std::string out = home.at("out.ndjson");
    const std::string stuck =
        graph("churn",
              {{"read", "json/read"}, {"hold", "gate/hold", R"({"path": ")" + held.path() + "\"}"}},
              {{"read.out", "hold.in"}});
    live_host host(home, {home.write("g.json", stuck), "--packages", gate_folder(), "--drain",
                          "100ms", "--lanes", "1"});
    for (std::uint64_t n = 0; n < requests; ++n)
        BOOST_REQUIRE_EQUAL(host->post("/data", "application/json", R"({"n": 1})").status, 202);
    BOOST_TEST(host->ask("POST", "/api/graphs/churn/deploy", {}, version(1, out)).status == 200U);
    // The new version has the file as soon as the old one is given up.
    BOOST_TEST(host->post("/data?ack=processed&wait=20s", "application/json", "{}").status == 200U);
    BOOST_TEST(host.account_of("churn").delivered == 1U);
    held.open();
    const account total = host.settle("churn");
    BOOST_TEST(total.accepted == requests + 1);
    BOOST_TEST(total.delivered == requests + 1);
    BOOST_TEST(host.stop().code == 0);
}

BOOST_AUTO_TEST_CASE(clients_that_change_one_graph_at_once_do_not_disturb_each_other)
{
    constexpr std::size_t rounds = 150;
    const scratch home;
    const std::string out = home.at("out.ndjson");
    live_host host(home, {home.write("g.json", version(0, out))});
    std::atomic<std::size_t> good = 0;
    const auto repeat = [&](const char* method, const std::string& target, const std::string& body)
    {
        caller client(host.port());
        for (std::size_t n = 0; n < rounds; ++n)
            good +=
                client.ask(method, target, {{"Content-Type", "application/json"}}, body).status ==
                        200
                    ? 1U
                    : 0U;
    };
    {
        const std::string at = "/api/graphs/churn", text = version(1, out);
        const std::jthread keeping([&] { repeat("PUT", at, text); });
        const std::jthread deploying([&] { repeat("POST", at + "/deploy", text); });
        const std::jthread deploying_too([&] { repeat("POST", at + "/deploy", text); });
        const std::jthread sending([&] { repeat("POST", "/data/r/i?ack=processed", "{}"); });
    }
    BOOST_TEST(good == 4 * rounds);
    BOOST_TEST(host.settle("churn").delivered == rounds);
    BOOST_TEST(host.stop().code == 0);
}

BOOST_AUTO_TEST_CASE(refused_deployments_leave_the_running_version_alone)
{
    constexpr int rounds = 50;
    const scratch home;
    const std::string out = home.at("out.ndjson");
    live_host host(home, {home.write("g.json", version(1, out))});
    host->post("/data?ack=processed", "application/json", "{}");
    const footprint before = host.measure();
    const std::string impossible = version(2, home.at("missing/out.ndjson"));
    for (int n = 0; n < rounds; ++n)
    {
        const response refused = host->ask("POST", "/api/graphs/churn/deploy", {}, impossible);
        BOOST_TEST(refused.status == 422U);
        BOOST_TEST(has(refused.body, "missing/out.ndjson"), refused.body);
        BOOST_TEST(host->post("/data?ack=processed", "application/json", "{}").status == 200U);
    }
    BOOST_TEST(host.shrinks_to(before));
    BOOST_TEST(host.stop().code == 0);
    const std::string lines = read_file(out);
    BOOST_TEST(std::ranges::count(lines, '\n') == rounds + 1);
    BOOST_TEST(!has(lines, "\"version\":2"));
}

BOOST_AUTO_TEST_CASE(a_deletion_leaves_what_a_node_does_not_give_back_and_is_done_when_it_has)
{
    const scratch home;
    gate held(home, "gate");
    const std::string stuck =
        graph("stuck",
              {{"read", "json/read"}, {"hold", "gate/hold", R"({"path": ")" + held.path() + "\"}"}},
              {{"read.out", "hold.in"}});
    live_host host(home,
                   {home.write("g.json", stuck), "--packages", gate_folder(), "--drain", "100ms"});
    for (int n = 0; n < 3; ++n)
        BOOST_TEST(host->post("/data", "application/json", "{}").status == 202U);
    BOOST_TEST(host->ask("DELETE", "/api/graphs/stuck").status == 409U);
    const response refused = host->ask("DELETE", "/api/graphs/stuck?discard=true");
    BOOST_TEST(refused.status == 409U);
    BOOST_TEST(has(refused.body, "does not return from blocking work"), refused.body);
    BOOST_TEST(host->ask("GET", "/api/graphs/stuck").status == 200U);
    held.open();
    BOOST_TEST(eventually(
        [&] { return host->ask("DELETE", "/api/graphs/stuck?discard=true").status == 204U; }));
    BOOST_TEST(host->ask("GET", "/api/graphs/stuck").status == 404U);
    BOOST_TEST(host.stop().code == 0);
}

BOOST_AUTO_TEST_SUITE_END()
