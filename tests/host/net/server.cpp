// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/net/server.hpp"

#include "wire.hpp"

#include <boost/test/unit_test.hpp>

#include <sys/resource.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

BOOST_AUTO_TEST_SUITE(server)

using namespace penstock::host::http::testing;
namespace http = penstock::host::http;

namespace
{

/// Changes how many descriptors this process may have, for one test.
class descriptor_limit
{
public:
    explicit descriptor_limit(rlim_t wanted)
    {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        rlimit now = before_;
        now.rlim_cur = std::min(wanted, before_.rlim_max);
        ::setrlimit(RLIMIT_NOFILE, &now);
    }

    descriptor_limit(const descriptor_limit&) = delete;
    descriptor_limit& operator=(const descriptor_limit&) = delete;

    ~descriptor_limit() { ::setrlimit(RLIMIT_NOFILE, &before_); }

private:
    rlimit before_{};
};

[[maybe_unused]] double cpu_seconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_taken_port_is_an_error)
{
    const running_server running;
    made_up_routes routes;
    http::server second{routes, {}};
    const auto bound = second.listen({.address = "127.0.0.1", .port = running.port});
    BOOST_TEST(bound.has_error());
}

BOOST_AUTO_TEST_CASE(a_listening_socket_is_taken_over)
{
    const int listening = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in any{};
    any.sin_family = AF_INET;
    any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    BOOST_REQUIRE(::bind(listening, reinterpret_cast<const sockaddr*>(&any), sizeof any) == 0);
    BOOST_REQUIRE(::listen(listening, 8) == 0);
    made_up_routes routes;
    http::server serves{routes, {}};
    const auto port = serves.adopt(listening);
    BOOST_REQUIRE(port.has_value());
    serves.start();
    BOOST_TEST(raw_client{*port}.ask(get("/")).status == 200U);
    BOOST_TEST(!serves.adopt(-1).has_value());
}

BOOST_AUTO_TEST_CASE(several_threads_serve)
{
    running_server running{{.bounds = {}, .rules = {}, .threads = 3}};
    std::vector<std::jthread> clients;
    std::atomic<int> answered = 0;
    for (int i = 0; i < 8; ++i)
    {
        clients.emplace_back(
            [&]
            {
                auto client = running.client();
                for (int n = 0; n < 200; ++n)
                {
                    answered += client.ask(post("/", "x")).status == 200U ? 1 : 0;
                }
            });
    }
    clients.clear();
    BOOST_TEST(answered == 1600);
}

BOOST_AUTO_TEST_CASE(unless_told_a_thread_per_core_serves)
{
    const auto serving = []
    {
        std::ptrdiff_t count = 0;
        for (const auto& task : std::filesystem::directory_iterator("/proc/self/task"))
        {
            std::string name;
            std::ifstream(task.path() / "comm") >> name;
            count += name == "http" ? 1 : 0;
        }
        return count;
    };
    const running_server running{{.bounds = {}, .rules = {}, .threads = 0}};
    BOOST_TEST(serving() == std::thread::hardware_concurrency());
}

BOOST_AUTO_TEST_CASE(connections_over_the_limit_are_turned_away)
{
    http::server::settings few;
    few.bounds.connections = 2;
    const running_server running{few};
    auto first = running.client();
    auto second = running.client();
    BOOST_TEST(first.ask(get("/")).status == 200U);
    BOOST_TEST(second.ask(get("/")).status == 200U);
    auto third = running.client();
    const auto refused = third.read_answer();
    BOOST_TEST(refused.status == 503U);
    BOOST_TEST(refused.has("Retry-After: 1"));
    first.close();
    BOOST_REQUIRE(eventually([&] { return running.serves.connections() == 1; }));
    BOOST_TEST(running.alive());
}

BOOST_AUTO_TEST_CASE(slow_connections_are_closed_by_their_deadline_while_others_are_served)
{
    const descriptor_limit many{4096};
    auto bounds = quick_limits();
    bounds.idle_time = patience;
    const running_server running{{.bounds = bounds}};
    constexpr std::size_t crowd = 1000;
    std::vector<raw_client> slow;
    for (std::size_t i = 0; i < crowd; ++i)
    {
        slow.push_back(running.client());
        slow.back().send("GET / HTTP/1.1\r\nX-Note: ");
    }
    const auto begin = clock::now();
    auto honest = running.client();
    int served = 0;
    const auto all_closed = [&] { return running.serves.connections() <= 1; };
    while (!all_closed() && clock::now() < begin + patience)
    {
        BOOST_REQUIRE(honest.ask(get("/")).status == 200U);
        ++served;
        // Each dribbles on; a deadline that a byte moves would never come.
        for (std::size_t i = static_cast<std::size_t>(served) % 10; i < crowd; i += 10)
        {
            slow[i].send("a");
        }
    }
    BOOST_TEST(all_closed());
    BOOST_TEST((clock::now() - begin < bounds.header_time + std::chrono::seconds{1}));
    BOOST_TEST(served >= 10);
    for (auto& client : slow)
    {
        BOOST_TEST(client.read_to_end().has_value());
    }
}

