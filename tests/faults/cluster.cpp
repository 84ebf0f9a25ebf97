// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// The cluster of examples/cluster under load through its balancer: cluster [MISDEEDS [SEED]]. Hosts
// and databases are killed, stopped and cut off, and disks are full; the seed says which is first.
// Nothing that was accepted may be lost, nothing delivered twice with another packet id, no key out
// of order, and requests must be accepted again in time. Order is that of first deliveries, but for
// those between the time a stopped host goes on and the time all work together again. It needs
// namespaces of its own; skipped (77) without.
#include "tests/faults/dice.hpp"
#include "tests/faults/example_cluster.hpp"
#include "tests/faults/graphs.hpp"
#include "tests/faults/keyed_load.hpp"
#include "tests/faults/own_machine.hpp"
#include "tests/faults/rounds.hpp"
#include "tests/faults/tried_host.hpp"
#include "tests/faults/watched_worker.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <exception>
#include <filesystem>
#include <iostream>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

namespace
{

using namespace penstock::faults;
using namespace std::chrono_literals;

constexpr int skipped = 77;
constexpr std::uint16_t balancer = 8'080;
constexpr std::size_t hosts = 3;
constexpr std::size_t keys = 12;

// So that each key is worked off meanwhile: its requests reach the hosts in turn, and wait there.
constexpr auto pause_of_clients = 100ms;

// Packets that may be in a graph when its host ends, and are delivered again then.
constexpr std::size_t window = 1'024;

// A primary that is away for longer has a successor: what docs/scale.md promises.
constexpr auto succession = 15s;

class trial;

struct misdeed
{
    const char* name;
    void (trial::*what)();
    std::chrono::milliseconds most; ///< time without an acceptance
    std::size_t times = 0;
    std::chrono::milliseconds longest{0};
};

class trial
{
public:
    trial(const std::filesystem::path& place, std::uint64_t seed)
        : chance_(seed),
          first_(seed - 1),
          witness_(place / "witness"),
          all_(place, trial_graph(R"("path": ")" + witness_.string() + '"')),
          clients_(balancer, keys, pause_of_clients)
    {
        recover();
    }

    void round(std::size_t number)
    {
        misdeed& now = misdeeds_[(first_ + number) % misdeeds_.size()];
        roles_ = all_.wait_for_roles();
        has_successor_ = false;
        clients_.begin_look();
        (this->*now.what)();
        ++misdone_;
        recover();
        if (!unordered_.empty())
            unordered_.back().end = std::min(unordered_.back().end, size_of_witness());
        if (has_successor_ && all_.wait_for_roles().primary == roles_.primary)
            throw std::runtime_error(roles_.primary + ": is the primary still after " + now.name +
                                     "; another one was expected");
        const auto gap = clients_.longest_gap();
        ++now.times;
        now.longest = std::max(now.longest, gap);
        std::cout << "cluster: " << number + 1 << ": " << now.name << ": nothing accepted for "
                  << gap.count() << " ms" << std::endl;
    }

    /// Returns the exit code.
    int account_for();

private:
    std::chrono::milliseconds some_time(std::chrono::milliseconds least,
                                        std::chrono::milliseconds most)
    {
        return least + std::chrono::milliseconds(
                           chance_() % static_cast<std::uint64_t>((most - least).count()));
    }

    std::string some_host() { return "host" + std::to_string(chance_() % hosts + 1); }

    // Until all work together again.
    void recover()
    {
        (void)all_.wait_for_roles();
        for (std::size_t i = 1; i <= hosts; ++i)
        {
            auto host = example_cluster::host(i);
            const auto is_ready = [&]
            {
                const auto answer = host.send("GET", "/readyz");
                return answer && answer->status == 200;
            };
            if (!eventually(60s, is_ready))
                throw std::runtime_error("host " + std::to_string(i) + " is not ready; " +
                                         all_.last_words());
        }
        const std::size_t before = clients_.accepted();
        if (!eventually(30s, [&] { return clients_.accepted() > before + 50; }))
            throw std::runtime_error("nothing is accepted; " + all_.last_words());
    }

    void kill_host()
    {
        const std::string host = some_host();
        all_.command("kill", {host});
        pause(some_time(1s, 6s));
        all_.command("start", {host});
    }

    // Until its next commit fails, it may process what another one has taken over.
    void stop_host()
    {
        const pid_t host = all_.process(some_host());
        example_cluster::signal(SIGSTOP, host);
        pause(some_time(2s, 15s));
        unordered_.push_back({size_of_witness(), std::numeric_limits<std::uintmax_t>::max()});
        example_cluster::signal(SIGCONT, host);
    }

    void kill_primary()
    {
        ::kill(all_.postgres(roles_.primary), SIGKILL);
        has_successor_ = true;
    }

    void stop_primary()
    {
        const pid_t primary = all_.postgres(roles_.primary);
        example_cluster::signal(SIGSTOP, primary);
        be_away(some_time(3s, 20s));
        example_cluster::signal(SIGCONT, primary);
    }

    void be_away(std::chrono::milliseconds time)
    {
        pause(time);
        has_successor_ = time > succession;
    }

    void stop_standby()
    {
        const pid_t standby = all_.postgres(roles_.standby);
        example_cluster::signal(SIGSTOP, standby);
        pause(some_time(3s, 20s));
        example_cluster::signal(SIGCONT, standby);
    }

    void kill_standby() { ::kill(all_.postgres(roles_.standby), SIGKILL); }

    void kill_machine_of_primary()
    {
        all_.command("kill", {roles_.primary});
        be_away(some_time(5s, 20s));
        all_.command("start", {roles_.primary});
    }

    // Then the primary is alone, and nothing that is accepted would be kept twice.
    void kill_all_standbys()
    {
        for (const std::string& each : {roles_.standby, roles_.other})
        {
            ::kill(all_.process(each + ".patroni"), SIGKILL);
            ::kill(all_.postgres(each), SIGKILL);
        }
        pause(500ms); // answers that were on their way
        const std::size_t before = clients_.accepted();
        penstock::host::http::client client({"127.0.0.1", balancer, ""}, {.timeout = 20s});
        penstock::host::http::header_list fields;
        fields.add("Content-Type", "application/json");
        const auto answer = client.send("POST", "/data?ack=replicated", fields, R"({"n": 0})");
        alone_ += answer && answer->status == 503 ? 0 : 1;
        pause(some_time(1s, 4s));
        alone_ += clients_.accepted() - before;
        all_.command("start", {roles_.standby, roles_.other});
        clients_.begin_look();
    }

    void cut_primary_off()
    {
        all_.command("cut", {roles_.primary});
        be_away(some_time(3s, 20s));
        all_.command("join", {roles_.primary});
    }

    void cut_standby_off()
    {
        all_.command("cut", {roles_.standby});
        pause(some_time(3s, 20s));
        all_.command("join", {roles_.standby});
    }

    // What has ended for want of room is started again.
    void fill_disk_of_primary()
    {
        all_.fill_disk(roles_.primary);
        pause(some_time(3s, 10s));
        all_.empty_disk(roles_.primary);
        all_.command("start", {roles_.primary});
    }

    std::uintmax_t size_of_witness() const { return std::filesystem::file_size(witness_); }

    std::size_t count_unknown();
    [[nodiscard]] bool is_in_time() const;

    dice chance_;
    const std::size_t first_; ///< misdeed
    const std::filesystem::path witness_;
    const example_cluster all_;
    keyed_load clients_;
    example_cluster::roles roles_;
    std::vector<witness_part> unordered_; ///< what was written while a stopped host went on
    bool has_successor_ = false;          ///< the primary of this round, at its end
    std::size_t misdone_ = 0;
    std::size_t alone_ = 0; ///< acceptances while there was no standby
    std::array<misdeed, 11> misdeeds_{{
        {"a host killed", &trial::kill_host, 5s},
        {"the primary killed", &trial::kill_primary, 15s},
        {"a host stopped", &trial::stop_host, 15s},
        {"the primary stopped", &trial::stop_primary, 15s},
        {"all standbys killed", &trial::kill_all_standbys, 30s},
        {"the machine of the primary killed", &trial::kill_machine_of_primary, 15s},
        {"the standby killed", &trial::kill_standby, 15s},
        {"the primary cut off", &trial::cut_primary_off, 15s},
        {"the disk of the primary full", &trial::fill_disk_of_primary, 15s},
        {"the standby cut off", &trial::cut_standby_off, 15s},
        {"the standby stopped", &trial::stop_standby, 15s},
    }};
};

// Some of the receipts, asked of all hosts.
std::size_t trial::count_unknown()
{
    constexpr std::size_t asked = 200;
    std::size_t unknown = 0;
    for (std::size_t i = 0; i < asked; ++i)
    {
        const auto& key = clients_.by_key()[i % keys];
        if (key.empty())
            continue;
        const std::string& one = key[chance_() % key.size()].receipt;
        for (std::size_t host = 1; host <= hosts; ++host)
        {
            const auto answer = example_cluster::host(host).send("GET", "/receipts/" + one);
            unknown +=
                answer && answer->body.find(R"("state":"done")") != std::string::npos ? 0 : 1;
        }
    }
    return unknown;
}

bool trial::is_in_time() const
{
    return std::ranges::all_of(misdeeds_,
                               [](const misdeed& each) { return each.longest <= each.most; });
}

int trial::account_for()
{
    clients_.stop();
    const bool is_settled = eventually(180s, [&] { return all_.is_settled(); });
    const std::size_t unknown = count_unknown();
    all_.command("stop");
    const keyed_account found = settle_account(clients_, witness_, unordered_);
    for (const misdeed& each : misdeeds_)
        if (each.times > 0)
            std::cout << "cluster: " << each.times << " times " << each.name
                      << ": nothing accepted for " << each.longest.count() << " ms at most, of "
                      << each.most.count() << '\n';
    std::cout << "cluster: answers:";
    for (const auto& [status, count] : clients_.answers())
        std::cout << ' ' << status << ": " << grouped(count);
    std::cout << "\ncluster: " << grouped(found.accepted) << " accepted, "
              << grouped(found.replicated) << " of them replicated, " << grouped(found.lost)
              << " lost, " << grouped(found.duplicates) << " duplicates, "
              << grouped(found.other_ids) << " of them with another id, "
              << grouped(found.out_of_order) << " out of the order of their key, "
              << grouped(found.excused) << " more while a stopped host went on; "
              << grouped(unknown) << " receipts not done at some host; " << grouped(alone_)
              << " accepted without a standby, " << grouped(clients_.untrue())
              << " untrue answers\n";
    const bool is_well = is_settled && unknown == 0 && found.replicated > 0 && found.lost == 0 &&
                         found.other_ids == 0 && found.duplicates <= window * misdone_ &&
                         found.out_of_order == 0 && alone_ == 0 && clients_.untrue() == 0 &&
                         is_in_time();
    if (!is_well)
        std::cout << "cluster: settled " << is_settled << "; " << all_.last_words();
    return is_well ? 0 : 1;
}

int run(const wish& told, const std::filesystem::path& place)
{
    trial all(place, told.seed);
    bool is_well = true;
    try
    {
        for (std::size_t i = 0; i < told.rounds; ++i)
            all.round(i);
    }
    catch (const std::exception& error)
    {
        std::cout << "cluster: " << error.what() << '\n';
        is_well = false;
    }
    return all.account_for() == 0 && is_well ? 0 : 1;
}

} // namespace

int main(int count, char* arguments[])
{
    const wish told(count, arguments, 10);
    try
    {
        const bench_directory place;
        std::string why_not;
        const int code = on_own_machine([&] { return run(told, place.path()); }, why_not);
        if (code >= 0)
            return code;
        std::cout << "cluster: skipped: " << why_not << '\n';
        return skipped;
    }
    catch (const std::exception& error)
    {
        std::cerr << "cluster: " << error.what() << '\n';
        return 1;
    }
}
