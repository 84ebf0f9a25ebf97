// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Hosts whose broker ends, hangs or takes nothing.
#include "live_host.hpp"

#include "tests/plugins/amqp/broker_queue.hpp"
#include "tests/plugins/amqp/broker_server.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <map>
#include <set>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(broker_outages)

using namespace penstock::e2e;
namespace json = penstock::json;
using namespace std::chrono_literals;

namespace
{

std::string url_of(std::uint16_t port)
{
    return "\"amqp://127.0.0.1:" + std::to_string(port) + '"';
}

// A broker that is back is noticed soon.
std::string impatient(const std::string& graph, const std::string& node)
{
    json::value made = penstock::parse_json(graph);
    made.at("nodes").at(node).as_object()["retry"] = {{"backoff", "100ms"},
                                                      {"max_backoff", "500ms"}};
    return penstock::write_json(made);
}

std::string front(const std::string& urls, const std::string& queue, const std::string& more = {})
{
    return impatient(
        graph("front",
              {{"read", "json/read"},
               {"send", "amqp/publish",
                R"({"urls": [)" + urls + R"(], "queue": ")" + queue + '"' + more + '}'}},
              {{"read.out", "send.in"}}),
        "send");
}

std::string worker(const std::string& urls, const std::string& queue, const std::string& file,
                   const std::string& more = {})
{
    return impatient(
        graph("worker",
              {{"take", "amqp/source",
                R"({"urls": [)" + urls + R"(], "queue": ")" + queue + '"' + more + '}'},
               {"read", "json/read"},
               {"write", "files/write", R"({"path": ")" + file + "\"}"}},
              {{"take.out", "read.in"}, {"read.out", "write.in"}}),
        "take");
}

std::set<std::string> lines_of(const std::string& text)
{
    std::set<std::string> lines;
    for (std::size_t at = 0, end = 0; (end = text.find('\n', at)) != std::string::npos;
         at = end + 1)
        lines.insert(text.substr(at, end - at));
    return lines;
}

bool says(live_host& host, std::string_view part)
{
    return eventually([&] { return has(host->ask("GET", "/readyz").body, part); }, 30s);
}

} // namespace

// The broker of one case, for each takes seconds to start: it is short of disk, and then killed.
BOOST_AUTO_TEST_CASE(a_broker_that_takes_nothing_or_is_killed_while_it_does_is_waited_for)
{
    constexpr int requests = 3000;
    broker_server broker;
    broker.start();
    broker_queue queue(broker.port());
    broker_queue inbox(broker.port());
    inbox.put(R"({"n":0})", "0", "application/json");
    broker.evaluate("rabbit_disk_monitor:set_disk_free_limit(1000000000000000)");
    const scratch home;
    const std::string file = home.at("written.ndjson");
    live_host host(home, {home.write("f.json", front(url_of(broker.port()), queue.name(),
                                                     R"(, "confirm_timeout": "500ms")")),
                          home.write("w.json", worker(url_of(broker.port()), inbox.name(), file))});
    BOOST_TEST(host->post("/data", "application/json", R"({"n":0})").status == 202U);
    BOOST_TEST(says(host, "the broker takes nothing: low on disk"));
    BOOST_TEST(eventually([&] { return !lines_of(read_file(file)).empty(); }));
    broker.evaluate("rabbit_disk_monitor:set_disk_free_limit(1000)");
    BOOST_TEST(host.settle("front", 30s).dead == 0U);

    std::vector<std::string> lines;
    for (int n = 1; n <= requests; ++n)
        lines.push_back("{\"n\":" + std::to_string(n) + "}");
    std::set<std::string> expected(lines.begin(), lines.end());
    expected.insert(R"({"n":0})");
    inbox.put_all(lines);
    for (std::size_t n = 0; n < lines.size(); ++n)
    {
        BOOST_TEST(host->post("/data", "application/json", lines[n]).status == 202U);
        if (n == lines.size() / 2)
            broker.kill(); // with what it was about to confirm
    }
    BOOST_TEST(says(host, "127.0.0.1:" + std::to_string(broker.port())));
    broker.start();
    BOOST_TEST(host.settle("front", 60s).dead == 0U);
    BOOST_TEST(eventually([&] { return lines_of(read_file(file)) == expected; }, 60s));
    BOOST_TEST(host.settle("worker", 60s).dead == 0U);
    BOOST_TEST(host.stop().code == 0);
    inbox.connect();
    BOOST_TEST(inbox.size() == 0U);
    queue.connect();
    std::map<std::string, std::string> found;
    std::set<std::string> ids;
    for (const queued_message& each : queue.take())
    {
        BOOST_TEST(found.try_emplace(each.body, each.id).first->second == each.id);
        ids.insert(each.id);
    }
    BOOST_TEST(found.size() == expected.size());
    BOOST_TEST(ids.size() == expected.size());
    for (const std::string& each : expected)
        BOOST_TEST(found.contains(each), each);
}

BOOST_AUTO_TEST_CASE(another_broker_takes_and_gives_what_one_that_hangs_does_not)
{
    broker_server hanging;
    hanging.start();
    const std::string name = broker_queue::fresh_name();
    const broker_queue first(hanging.port(), broker_queue::kind::quorum, {}, name);
    broker_queue second(shared_broker_port(), broker_queue::kind::quorum, {}, name);
    const std::string urls = url_of(hanging.port()) + ", " + url_of(shared_broker_port());
    const scratch home;
    const std::string file = home.at("written.ndjson");
    live_host host(home,
                   {home.write("f.json", front(urls, name)),
                    home.write("w.json", worker(urls, name, file, R"(, "heartbeat": "1s")"))});
    const auto publishes = [&](const std::string& body)
    { return host->post("/data?ack=processed&wait=30s", "application/json", body).status == 200U; };
    const auto has_written = [&](const std::set<std::string>& lines)
    { return eventually([&] { return lines_of(read_file(file)) == lines; }, 30s); };
    BOOST_TEST(publishes(R"({"n":1})"));
    BOOST_TEST(has_written({R"({"n":1})"}));
    hanging.pause();
    BOOST_TEST(publishes(R"({"n":2})"));
    BOOST_TEST(has_written({R"({"n":1})", R"({"n":2})"}));
    BOOST_TEST(host.stop().code == 0);
    BOOST_TEST(second.size() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