#ifndef __SANITIZE_ADDRESS__ // whose checks of types need descriptors of their own
BOOST_AUTO_TEST_CASE(without_descriptors_connections_are_turned_away_and_that_is_told_once)
{
    std::mutex mutex;
    std::vector<std::string> heard;
    running_server running{{.hears = [&](std::string_view trouble)
                            {
                                const std::lock_guard lock(mutex);
                                heard.emplace_back(trouble);
                            }}};
    constexpr std::size_t crowd = 8;
    std::vector<raw_client> clients(crowd);
    int highest = 0;
    for (const auto& client : clients)
    {
        highest = std::max(highest, client.fd());
    }
    {
        const descriptor_limit tight{static_cast<rlim_t>(highest) + 3};
        for (auto& client : clients)
        {
            client.connect(running.port);
            client.send(get("/"));
        }
        const auto begin = cpu_seconds();
        std::size_t served = 0;
        std::size_t turned_away = 0;
        for (auto& client : clients)
        {
            const auto status = client.read_answer().status;
            served += status == 200U ? 1U : 0U;
            turned_away += status == 503U ? 1U : 0U;
        }
        BOOST_TEST(served < crowd);
        BOOST_TEST(served + turned_away == crowd);
        BOOST_TEST(cpu_seconds() - begin < 0.1);
    }
    const auto is_told = [&]
    {
        const std::lock_guard lock(mutex);
        return heard.size() == 2U;
    };
    BOOST_TEST_REQUIRE(eventually([&] { return running.alive() && is_told(); }));
    BOOST_TEST(!heard.front().empty());
    BOOST_TEST(heard.back().empty());
}
#endif

BOOST_AUTO_TEST_CASE(ten_thousand_malformed_requests_leave_it_serving)
{
    const running_server running{{.bounds = quick_limits()}};
    std::mt19937 random{20'260'101};
    const auto below = [&](std::size_t end) {
        return std::uniform_int_distribution<std::size_t>{0, end - 1}(random);
    };
    const std::vector<std::string> whole{
        get("/data/a"), post("/data", R"({"a":1})"),
        "POST /data HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
        "5\r\nhello\r\n0\r\n\r\n",
        post("/x", "x", "Content-Type: text/plain\r\nX-Meta-Name: v\r\n")};
    for (int round = 0; round < 10'000; ++round)
    {
        auto text = whole[below(whole.size())];
        switch (below(5))
        {
        case 0: // noise
            text.resize(1 + below(300));
            std::ranges::generate(text, [&] { return static_cast<char>(below(256)); });
            break;
        case 1: // cut
            text.resize(below(text.size()));
            break;
        case 2: // some bytes flipped
            for (std::size_t i = 0; i <= below(4); ++i)
            {
                text[below(text.size())] = static_cast<char>(below(256));
            }
            break;
        case 3: // a wrong length
            text = "POST /data HTTP/1.1\r\nHost: localhost\r\nContent-Length: " +
                   std::to_string(below(40)) + "\r\n\r\n" + std::string(below(40), 'x');
            break;
        default: // a piece twice
            text.insert(below(text.size()), text.substr(below(text.size()), below(40)));
        }
        auto client = running.client();
        client.send(text);
        if (round % 2 == 0)
        {
            client.reset();
        }
        else
        {
            client.half_close();
            BOOST_REQUIRE(client.read_to_end().has_value());
        }
        if (round % 1000 == 0)
        {
            BOOST_REQUIRE(running.alive());
        }
    }
    BOOST_TEST(running.alive());
    BOOST_TEST(eventually([&] { return running.serves.connections() == 0; }));
}

BOOST_AUTO_TEST_CASE(a_server_that_never_started_can_go)
{
    made_up_routes routes;
    http::server serves{routes, {}};
    BOOST_TEST(serves.listen({.address = "127.0.0.1", .port = 0}).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
