// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Hosts that write to a queue of RabbitMQ and read from one.
#include "live_host.hpp"

#include "tests/plugins/amqp/broker_queue.hpp"
#include "tests/plugins/amqp/broker_server.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

#include <signal.h>

BOOST_AUTO_TEST_SUITE(broker_queues)

using namespace penstock::e2e;
namespace json = penstock::json;

namespace
{

std::string at(const broker_queue& queue, const std::string& more = {})
{
    return R"({"urls": [")" + shared_broker_url() + R"("], "queue": ")" + queue.name() + '"' +
           more + '}';
}

// A graph that gives each message to `publisher`, and holds it until a gate is opened.
std::string holding(const std::string& source, const node& publisher, const gate& until)
{
    return graph(
        "worker",
        {{"take", "amqp/source", source},
         {"read", "json/read"},
         {"hold", "gate/hold", R"({"path": ")" + until.path() + "\"}"},
         publisher},
        {{"take.out", "read.in"}, {"read.out", publisher.name + ".in"}, {"read.out", "hold.in"}});
}

struct holding_host
{
    holding_host(const scratch& home, const std::string& graph)
        : host(home, {home.write("g.json", graph), "--packages", gate_folder(), "--lanes", "1"})
    {
    }

    bool has_taken(std::uint64_t count)
    {
        return eventually([&] { return host.account_of("worker").accepted >= count; });
    }

    live_host host;
};

std::vector<json::value> printed_by(const ended& end)
{
    std::vector<json::value> list;
    for (std::size_t at = 0; at < end.out.size();)
    {
        const std::size_t line_end = end.out.find('\n', at);
        const std::string line = end.out.substr(at, line_end - at);
        if (line.starts_with('{'))
            list.push_back(penstock::parse_json(line));
        at = line_end == std::string::npos ? end.out.size() : line_end + 1;
    }
    return list;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_request_is_processed_when_the_broker_has_confirmed_it)
{
    broker_queue queue(shared_broker_port());
    const scratch home;
    live_host host(
        home,
        {home.write("g.json",
                    graph("front", {{"read", "json/read"}, {"send", "amqp/publish", at(queue)}},
                          {{"read.out", "send.in"}}))});
    const response answer =
        host->post("/data?ack=processed", "application/json", R"([{"n": 1}, {"n": 2}])");
    BOOST_TEST(answer.status == 200U);
    BOOST_TEST(body_of(answer).at("delivered").as_int64() == 2);
    const std::vector<queued_message> found = queue.take();
    BOOST_TEST_REQUIRE(found.size() == 2U);
    BOOST_TEST(found[0].body == R"({"n":1})");
    BOOST_TEST(found[0].id != found[1].id);
    BOOST_TEST(host.stop().code == 0);
}

BOOST_AUTO_TEST_CASE(a_message_of_a_host_that_is_killed_comes_again_with_the_same_id)
{
    broker_queue queue(shared_broker_port());
    queue.put(R"({"n":1})", "one");
    const scratch home;
    std::vector<json::value> before;
    {
        const gate closed(home, "first");
        holding_host first(home, holding(at(queue), {"print", "debug/print"}, closed));
        BOOST_TEST(eventually(
            [&]
            {
                const json::value stats = first.host->get("/api/graphs/worker/stats");
                return stats.at("nodes").at("print").at("delivered").as_int64() == 1;
            }));
        first.host.child().signal(SIGKILL);
        before = printed_by(first.host.child().wait());
    }
    BOOST_TEST(eventually([&] { return queue.size() == 1U; }));
    gate open(home, "second");
    open.open();
    holding_host second(home, holding(at(queue), {"print", "debug/print"}, open));
    BOOST_TEST(second.has_taken(1));
    second.host.settle("worker");
    const std::vector<json::value> after = printed_by(second.host.stop());
    BOOST_TEST_REQUIRE(before.size() == 1U);
    BOOST_TEST_REQUIRE(after.size() == 1U);
    BOOST_TEST(before[0].at("id") == after[0].at("id"));
    BOOST_TEST(after[0].at("meta").at("redelivered").as_bool());
    BOOST_TEST(queue.size() == 0U);
}

BOOST_AUTO_TEST_CASE(a_host_that_stops_acknowledges_what_it_has_and_leaves_the_rest_in_order)
{
    constexpr int messages = 600;
    constexpr int taken = 100;
    broker_queue queue(shared_broker_port());
    std::string expected;
    for (int n = 0; n < messages; ++n)
    {
        const std::string text = "{\"n\":" + std::to_string(n) + "}";
        queue.put(text, std::to_string(n));
        expected += text + '\n';
    }
    const scratch home;
    const std::string file = home.at("written.ndjson");
    const node write{"write", "files/write", R"({"path": ")" + file + "\"}"};
    {
        gate held(home, "first");
        holding_host first(
            home, holding(at(queue, R"(, "prefetch": 300, "in_flight": 100)"), write, held));
        BOOST_TEST_REQUIRE(first.has_taken(taken));
        first.host.child().signal(SIGTERM);
        BOOST_TEST(eventually([&] { return first.host->ask("GET", "/readyz").status == 503U; }));
        held.open();
        BOOST_TEST(first.host.child().wait().code == 0);
    }
    BOOST_TEST(eventually([&] { return queue.size() == messages - taken; }), queue.size());
    gate open(home, "second");
    open.open();
    holding_host second(home, holding(at(queue), write, open));
    BOOST_TEST(second.has_taken(messages - taken));
    second.host.settle("worker");
    BOOST_TEST(second.host.stop().code == 0);
    BOOST_TEST(read_file(file) == expected);
    BOOST_TEST(queue.size() == 0U);
}

BOOST_AUTO_TEST_CASE(a_message_that_fails_is_acknowledged_when_its_dead_letter_is_kept)
{
    broker_queue queue(shared_broker_port());
    queue.put("no JSON", "bad", "application/json");
    queue.put(R"({"n": 1})", "good", "application/json");
    const scratch home;
    live_host host(
        home, {home.write("g.json", graph("worker",
                                          {{"take", "amqp/source", at(queue)},
                                           {"read", "json/read"},
                                           {"end", "debug/null"}},
                                          {{"take.out", "read.in"}, {"read.out", "end.in"}}))});
    BOOST_TEST(eventually([&] { return host.account_of("worker").done >= 2; }));
    const account found = host.settle("worker");
    BOOST_TEST(found.dead == 1U);
    BOOST_TEST(found.delivered == 1U);
    BOOST_TEST(host.stop().code == 0);
    BOOST_TEST(queue.size() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
