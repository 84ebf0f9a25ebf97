// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Hosts that write to topics of Kafka and read from them, while brokers and hosts fail.
#include "live_host.hpp"

#include "tests/plugins/kafka/broker_cluster.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <map>
#include <string>
#include <vector>

#include <signal.h>

BOOST_AUTO_TEST_SUITE(kafka_hosts)

using namespace penstock::e2e;
namespace json = penstock::json;
using namespace std::chrono_literals;

namespace
{

// A broker that is back is noticed soon.
json::object node_of(const std::string& component, json::object params)
{
    json::array brokers;
    for (const std::string& each : shared_cluster().addresses())
        brokers.push_back(json::string(each));
    params["brokers"] = brokers;
    return {{"component", json::string(component)},
            {"params", params},
            {"retry", json::object{{"backoff", "100ms"}, {"max_backoff", "500ms"}}}};
}

json::object sending_to(const std::string& topic, const std::string& key)
{
    return node_of(
        "kafka/publish",
        {{"topic", json::string(topic)}, {"key", json::string(key)}, {"confirm_timeout", "3s"}});
}

// The brokers forget a member that waits longer than its session to be let in: for 3 s.
json::object reading_from(const std::string& topic)
{
    return node_of("kafka/source", {{"topics", json::array{json::string(topic)}},
                                    {"group", "workers"},
                                    {"session_timeout", "6s"}});
}

std::string front(const std::string& topic)
{
    return penstock::write_json(json::object{
        {"penstock", 1},
        {"name", "front"},
        {"nodes", json::object{{"read", json::object{{"component", "json/read"}}},
                               {"send", sending_to(topic, "{{n}}")}}},
        {"edges", json::array{json::object{{"from", "read.out"}, {"to", "send.in"}}}}});
}

std::string worker(const std::string& from, const std::string& to)
{
    return penstock::write_json(json::object{
        {"penstock", 1},
        {"name", "worker"},
        {"nodes", json::object{{"take", reading_from(from)},
                               {"read", json::object{{"component", "json/read"}}},
                               {"send", sending_to(to, "{{kafka_partition}}")}}},
        {"edges", json::array{json::object{{"from", "take.out"}, {"to", "read.in"}},
                              json::object{{"from", "read.out"}, {"to", "send.in"}}}}});
}

bool says(live_host& host, std::string_view part)
{
    return eventually([&] { return has(host->ask("GET", "/readyz").body, part); }, 30s);
}

constexpr int partitions = 4;
constexpr int of_each = 2500;

/// What came out of a topic, against what went in: each message once in its place, and what came
/// again with the same id.
struct comparison
{
    explicit comparison(const std::string& topic)
    {
        for (const topic_message& each : shared_cluster().read(topic, partitions))
        {
            const auto n = static_cast<int>(penstock::parse_json(each.body).at("n").as_int64());
            const std::string& id = each.headers.at("message_id");
            const auto [place, is_new] = ids[each.key].emplace(n, id);
            disorder += is_new && n != next[each.key] ? 1 : 0;
            next[each.key] += is_new ? 1 : 0;
            other_ids += place->second != id ? 1 : 0;
            again += is_new ? 0 : 1;
        }
    }

    std::map<std::string, std::map<int, std::string>> ids;
    std::map<std::string, int> next;
    int disorder = 0;
    int other_ids = 0;
    int again = 0;
};

} // namespace

BOOST_AUTO_TEST_CASE(a_request_is_processed_when_the_brokers_have_it_and_waits_while_they_are_away)
{
    broker_cluster& brokers = shared_cluster();
    const std::string topic = brokers.create_topic();
    const scratch home;
    live_host host(home, {home.write("g.json", front(topic))});
    const response answer =
        host->post("/data?ack=processed", "application/json", R"([{"n": 1}, {"n": 2}])");
    BOOST_TEST(answer.status == 200U);
    BOOST_TEST(body_of(answer).at("delivered").as_int64() == 2);
    BOOST_TEST(brokers.size(topic) == 2);
    brokers.stop();
    BOOST_TEST(host->post("/data", "application/json", R"({"n": 3})").status == 202U);
    BOOST_TEST(says(host, brokers.addresses().front()));
    brokers.go_on();
    BOOST_TEST(host.settle("front", 60s).dead == 0U);
    const std::vector<topic_message> found = brokers.read(topic);
    BOOST_TEST_REQUIRE(found.size() >= 3U);
    BOOST_TEST(found[0].body == R"({"n":1})");
    BOOST_TEST(found[0].key == "1");
    BOOST_TEST(found[0].headers.at("message_id") != found[1].headers.at("message_id"));
    BOOST_TEST(found.back().body == R"({"n":3})");
    BOOST_TEST(host.stop().code == 0);
}

BOOST_AUTO_TEST_CASE(nothing_is_lost_when_brokers_go_hosts_join_and_hosts_are_killed)
{
    broker_cluster& brokers = shared_cluster();
    const std::string in = brokers.create_topic(partitions);
    const std::string out = brokers.create_topic(partitions);
    int put = 0; // in each partition
    const auto put_more = [&](int count)
    {
        for (int partition = 0; partition < partitions; ++partition)
        {
            std::vector<std::string> bodies;
            for (int n = put; n < put + count; ++n)
                bodies.push_back("{\"n\":" + std::to_string(n) + "}");
            brokers.put(in, bodies, partition);
        }
        put += count;
    };
    const auto is_committed = [&]
    {
        for (int partition = 0; partition < partitions; ++partition)
            if (brokers.committed("workers", in, partition) != of_each)
                return false;
        return true;
    };
    const scratch first_home;
    const scratch second_home;
    put_more(500);
    live_host first(first_home, {first_home.write("g.json", worker(in, out)), "--lanes", "1"});
    BOOST_TEST(eventually([&] { return brokers.size(out, partitions) >= 1000; }, 60s));
    put_more(500);
    brokers.fail_next(0, {RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION, RD_KAFKA_RESP_ERR__TRANSPORT,
                          RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT});
    live_host second(second_home, {second_home.write("g.json", worker(in, out)), "--lanes", "1"});
    const auto joins = [&]
    {
        put_more(put < 1500 ? 5 : 0);
        return second.account_of("worker").accepted > 0;
    };
    BOOST_TEST(eventually(joins, 60s));
    put_more(500);
    brokers.stop();
    BOOST_TEST(says(first, "127.0.0.1:"));
    brokers.go_on();
    put_more(of_each - put);
    first.child().signal(SIGKILL);
    (void)first.child().wait();
    BOOST_TEST(eventually(is_committed, 120s));
    second.settle("worker");
    BOOST_TEST(second.stop().code == 0);
    const comparison found(out);
    BOOST_TEST_MESSAGE(found.again << " came again");
    BOOST_TEST(found.ids.size() == static_cast<std::size_t>(partitions));
    for (const auto& [key, each] : found.ids)
        BOOST_TEST(each.size() == static_cast<std::size_t>(of_each), key);
    BOOST_TEST(found.disorder == 0);
    BOOST_TEST(found.other_ids == 0);
}

BOOST_AUTO_TEST_SUITE_END()
