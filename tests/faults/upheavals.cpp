// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Random graphs in the program itself, which is killed while it works: upheavals [GRAPHS [SEED]].
// Worker and supervisor are killed, components crash, what nodes work with is away, and newer
// packages are copied over; the journal is on disk. In the end the receipts say what the model of the
// graph says, each packet that the model has delivered is in the output, and no other is.
#include "tests/faults/dice.hpp"
#include "tests/faults/rounds.hpp"
#include "tests/faults/tried_host.hpp"
#include "tests/faults/watched_worker.hpp"
#include "tests/host/engine/graph_model.hpp"
#include "tests/host/engine/random_graph.hpp"

#include <penstock/json.hpp>

#include <algorithm>
#include <array>
#include <exception>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

namespace
{

using namespace penstock;
using namespace penstock::faults;
using namespace penstock::host::tests;
using namespace std::chrono_literals;

constexpr std::size_t most_packets = 60; // of a request: each delivery is a line in a file
constexpr std::size_t most_replays = 5;
constexpr std::size_t most_crashes = 2; // one more could put a packet away
constexpr std::size_t most_kills = 3;   // the pauses of a supervisor grow with each

enum class upheaval
{
    kill_worker,
    kill_supervisor,
    crash,
    go_away,
    upgrade,
    redeploy
};
constexpr std::array all_upheavals{upheaval::kill_worker, upheaval::kill_supervisor,
                                   upheaval::crash,       upheaval::go_away,
                                   upheaval::upgrade,     upheaval::redeploy};

std::string_view component_of(act does)
{
    switch (does)
    {
    case act::adapt: return "random/adapt";
    case act::window:
    case act::window_raise: return "random/window";
    case act::group: return "random/group";
    case act::join: return "random/join";
    case act::publish: return "random/publish";
    default: return is_publisher(does) ? "random/end" : "random/work";
    }
}

// The graph as a file says it.
std::string text_of(const random_graph& graph, const std::filesystem::path& place)
{
    json::object nodes;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    {
        const random_node& each = graph.nodes[i];
        json::object form{
            {"component", component_of(each.does)},
            {"params",
             {{"number", i},
              {"node", to_numbers(each)},
              {"record", (place / "record").string()},
              {"away", (place / ("away" + std::to_string(i))).string()},
              {"crash", (place / ("crash" + std::to_string(i))).string()}}},
            {"retry", {{"attempts", each.attempts}, {"backoff", "1ms"}, {"max_backoff", "10ms"}}}};
        nodes["n" + std::to_string(i)] = std::move(form);
    }
    json::array edges;
    for (const random_edge& each : graph.edges)
        edges.push_back(
            {{"from", "n" + std::to_string(each.from) + (each.of_error ? ".error" : ".out")},
             {"to", "n" + std::to_string(each.to) + (each.port == 0 ? ".in" : ".in2")},
             {"capacity", each.capacity}});
    json::object file{{"penstock", 1},
                      {"name", "trial"},
                      {"nodes", std::move(nodes)},
                      {"edges", std::move(edges)}};
    if (graph.keys != 0)
        file["partition_by"] = "/meta/key";
    return write_json(file);
}

/// A graph that the program can run; what happens to it is decided here.
random_graph make_graph(std::uint64_t seed)
{
    random_graph made = make_random_graph(seed);
    made.events.clear();
    made.most_pending = 1000;
    for (random_request& each : made.requests)
    {
        each.packets = 1 + each.packets % most_packets;
        each.durable = true;
    }
    return made;
}

using deliveries = std::map<std::pair<std::size_t, std::uint64_t>, std::size_t>;

deliveries read_record(const std::filesystem::path& file)
{
    deliveries found;
    std::ifstream in(file);
    std::size_t node = 0;
    std::size_t request = 0;
    std::uint64_t value = 0;
    while (in >> node >> request >> value)
        ++found[{node, value}];
    return found;
}

expected_counts counts_in(const json::value& receipt)
{
    const auto number = [&](const char* name)
    { return receipt.at(name).to_number<std::uint64_t>(); };
    return {number("delivered"), number("dropped"), number("failed"), number("dead_count")};
}

std::string text_of(const expected_counts& counts)
{
    return std::to_string(counts.delivered) + " delivered, " + std::to_string(counts.dropped) +
           " dropped, " + std::to_string(counts.failed) + " failed, " +
           std::to_string(counts.dead) + " dead";
}

/// One graph in one host.
class trial
{
public:
    trial(const random_graph& graph, const std::filesystem::path& place, std::uint64_t seed)
        : graph_(graph), place_(place), packages_(place / "packages"), seed_(seed), chance_(seed)
    {
        std::filesystem::create_directories(packages_);
        std::filesystem::permissions(packages_, std::filesystem::perms::owner_all);
        install();
        host_.emplace(tried_host::settings{
            .place = place,
            .graph = text_of(graph, place),
            .more = {"--packages", packages_.string(), "--lanes", std::to_string(graph.lanes)}});
    }

