// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Two hosts on a cluster of three brokers, under load: broker [MISDEEDS [SEED]]. Each host
// publishes what it is sent to a quorum queue, answers that it is replicated when it is confirmed,
// and reads the queue.
// The node of the queue's leader is killed or hangs, a follower is killed, a host is killed, and two
// nodes of three are gone: then nothing may be answered as replicated. What was accepted must be
// delivered in the end, and what is delivered twice must have the same packet id.
#include "tests/faults/dice.hpp"
#include "tests/faults/load.hpp"
#include "tests/faults/rounds.hpp"
#include "tests/faults/tried_host.hpp"
#include "tests/faults/watched_worker.hpp"
#include "tests/plugins/amqp/broker_nodes.hpp"

#include <penstock/json.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace
{

using namespace penstock::faults;
using namespace std::chrono_literals;
namespace json = penstock::json;

constexpr std::size_t hosts = 2;
constexpr std::size_t clients = 4;
constexpr const char* queue = "orders";

// The longest that nothing may be processed after the leader is gone or hangs.
constexpr std::chrono::milliseconds promised = 15s;

json::object node_of(const char* component, json::object params)
{
    return {{"component", component},
            {"params", std::move(params)},
            {"retry", json::object{{"backoff", "100ms"}, {"max_backoff", "1s"}}}};
}

std::string graph_of(const char* name, json::object nodes, json::array edges)
{
    return penstock::write_json(json::object{
        {"penstock", 1}, {"name", name}, {"nodes", std::move(nodes)}, {"edges", std::move(edges)}});
}

json::object edge(const char* from, const char* to)
{
    return {{"from", from}, {"to", to}};
}

json::object broker_of(const broker_nodes& cluster)
{
    json::array urls;
    for (const std::string& each : cluster.urls())
        urls.push_back(json::string(each));
    return {{"urls", urls}, {"queue", queue}};
}

std::string front(const broker_nodes& cluster)
{
    json::object sink = broker_of(cluster);
    sink["replicated"] = true;
    return graph_of("front",
                    {{"read", json::object{{"component", "json/read"}}},
                     {"send", node_of("amqp/publish", std::move(sink))}},
                    {edge("read.out", "send.in")});
}

std::string back(const broker_nodes& cluster, const std::string& witness)
{
    json::object source = broker_of(cluster);
    source["heartbeat"] = "2s";
    return graph_of("back",
                    {{"take", node_of("amqp/source", std::move(source))},
                     {"read", json::object{{"component", "json/read"}}},
                     {"write", node_of("trial/witness", {{"path", json::string(witness)}})}},
                    {edge("take.out", "read.in"), edge("read.out", "write.in")});
}

/// One host with its clients, whose numbers nobody else gives.
struct member
{
    member(const std::filesystem::path& place, std::size_t number, const broker_nodes& cluster,
           const std::string& witness)
        : host({.place = made(place),
                .graph = front(cluster),
                .more = {written(place / "back.json", back(cluster, witness))}})
    {
        host.start();
        load_.emplace(host, load::settings{.clients = clients,
                                           .target = "/graphs/front/data?ack=replicated&wait=60s",
                                           .pause = 2ms,
                                           .first_number = number * 1'000'000'000 + 1});
    }

    static std::filesystem::path made(std::filesystem::path place)
    {
        std::filesystem::create_directories(place);
        return place;
    }

    static std::string written(const std::filesystem::path& file, const std::string& text)
    {
        std::ofstream(file) << text;
        return file;
    }

    /// How many requests were processed.
    [[nodiscard]] std::size_t processed() const
    {
        const auto answers = load_->answers();
        const auto found = answers.find(200);
        return found == answers.end() ? 0 : found->second;
    }

    tried_host host;
    std::optional<load> load_;
};

class trial
{
public:
    explicit trial(const wish& told) : chance_(told.seed)
    {
        cluster_.declare(queue);
        for (std::size_t i = 0; i < hosts; ++i)
            members_[i] = std::make_unique<member>(place_.path() / std::to_string(i + 1), i + 1,
                                                   cluster_, witness());
        (void)wait_for_service();
    }

    /// Does one bad thing, and waits until requests are processed again.
    void misdeed(std::size_t kind)
    {
        switch (kind)
        {
        case 0: kill_leader(); break;
        case 1: hang_leader(); break;
        case 2: kill_follower(); break;
        case 3: kill_host(); break;
        default: lose_majority(); break;
        }
        (void)wait_for_service();
        pause(some_time(500ms));
    }

    void misdeed() { misdeed(chance_() % 5); }

    /// Returns the exit code.
    int account_for(std::size_t misdeeds)
    {
        std::vector<std::uint64_t> numbers;
        for (const auto& each : members_)
        {
            each->load_->stop();
            numbers.insert(numbers.end(), each->load_->numbers().begin(),
                           each->load_->numbers().end());
        }
        const bool is_done =
            eventually(60s, [&] { return settle_account(numbers, witness()).lost == 0; });
        bool is_well = is_done;
        for (const auto& each : members_)
            is_well &= each->host.stop() == 0;
        const account found = settle_account(numbers, witness());
        std::cout << "broker: " << grouped(misdeeds) << " misdeeds (" << grouped(kills_)
                  << " leaders killed and " << grouped(hangs_) << " stopped, "
                  << grouped(followers_) << " followers and " << grouped(host_kills_)
                  << " hosts killed, " << grouped(majorities_) << " majorities lost), "
                  << grouped(numbers.size()) << " accepted, " << grouped(found.lost) << " lost, "
                  << grouped(found.duplicates) << " duplicates, " << grouped(found.other_ids)
                  << " of them with another id; processing again at most " << longest_kill_.count()
                  << " ms after a leader's kill, " << longest_hang_.count()
                  << " ms after its hang; " << grouped(untrue_)
                  << " processed without a majority\n";
        if (!is_well)
            for (const auto& each : members_)
                std::cout << "broker: a host said: " << each->host.log();
        return is_well && found.lost == 0 && found.other_ids == 0 && untrue_ == 0 &&
                       longest_kill_ <= promised && longest_hang_ <= promised
                   ? 0
                   : 1;
    }

private:
    [[nodiscard]] std::string witness() const { return place_.path() / "witness"; }

    std::chrono::microseconds some_time(std::chrono::microseconds most)
    {
        return std::chrono::microseconds(chance_() % static_cast<std::uint64_t>(most.count()));
    }

    [[nodiscard]] std::size_t leader()
    {
        std::optional<std::size_t> found;
        if (!eventually(30s, [&] { return (found = cluster_.leader_of(queue, 0)).has_value(); }))
            throw std::runtime_error("the queue has no leader; one was expected within 30 s");
        return *found;
    }

    void kill_leader()
    {
        broker_server& node = cluster_.node(leader());
        node.kill();
        longest_kill_ = std::max(longest_kill_, wait_for_service());
        node.start();
        ++kills_;
    }

    // One that goes on takes itself for the leader still. It was given up meanwhile, and has to be
    // started anew then: RabbitMQ calls that a partition.
    void hang_leader()
    {
        broker_server& node = cluster_.node(leader());
        node.pause();
        longest_hang_ = std::max(longest_hang_, wait_for_service());
        node.resume();
        pause(3s);
        node.kill();
        node.start();
        ++hangs_;
    }

    void kill_follower()
    {
        broker_server& node = cluster_.node((leader() + 1) % broker_nodes::count);
        node.kill();
        (void)wait_for_service();
        node.start();
        ++followers_;
    }

    void kill_host()
    {
        tried_host& host = members_[chance_() % hosts]->host;
        host.kill();
        pause(some_time(2s));
        host.start();
        ++host_kills_;
    }

    // What was confirmed before may still be on its way to a client.
    void lose_majority()
    {
        const std::size_t first = chance_() % broker_nodes::count;
        broker_server& one = cluster_.node(first);
        broker_server& other = cluster_.node((first + 1) % broker_nodes::count);
        one.kill();
        other.kill();
        pause(2s);
        const std::size_t before = processed();
        penstock::host::http::header_list fields;
        fields.add("Content-Type", "application/json");
        for (const auto& each : members_)
        {
            const auto answer = each->host.client().send(
                "POST", "/graphs/front/data?ack=replicated&wait=1s", fields,
                penstock::write_json(json::object{{"n", asked_without_a_majority_++}}));
            untrue_ += answer && answer->status == 503 ? 0 : 1;
        }
        pause(5s);
        untrue_ += processed() - before;
        one.begin_start();
        other.begin_start();
        one.start();
        other.start();
        ++majorities_;
    }

    [[nodiscard]] std::size_t processed() const
    {
        std::size_t all = 0;
        for (const auto& each : members_)
            all += each->processed();
        return all;
    }

    // More than were on their way.
    std::chrono::milliseconds wait_for_service()
    {
        const auto begin = std::chrono::steady_clock::now();
        const std::size_t before = processed();
        if (!eventually(120s, [&] { return processed() > before + 2 * hosts * clients; }))
            throw std::runtime_error("nothing is processed; something was to be within 120 s");
        return std::chrono::ceil<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                            begin);
    }

    const bench_directory place_;
    dice chance_;
    broker_nodes cluster_;
    std::array<std::unique_ptr<member>, hosts> members_;
    std::chrono::milliseconds longest_kill_{0};
    std::chrono::milliseconds longest_hang_{0};
    std::size_t kills_ = 0;
    std::size_t hangs_ = 0;
    std::size_t followers_ = 0;
    std::size_t host_kills_ = 0;
    std::size_t majorities_ = 0;
    std::size_t untrue_ = 0;
    std::uint64_t asked_without_a_majority_ = 0; // a number that no client gives
};

// Each kind once, then any.
int run(const wish& told)
{
    constexpr std::size_t kinds = 5;
    trial all(told);
    for (std::size_t i = 0; i < told.rounds; ++i)
    {
        if (i < kinds)
            all.misdeed(i);
        else
            all.misdeed();
    }
    return all.account_for(told.rounds);
}

} // namespace

int main(int count, char* arguments[])
{
    try
    {
        return run(wish(count, arguments, 20));
    }
    catch (const std::exception& error)
    {
        std::cerr << "broker: " << error.what() << '\n';
        return 1;
    }
}
