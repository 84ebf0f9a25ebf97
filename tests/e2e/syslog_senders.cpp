// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Hosts that rsyslog sends messages to, while either of them fails.
#include "rsyslog_server.hpp"
#include "supervised_host.hpp"

#include "tests/host/net/certificate.hpp"
#include "tests/host/net/reserved_port.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <chrono>
#include <map>
#include <sstream>
#include <string>
#include <string_view>

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

std::string graph_to(const char* component, const json::object& params,
                     const json::object& listening)
{
    return penstock::write_json(json::object{
        {"penstock", 1},
        {"name", "logs"},
        {"nodes",
         json::object{
             {"take", json::object{{"component", "syslog/source"}, {"params", listening}}},
             {"end", json::object{{"component", json::string(component)}, {"params", params}}}}},
        {"edges", json::array{json::object{{"from", "take.out"}, {"to", "end.in"}}}}});
}

std::string graph_with(const json::object& listening, const scratch& home)
{
    return graph_to("files/write", {{"path", json::string(home.at("out.ndjson"))}}, listening);
}

json::object listening_at(const std::string& kind, const reserved_port& port,
                          const certificate& shown)
{
    json::object listening{
        {"listen",
         json::array{json::string(kind + "://127.0.0.1:" + std::to_string(port.number()))}}};
    if (kind == "tls")
    {
        listening["certificate_file"] = shown.file;
        listening["key_file"] = shown.key;
    }
    return listening;
}

rsyslog_target target_of(const std::string& kind, const reserved_port& port,
                         const certificate& shown)
{
    rsyslog_target target{.port = std::to_string(port.number()),
                          .protocol = kind == "udp" ? "udp" : "tcp"};
    if (kind == "tcp")
        target.more = "TCP_Framing=\"octet-counted\" template=\"RSYSLOG_SyslogProtocol23Format\"";
    if (kind == "tls")
    {
        target.more = "StreamDriver=\"ossl\" StreamDriverMode=\"1\" "
                      "StreamDriverAuthMode=\"x509/certvalid\"";
        target.settings = "defaultNetstreamDriverCAFile=\"" + shown.file + "\"";
    }
    return target;
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

    [[nodiscard]] bool has_all(int count) const
    {
        return times.size() == static_cast<std::size_t>(count) &&
               times.rbegin()->first == count - 1;
    }

    [[nodiscard]] bool has_none_twice() const
    {
        return std::ranges::all_of(times, [](const auto& each) { return each.second == 1; });
    }

    std::map<int, int> times;
    json::object last;
};

// Of the version that runs.
int metric_of(live_host& host, std::string_view name)
{
    const json::value stats = body_of(host->ask("GET", "/api/graphs/logs/stats"));
    return stats.at("nodes").at("take").at("metrics").at(name).at("value").to_number<int>();
}

// rsyslog, a graph that takes its messages, and how many of them it has written.
struct sent_by_rsyslog
{
    explicit sent_by_rsyslog(const std::string& kind = "tcp")
        : shown(make_certificate(home.path(), "server")),
          graph(graph_with(listening_at(kind, port, shown), home)),
          rsyslog(home.path(), target_of(kind, port, shown))
    {
    }

    void send(int count)
    {
        for (int i = 0; i < count; ++i)
            rsyslog.append(std::to_string(sent++));
    }

    [[nodiscard]] bool are_written(int count) const
    {
        const auto come = [&]
        {
            const std::string lines = read_file(home.at("out.ndjson"));
            return std::ranges::count(lines, '\n') >= count && // which is looked at often
                   written(home).times.size() >= static_cast<std::size_t>(count);
        };
        return eventually(come, 60s);
    }

    scratch home;
    reserved_port port;
    const certificate shown;
    const std::string graph;
    rsyslog_server rsyslog;
    int sent = 0;
};

} // namespace

BOOST_AUTO_TEST_CASE(a_message_of_rsyslog_comes_with_its_parts_by_udp_tcp_and_tls)
{
    for (const char* kind : {"udp", "tcp", "tls"})
    {
        sent_by_rsyslog here(kind);
        live_host host(here.home, {here.home.write("g.json", here.graph)});
        BOOST_TEST(eventually([&] { return has(host->ask("GET", "/readyz").body, "ready"); }, 20s));
        here.rsyslog.start();
        const auto comes = [&]
        {
            here.send(1); // by UDP the first ones may come to nobody
            return !written(here.home).times.empty();
        };
        BOOST_TEST(eventually(comes, 20s), kind);
        BOOST_TEST(host.stop().code == 0);
        const json::object fields = written(here.home).last;
        BOOST_TEST(fields.at("facility").as_string() == "local3");
        BOOST_TEST(fields.at("severity").as_string() == "warning");
        BOOST_TEST(fields.at("app").as_string() == "counter");
        BOOST_TEST(!fields.at("host").as_string().empty());
        BOOST_TEST(fields.at("timestamp").as_string().size() >= 20U);
    }
}

