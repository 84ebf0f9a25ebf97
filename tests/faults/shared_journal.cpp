// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Three hosts with one journal in PostgreSQL, under load: shared_journal [MISDEEDS [SEED]]. Their
// clocks are an hour apart: leases go by the clock of the database alone. Hosts are killed and
// started again, or stopped for a while; workers and the database are killed. What was accepted must
// be delivered in the end, by whatever host, and what is delivered twice must have the same packet
// id; every host must know what became of it.
#include "tests/faults/dice.hpp"
#include "tests/faults/graphs.hpp"
#include "tests/faults/load.hpp"
#include "tests/faults/rounds.hpp"
#include "tests/faults/tried_host.hpp"
#include "tests/faults/watched_worker.hpp"
#include "tests/plugins/postgres/database_server.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
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

#include <sys/types.h>

namespace
{

using namespace penstock::faults;
using namespace std::chrono_literals;

constexpr std::size_t hosts = 3;

// Packets that may be in a graph when its host ends, and are delivered again then.
constexpr std::size_t window = 1'024;

/// One host with its clients, whose numbers nobody else gives.
struct member
{
    member(const std::filesystem::path& all, std::size_t number, const std::string& graph,
           const std::string& journal)
        : host({.place = made(all / std::to_string(number)),
                .graph = graph,
                .more = {"--journal", journal, "--journal-wait", "2s"},
                .environment = {std::string("LD_PRELOAD=") + PENSTOCK_CLOCK_SHIM,
                                "PENSTOCK_CLOCK=" + shifted(all / std::to_string(number), number)}})
    {
        host.start();
        clients.emplace(
            host,
            load::settings{.clients = 4, .pause = 1ms, .first_number = number * 1'000'000'000 + 1});
    }

    static std::filesystem::path made(std::filesystem::path place)
    {
        std::filesystem::create_directory(place);
        return place;
    }

    // The first host is an hour late, the third one an hour early.
    static std::string shifted(const std::filesystem::path& place, std::size_t number)
    {
        const std::filesystem::path file = place / "clock";
        const std::int64_t seconds = (static_cast<std::int64_t>(number) - 2) * 3'600;
        std::ofstream(file, std::ios::binary)
            .write(reinterpret_cast<const char*>(&seconds), sizeof seconds);
        return file;
    }

    tried_host host;
    std::optional<load> clients;
};

class cluster
{
public:
    explicit cluster(const wish& told) : chance_(told.seed)
    {
        database_.start();
        const std::string graph = trial_graph(R"("path": ")" + witness().string() + '"');
        for (std::size_t i = 0; i < hosts; ++i)
            members_[i] =
                std::make_unique<member>(place_.path(), i + 1, graph, database_.address());
    }

    /// Does one bad thing, and waits until somebody accepts again.
    void misdeed()
    {
        tried_host& host = members_[chance_() % hosts]->host;
        switch (chance_() % 5)
        {
        case 0:
        case 1:
            host.kill();
            pause(some_time(5s));
            host.start();
            ++kills_;
            break;
        case 2: stop_for_a_while(host); break;
        case 3: workers_ += host.kill_worker() ? 1 : 0; break;
        default:
            database_.kill();
            pause(some_time(500ms));
            database_.start();
            ++databases_;
            break;
        }
        wait_for_service();
        pause(some_time(300ms));
    }

    /// Returns the exit code.
    int account_for(std::size_t misdeeds)
    {
        std::vector<std::uint64_t> numbers;
        std::vector<std::string> receipts;
        std::chrono::milliseconds gap{0};
        for (const auto& each : members_)
        {
            each->clients->stop();
            numbers.insert(numbers.end(), each->clients->numbers().begin(),
                           each->clients->numbers().end());
            receipts.insert(receipts.end(), each->clients->receipts().begin(),
                            each->clients->receipts().end());
        }
        const bool is_settled = eventually(60s, [&] { return pending() == 0; });
        const std::size_t unknown = count_unknown(receipts);
        bool is_well = is_settled && unknown == 0;
        for (const auto& each : members_)
            is_well &= each->host.stop() == 0;
        const account found = settle_account(numbers, witness());
        std::cout << "shared_journal: " << grouped(misdeeds) << " misdeeds (" << grouped(kills_)
                  << " hosts, " << grouped(workers_) << " workers and " << grouped(databases_)
                  << " times the database killed, " << grouped(stops_) << " hosts stopped), "
                  << grouped(numbers.size()) << " accepted, " << grouped(found.lost) << " lost, "
                  << grouped(found.duplicates) << " duplicates, " << grouped(found.other_ids)
                  << " of them with another id; " << grouped(unknown)
                  << " receipts not done at some host; accepting again after at most "
                  << longest_.count() << " ms\n";
        if (!is_well)
            for (const auto& each : members_)
                std::cout << "shared_journal: a host said: " << each->host.log();
        return is_well && found.lost == 0 && found.other_ids == 0 &&
                       found.duplicates <= window * misdeeds
                   ? 0
                   : 1;
    }

private:
    [[nodiscard]] std::filesystem::path witness() const { return place_.path() / "witness"; }

    std::chrono::microseconds some_time(std::chrono::microseconds most)
    {
        return std::chrono::microseconds(chance_() % static_cast<std::uint64_t>(most.count()));
    }

    // Longer than a lease, sometimes: then it has lost its place when it goes on.
    void stop_for_a_while(const tried_host& host)
    {
        const std::array<pid_t, 2> processes{host.worker(), host.id()};
        for (const pid_t each : processes)
            if (each > 0)
                ::kill(each, SIGSTOP);
        pause(some_time(6s));
        for (const pid_t each : processes)
            if (each > 0)
                ::kill(each, SIGCONT);
        ++stops_;
    }

    [[nodiscard]] std::size_t accepted() const
    {
        std::size_t all = 0;
        for (const auto& each : members_)
            all += each->clients->accepted();
        return all;
    }

    void wait_for_service()
    {
        const auto begin = std::chrono::steady_clock::now();
        const std::size_t before = accepted();
        if (!eventually(30s, [&] { return accepted() > before; }))
            throw std::runtime_error("no host accepts; one was to within 30 s");
        longest_ = std::max(longest_, std::chrono::ceil<std::chrono::milliseconds>(
                                          std::chrono::steady_clock::now() - begin));
    }

    // Of all hosts: what is not done has no receipt.
    [[nodiscard]] std::int64_t pending() const
    {
        return std::stoll(database_
                              .ask("SELECT count(*) FROM penstock.entries e WHERE NOT EXISTS "
                                   "(SELECT FROM penstock.receipts r WHERE r.number = e.number)")
                              .at(0));
    }

    // Some of the receipts, asked of all hosts.
    [[nodiscard]] std::size_t count_unknown(const std::vector<std::string>& receipts)
    {
        constexpr std::size_t asked = 200;
        std::size_t unknown = 0;
        for (std::size_t i = 0; i < asked && !receipts.empty(); ++i)
        {
            const std::string& one = receipts[chance_() % receipts.size()];
            for (const auto& each : members_)
            {
                const auto answer = each->host.client().send("GET", "/receipts/" + one);
                unknown +=
                    answer && answer->body.find(R"("state":"done")") != std::string::npos ? 0 : 1;
            }
        }
        return unknown;
    }

    const bench_directory place_;
    dice chance_;
    database_server database_;
    std::array<std::unique_ptr<member>, hosts> members_;
    std::chrono::milliseconds longest_{0};
    std::size_t kills_ = 0;
    std::size_t stops_ = 0;
    std::size_t workers_ = 0;
    std::size_t databases_ = 0;
};

int run(const wish& told)
{
    cluster all(told);
    for (std::size_t i = 0; i < told.rounds; ++i)
        all.misdeed();
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
        std::cerr << "shared_journal: " << error.what() << '\n';
        return 1;
    }
}
