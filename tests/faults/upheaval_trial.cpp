// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/faults/upheaval_trial.hpp"

#include "tests/faults/dice.hpp"
#include "tests/faults/random_graph_file.hpp"
#include "tests/faults/rounds.hpp"
#include "tests/faults/tried_host.hpp"
#include "tests/faults/watched_worker.hpp"
#include "tests/host/engine/graphs/graph_model.hpp"

#include <penstock/json.hpp>

#include <algorithm>
#include <array>
#include <fstream>
#include <optional>
#include <sstream>
#include <thread>
#include <utility>
#include <vector>

namespace penstock::faults
{

namespace
{

using namespace host::tests;
using namespace std::chrono_literals;

constexpr std::size_t most_replays = 5;
constexpr std::size_t most_crashes = 2; // one more could put a packet away
constexpr std::size_t most_kills = 3;   // the pauses of a supervisor grow with each

constexpr std::array all_upheavals{upheaval::kill_worker, upheaval::kill_supervisor,
                                   upheaval::crash,       upheaval::go_away,
                                   upheaval::upgrade,     upheaval::redeploy};

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
            .graph = file_of(graph, place),
            .more = {"--packages", packages_.string(), "--lanes", std::to_string(graph.lanes)}});
    }

    trial_end run()
    {
        work_on();
        return {wrong_.str(), happened_, host_->log(), upheavals_, replays_};
    }

private:
    void work_on()
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
        {
            wrong_ << "not all requests are accepted; ";
            return;
        }
        if (!wait_for_receipts())
            wrong_ << "a request is not done; ";
        else
        {
            compare_counts();
            compare_outputs();
            replay_dead_letters();
        }
        if (const int code = host_->stop(); code != 0)
            wrong_ << "the host ends with " << code << "; ";
    }

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
                               "POST", "/api/graphs/trial/deploy", fields, file_of(graph_, place_));
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
    void replay_dead_letters()
    {
        const auto answer = host_->client().send("GET", "/api/dead-letters");
        if (!answer || answer->status != 200)
        {
            wrong_ << "the dead letters are not told; ";
            return;
        }
        const json::array dead_letters = parse_json(answer->body).at("dead_letters").as_array();
        for (std::size_t i = 0; i < std::min(dead_letters.size(), most_replays); ++i)
            replay(dead_letters[i].as_object());
    }

    void replay(const json::object& dead_letter)
    {
        const std::string name(dead_letter.at("node").as_string());
        const std::string value(dead_letter.at("packet").at("fields").at("value").as_string());
        host::http::header_list fields;
        fields.add("Content-Type", "application/json");
        const std::string target =
            "/api/dead-letters/" + std::string(dead_letter.at("id").as_string()) + "/replay";
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

} // namespace

trial_end run_trial(const random_graph& graph, const std::filesystem::path& place,
                    std::uint64_t seed)
{
    return trial(graph, place, seed).run();
}

} // namespace penstock::faults