    /// Returns what differs from the model; nothing if all is the same.
    std::string run()
    {
        host_->start();
        if (chance_() % 2 == 0) // so that much is under way
            mark("away", chance_() % graph_.nodes.size());
        std::thread sender([this] { send_all(); });
        const std::size_t count = 1 + chance_() % 6;
        for (std::size_t i = 0; i < count; ++i)
        {
            pause(std::chrono::microseconds(chance_() % 40'000));
            happen(all_upheavals[chance_() % all_upheavals.size()]);
        }
        sender.join();
        come_back();
        if (receipts_.size() != graph_.requests.size())
            return "not all requests are accepted; ";
        if (!wait_for_receipts())
            wrong_ << "a request is not done; ";
        else
        {
            compare_counts();
            compare_outputs();
            replay_letters();
        }
        if (const int code = host_->stop(); code != 0)
            wrong_ << "the host ends with " << code << "; ";
        return wrong_.str();
    }

    [[nodiscard]] std::size_t replays() const noexcept { return replays_; }
    [[nodiscard]] const std::map<upheaval, std::size_t>& upheavals() const noexcept
    {
        return upheavals_;
    }
    [[nodiscard]] std::string log() const { return host_->log(); }
    [[nodiscard]] const std::string& what_happened() const noexcept { return happened_; }

private:
    // The package as one that is whole from the start.
    void install()
    {
        const std::string next = (packages_ / "next").string();
        std::filesystem::copy_file(++versions_ % 2 == 0 ? PENSTOCK_RANDOM_PACKAGE_NEWER
                                                        : PENSTOCK_RANDOM_PACKAGE,
                                   next, std::filesystem::copy_options::overwrite_existing);
        std::filesystem::rename(next, packages_ / "random.so");
    }

    void happen(upheaval what)
    {
        ++upheavals_[what];
        switch (what)
        {
        case upheaval::kill_worker:
            if (kills_++ < most_kills && host_->kill_worker())
                happened_ += "the worker is killed; ";
            return;
        case upheaval::kill_supervisor:
            happened_ += "the supervisor is killed; ";
            host_->kill();
            kills_ = 0;
            return host_->start();
        case upheaval::crash:
            if (crashes_++ < most_crashes)
                mark("crash", chance_() % graph_.nodes.size());
            return;
        case upheaval::go_away: return mark("away", chance_() % graph_.nodes.size());
        case upheaval::upgrade:
            // A worker that is just loading a package refuses one that is exchanged meanwhile.
            wait_for_service();
            install();
            happened_ += "a newer package is copied over; ";
            return deploy();
        case upheaval::redeploy: happened_ += "a new version; "; return deploy();
        }
    }

    void mark(const std::string& how, std::size_t node)
    {
        const std::string name = how + std::to_string(node);
        happened_ += name + "; ";
        std::ofstream(place_ / name) << ' ';
    }

    void come_back() const
    {
        for (std::size_t i = 0; i < graph_.nodes.size(); ++i)
            for (const char* how : {"away", "crash"})
                std::filesystem::remove(place_ / (how + std::to_string(i)));
    }

    void wait_for_service() const
    {
        eventually(30s,
                   [&]
                   {
                       const auto answer = host_->client(1s).send("GET", "/livez");
                       return answer && answer->status == 200;
                   });
    }

    void deploy()
    {
        host::http::header_list fields;
        fields.add("Content-Type", "application/json");
        unsigned status = 0;
        const bool deployed =
            eventually(30s,
                       [&]
                       {
                           const auto answer = host_->client().send(
                               "POST", "/api/graphs/trial/deploy", fields, text_of(graph_, place_));
                           status = answer ? answer->status : 0;
                           return status == 200 || status == 422;
                       });
        if (!deployed || status != 200)
            wrong_ << "a deployment is answered with " << status << "; ";
    }

    // Each request until it is accepted, and once.
    void send_all()
    {
        dice chance(seed_ + 1);
        for (std::size_t i = 0; i < graph_.requests.size(); ++i)
        {
            pause(std::chrono::microseconds(chance() % 20'000));
            const random_request& each = graph_.requests[i];
            host::http::header_list fields;
            fields.add("Content-Type", "text/plain");
            fields.add("Idempotency-Key", "request " + std::to_string(i));
            if (each.key != 0)
                fields.add("X-Meta-Key", "key " + std::to_string(each.key));
            const std::string body = std::to_string(i) + " " + std::to_string(each.packets);
            eventually(60s,
                       [&]
                       {
                           const auto answer =
                               host_->client(5s).send("POST", "/data?ack=durable", fields, body);
                           if (!answer || answer->status != 202)
                               return false;
                           receipts_.emplace_back(
                               parse_json(answer->body).at("receipt").as_string());
                           return true;
                       });
        }
    }

    bool wait_for_receipts()
    {
        ended_.resize(receipts_.size());
        return eventually(60s,
                          [&]
                          {
                              bool all = true;
                              for (std::size_t i = 0; i < receipts_.size(); ++i)
                                  all = is_done(i) && all;
                              return all;
                          });
    }

    bool is_done(std::size_t request)
    {
        if (ended_[request])
            return true;
        const auto answer = host_->client().send("GET", "/receipts/" + receipts_[request]);
        if (!answer || answer->status != 200)
            return false;
        const json::value fate = parse_json(answer->body);
        if (fate.at("state").as_string() != "done")
            return false;
        ended_[request] = counts_in(fate);
        return true;
    }

    // What failed fails again, and what is sent on before ends as the model says.
    void replay_letters()
    {
        const auto answer = host_->client().send("GET", "/api/dead-letters");
        if (!answer || answer->status != 200)
        {
            wrong_ << "the dead letters are not told; ";
            return;
        }
        const json::array letters = parse_json(answer->body).at("dead_letters").as_array();
        for (std::size_t i = 0; i < std::min(letters.size(), most_replays); ++i)
            replay(letters[i].as_object());
    }

    void replay(const json::object& letter)
    {
        const std::string name(letter.at("node").as_string());
        const std::string value(letter.at("packet").at("fields").at("value").as_string());
        host::http::header_list fields;
        fields.add("Content-Type", "application/json");
        const std::string target =
            "/api/dead-letters/" + std::string(letter.at("id").as_string()) + "/replay";
        const auto answer = host_->client().send("POST", target, fields, "{}");
        if (!answer || answer->status != 202)
        {
            wrong_ << "a dead letter of " << name << " is not replayed; ";
            return;
        }
        ++replays_;
        receipts_.emplace_back(parse_json(answer->body).at("receipt").as_string());
        ended_.resize(receipts_.size());
        const std::size_t last = receipts_.size() - 1;
        if (!eventually(20s, [&] { return is_done(last); }))
        {
            wrong_ << "a replay at " << name << " is not done; ";
            return;
        }
        const expected_counts expected =
            model_of_replay(graph_, std::stoull(name.substr(1)), std::stoull(value)).counts;
        // Where a packet has been before is not known any more.
        if (ended_[last]->delivered + ended_[last]->failed !=
                expected.delivered + expected.failed ||
            ended_[last]->dropped != expected.dropped || ended_[last]->dead != expected.dead)
            wrong_ << "a replay of " << value << " at " << name << ": " << text_of(*ended_[last])
                   << " instead of " << text_of(expected) << "; ";
    }

    void compare_counts()
    {
        for (std::size_t i = 0; i < ended_.size(); ++i)
        {
            const expected_counts expected = model_of(graph_, i).counts;
            if (*ended_[i] != expected)
                wrong_ << "request " << i << ": " << text_of(*ended_[i]) << " instead of "
                       << text_of(expected) << "; ";
        }
    }

    void compare_outputs()
    {
        deliveries expected;
        for (std::size_t i = 0; i < graph_.requests.size(); ++i)
            for (const auto& [output, count] : model_of(graph_, i).outputs)
                expected[output] += count;
        const deliveries found = read_record(place_ / "record");
        for (const auto& [output, count] : expected)
        {
            const auto at = found.find(output);
            if (at == found.end() || at->second < count)
                wrong_ << "n" << output.first << " has not delivered " << output.second << "; ";
        }
        for (const auto& [output, count] : found)
            if (!expected.contains(output))
                wrong_ << "n" << output.first << " has delivered " << output.second
                       << ", which was never sent; ";
    }

    const random_graph& graph_;
    const std::filesystem::path place_;
    const std::filesystem::path packages_;
    const std::uint64_t seed_;
    dice chance_; // of the thread that has things happen
    std::optional<tried_host> host_;
    std::size_t versions_ = 0;
    std::size_t kills_ = 0;
    std::size_t crashes_ = 0;
    std::vector<std::string> receipts_;
    std::vector<std::optional<expected_counts>> ended_;
    std::size_t replays_ = 0;
    std::map<upheaval, std::size_t> upheavals_;
    std::string happened_;
    std::ostringstream wrong_;
};

int run(const wish& told)
{
    const bench_directory place;
    std::size_t requests = 0;
    std::size_t differ = 0;
    std::size_t replays = 0;
    std::map<upheaval, std::size_t> all;
    for (std::uint64_t seed = told.seed; seed < told.seed + told.rounds; ++seed)
    {
        const random_graph graph = make_graph(seed);
        requests += graph.requests.size();
        trial tried(graph, place.fresh("trial"), seed);
        const std::string wrong = tried.run();
        replays += tried.replays();
        for (const auto& [what, count] : tried.upheavals())
            all[what] += count;
        if (wrong.empty())
            continue;
        ++differ;
        std::cout << "upheavals: seed " << seed << ": " << tried.what_happened()
                  << "then: " << wrong << '\n'
                  << to_text(graph) << "the host said: " << tried.log();
    }
    std::cout << "upheavals: " << grouped(told.rounds) << " graphs, " << grouped(requests)
              << " requests; " << grouped(all[upheaval::kill_worker]) << " kills of a worker, "
              << grouped(all[upheaval::kill_supervisor]) << " of a supervisor, "
              << grouped(all[upheaval::crash]) << " crashes, " << grouped(all[upheaval::go_away])
              << " times away, " << grouped(all[upheaval::upgrade]) << " newer packages, "
              << grouped(all[upheaval::redeploy]) << " new versions, " << grouped(replays)
              << " replays; " << grouped(differ) << " graphs differ from the model\n";
    return differ == 0 ? 0 : 1;
}

} // namespace

int main(int count, char* arguments[])
{
    try
    {
        return run(wish(count, arguments, 10));
    }
    catch (const std::exception& error)
    {
        std::cerr << "upheavals: " << error.what() << '\n';
        return 1;
    }
}
