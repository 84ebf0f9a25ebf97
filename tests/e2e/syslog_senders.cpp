// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Hosts that rsyslog sends messages to, while either of them fails.
#include "rsyslog_server.hpp"
#include "supervised_host.hpp"

#include "tests/host/net/certificate.hpp"
#include "tests/host/net/reserved_port.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <map>
#include <sstream>
#include <string>

#include <signal.h>

BOOST_AUTO_TEST_SUITE(syslog_senders)

using namespace penstock::e2e;
namespace json = penstock::json;
using namespace std::chrono_literals;
using penstock::host::http::testing::certificate;
using penstock::host::http::testing::make_certificate;
using penstock::host::http::testing::reserved_port;

namespace
{

std::string graph_with(json::object listening, const scratch& home)
{
    return penstock::write_json(json::object{
        {"penstock", 1},
        {"name", "logs"},
        {"nodes",
         json::object{
             {"take", json::object{{"component", "syslog/source"}, {"params", listening}}},
             {"write", json::object{{"component", "files/write"},
                                    {"params", json::object{{"path", json::string(home.at(
                                                                         "out.ndjson"))}}}}}}},
        {"edges", json::array{json::object{{"from", "take.out"}, {"to", "write.in"}}}}});
}

json::object listening_at(const std::string& kind, const reserved_port& port)
{
    return {{"listen",
             json::array{json::string(kind + "://127.0.0.1:" + std::to_string(port.number()))}}};
}

// What was written: each message, how often, and the fields of the last one.
struct written
{
    explicit written(const scratch& home)
    {
        std::istringstream lines(read_file(home.at("out.ndjson")));
        for (std::string line; std::getline(lines, line);)
        {
            const json::object fields = penstock::parse_json(line).as_object();
            ++times[std::stoi(std::string(fields.at("message").as_string()))];
            last = fields;
        }
    }

    std::map<int, int> times;
    json::object last;
};

bool are_written(const scratch& home, std::size_t count)
{
    return eventually([&] { return written(home).times.size() >= count; }, 60s);
}

} // namespace

BOOST_AUTO_TEST_CASE(a_message_of_rsyslog_comes_with_its_parts_by_udp_tcp_and_tls)
{
    const scratch home;
    const certificate shown = make_certificate(home.path(), "server");
    const reserved_port port;
    for (const std::string kind : {"udp", "tcp", "tls"})
    {
        const scratch sent;
        json::object listening = listening_at(kind, port);
        rsyslog_target target{.port = std::to_string(port.number()),
                              .protocol = kind == "udp" ? "udp" : "tcp"};
        if (kind == "tcp")
            target.more =
                "TCP_Framing=\"octet-counted\" template=\"RSYSLOG_SyslogProtocol23Format\"";
        if (kind == "tls")
        {
            listening["certificate_file"] = shown.file;
            listening["key_file"] = shown.key;
            target.more = "StreamDriver=\"ossl\" StreamDriverMode=\"1\" "
                          "StreamDriverAuthMode=\"x509/certvalid\"";
            target.settings = "defaultNetstreamDriverCAFile=\"" + shown.file + "\"";
        }
        live_host host(sent, {sent.write("g.json", graph_with(listening, sent))});
        BOOST_TEST(eventually([&] { return has(host->ask("GET", "/readyz").body, "ready"); }, 20s));
        rsyslog_server rsyslog(sent.path(), target);
        rsyslog.start();
        int n = 0;
        const auto comes = [&]
        {
            rsyslog.append(std::to_string(++n)); // by UDP the first ones may come to nobody
            return !written(sent).times.empty();
        };
        BOOST_TEST(eventually(comes, 20s), kind);
        BOOST_TEST(host.stop().code == 0);
        const json::object fields = written(sent).last;
        BOOST_TEST(fields.at("facility").as_string() == "local3");
        BOOST_TEST(fields.at("severity").as_string() == "warning");
        BOOST_TEST(fields.at("app").as_string() == "counter");
        BOOST_TEST(!fields.at("host").as_string().empty());
        BOOST_TEST(fields.at("timestamp").as_string().size() >= 20U);
    }
}

BOOST_AUTO_TEST_CASE(only_what_was_under_way_is_lost_when_a_host_is_killed_and_nothing_with_rsyslog)
{
    constexpr int messages = 10'000;
    constexpr int quarter = messages / 4;
    const scratch home;
    const reserved_port port;
    rsyslog_server rsyslog(home.path(), {.port = std::to_string(port.number())});
    supervised_host host(home, {home.write("g.json", graph_with(listening_at("tcp", port), home))});
    int sent = 0;
    const auto send = [&](int count)
    {
        for (int i = 0; i < count; ++i)
            rsyslog.append(std::to_string(sent++));
    };
    rsyslog.start();
    send(quarter);
    BOOST_TEST(are_written(home, 100));
    rsyslog.kill();
    send(quarter);
    rsyslog.start();
    BOOST_TEST(are_written(home, 2 * quarter)); // all of them
    send(quarter);
    BOOST_TEST(are_written(home, 2 * quarter + 100));
    ::kill(host.worker(), SIGKILL);
    (void)host.wait_until_it_serves_again();
    send(quarter);
    BOOST_TEST(eventually([&] { return written(home).times.contains(messages - 1); }, 60s));
    BOOST_TEST(host.stop().code == 0);
    const written found(home);
    int again = 0;
    int lost = 0;
    int first_lost = messages;
    for (int n = 0; n < messages; ++n)
    {
        const auto place = found.times.find(n);
        again += place != found.times.end() ? place->second - 1 : 0;
        lost += place == found.times.end() ? 1 : 0;
        if (place == found.times.end())
            first_lost = std::min(first_lost, n);
    }
    BOOST_TEST_MESSAGE(lost << " of " << messages << " were lost from " << first_lost << " on, "
                            << again << " came again");
    BOOST_TEST(lost < 2 * quarter);
    BOOST_TEST(first_lost >= 2 * quarter);
}

BOOST_AUTO_TEST_CASE(a_deployment_cuts_no_connection_and_loses_nothing)
{
    constexpr int messages = 3000;
    const scratch home;
    const reserved_port port;
    const std::string graph = graph_with(listening_at("tcp", port), home);
    live_host host(home, {});
    const auto deploy = [&](const std::string& text)
    {
        BOOST_TEST(
            host->ask("PUT", "/api/graphs/logs", {{"Content-Type", "application/json"}}, text)
                .status < 300U);
        BOOST_TEST(host->ask("POST", "/api/graphs/logs/deploy").status < 300U);
    };
    deploy(graph);
    rsyslog_server rsyslog(home.path(), {.port = std::to_string(port.number())});
    rsyslog.start();
    for (int n = 0; n < messages; ++n)
    {
        rsyslog.append(std::to_string(n));
        if (n % 1000 == 500)
            deploy(graph);
    }
    BOOST_TEST(are_written(home, messages));
    BOOST_TEST(host.stop().code == 0);
    const written found(home);
    BOOST_TEST(found.times.size() == static_cast<std::size_t>(messages));
    BOOST_TEST(std::ranges::all_of(found.times, [](const auto& each) { return each.second == 1; }));
}

BOOST_AUTO_TEST_SUITE_END()