BOOST_FIXTURE_TEST_CASE(only_what_was_under_way_is_lost_when_a_worker_is_killed, sent_by_rsyslog)
{
    constexpr int quarter = 2500;
    supervised_host host(home, {home.write("g.json", graph)});
    rsyslog.start();
    send(quarter);
    BOOST_TEST(are_written(100));
    rsyslog.stop();
    send(quarter);
    rsyslog.start();
    BOOST_TEST(are_written(2 * quarter)); // all of them
    send(quarter);
    BOOST_TEST(are_written(2 * quarter + 100));
    ::kill(host.worker(), SIGKILL);
    (void)host.wait_until_it_serves_again();
    send(quarter);
    const std::string last = "\"message\":\"" + std::to_string(sent - 1) + '"';
    BOOST_TEST(eventually([&] { return has(read_file(home.at("out.ndjson")), last); }, 60s));
    BOOST_TEST(host.stop().code == 0);
    const written found(home);
    int lost = 0;
    for (int n = 2 * quarter; n < sent; ++n)
        lost += found.times.contains(n) ? 0 : 1;
    BOOST_TEST_MESSAGE(lost << " of " << sent << " were lost");
    BOOST_TEST(found.times.size() + static_cast<std::size_t>(lost) ==
               static_cast<std::size_t>(sent)); // none before
    BOOST_TEST(lost < quarter);                 // those of after the kill came
}

BOOST_FIXTURE_TEST_CASE(a_deployment_cuts_no_connection_and_loses_nothing, sent_by_rsyslog)
{
    json::object other = listening_at("tcp", port, shown);
    other["message_bytes"] = "8KiB";
    live_host host(home, {});
    const auto deploy = [&](const std::string& text)
    {
        BOOST_TEST(
            host->ask("PUT", "/api/graphs/logs", {{"Content-Type", "application/json"}}, text)
                .status < 300U);
        BOOST_TEST(host->ask("POST", "/api/graphs/logs/deploy").status < 300U);
    };
    deploy(graph);
    rsyslog.start();
    for (int i = 0; i < 4; ++i)
    {
        send(500);
        BOOST_TEST(are_written(sent - 400)); // so the others are on their way
        deploy(graph);
    }
    BOOST_TEST(are_written(sent));
    BOOST_TEST(metric_of(host, "accepted_connections") == 0);
    BOOST_TEST(metric_of(host, "open_connections") == 1);
    BOOST_TEST(written(home).has_none_twice());
    deploy(graph_with(other, home)); // listens anew
    send(500);
    deploy(graph);
    send(500);
    BOOST_TEST(are_written(sent));
    BOOST_TEST(host.stop().code == 0);
    BOOST_TEST(written(home).has_all(sent));
}

BOOST_AUTO_TEST_CASE(a_host_that_stops_and_begins_again_loses_nothing)
{
    for (const char* kind : {"tcp", "tls"})
    {
        sent_by_rsyslog here(kind);
        here.rsyslog.start();
        for (int i = 0; i < 2; ++i)
        {
            live_host host(here.home, {here.home.write("g.json", here.graph)});
            here.send(1000);
            BOOST_TEST(here.are_written(here.sent - 900));
            BOOST_TEST(host.stop().code == 0);
        }
        const live_host host(here.home, {here.home.at("g.json")});
        BOOST_TEST(here.are_written(here.sent));
        BOOST_TEST(written(here.home).has_all(here.sent), kind);
    }
}

BOOST_FIXTURE_TEST_CASE(what_waits_for_a_sink_that_is_away_is_there_after_a_stop, sent_by_rsyslog)
{
    constexpr int messages = 300;
    const reserved_port nobody;
    const json::object publishing{
        {"url", json::string("http://127.0.0.1:" + std::to_string(nobody.number()))}};
    const std::string away = home.write(
        "away.json", graph_to("http/publish", publishing, listening_at("tcp", port, shown)));
    {
        live_host host(home, {"--drain", "200ms", away});
        BOOST_TEST(eventually([&] { return has(host->ask("GET", "/readyz").body, "ready"); }, 20s));
        raw_client client(port.number());
        for (int n = 0; n < messages; ++n)
            BOOST_TEST(client.send(std::to_string(n) + '\n'));
        BOOST_TEST(
            eventually([&] { return has(host->ask("GET", "/readyz").body, "refused"); }, 20s));
        (void)host.stop();
    }
    live_host host(home, {home.write("g.json", graph)});
    BOOST_TEST(are_written(messages));
    BOOST_TEST(metric_of(host, "kept_messages") == messages);
    BOOST_TEST(written(home).has_all(messages));
    BOOST_TEST(written(home).has_none_twice());
}

BOOST_AUTO_TEST_SUITE_END()
