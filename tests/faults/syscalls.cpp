// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Lets the Nth system call of a kind fail under a journal, for one N after the other: syscalls
// [ROUNDS [SEED]]. With fewer ROUNDS than there are calls of a kind, so many are drawn. What was
// acknowledged must be there when the journal is opened again, and nothing may crash.
#include "tests/faults/dice.hpp"
#include "tests/faults/inspection.hpp"
#include "tests/faults/recording.hpp"
#include "tests/faults/rounds.hpp"
#include "tests/faults/watched_worker.hpp"

#include <algorithm>
#include <exception>
#include <iostream>
#include <iterator>
#include <map>
#include <numeric>
#include <string>
#include <vector>

namespace
{

using namespace penstock::faults;

constexpr std::size_t processes = 2;
constexpr std::size_t most = 500; // Ns of a kind

struct kind
{
    const char* call;
    const char* how;
};

constexpr kind kinds[] = {{"write", "EIO"},        {"write", "ENOSPC"},     {"write", "short"},
                          {"pwrite", "EIO"},       {"pwrite", "ENOSPC"},    {"pwrite", "short"},
                          {"fdatasync", "EIO"},    {"fdatasync", "ENOSPC"}, {"ftruncate", "EIO"},
                          {"ftruncate", "ENOSPC"}, {"open", "EIO"},         {"open", "ENOSPC"},
                          {"rename", "EIO"},       {"rename", "ENOSPC"}};

enum count : std::size_t
{
    faults,
    kept,
    refused,
    without_commit, ///< records that were acknowledged and are not there
    crashed,
    counts
};

/// Runs a worker with one fault, and says what the journal is like afterwards.
class trial
{
public:
    trial(const bench_directory& place, std::uint64_t seed, std::size_t records, std::size_t part)
        : place_(place), part_(std::to_string(part))
    {
        what_.seed = seed;
        what_.records = records;
        what_.sessions = 2;
    }

    worker_end run(const kind& which, std::size_t n)
    {
        what_.directory = place_.fresh("trial" + part_);
        const std::filesystem::path log = place_.path() / ("log" + part_);
        std::filesystem::remove(log);
        const std::string fault =
            std::string(which.call) + ':' + which.how + ':' + std::to_string(n);
        const worker_end ended = run_worker(what_, {log, fault, true});
        known_ = {};
        const recording whole(log);
        for (const event& each : whole.events())
            known_.hear(each);
        return ended;
    }

    [[nodiscard]] const knowledge& known() const noexcept { return known_; }
    [[nodiscard]] findings look() const { return inspect(what_, known_); }

private:
    const bench_directory& place_;
    const std::string part_;
    workload what_;
    knowledge known_;
};

/// Which Ns to try when there are so many calls.
std::vector<std::size_t> draw(std::size_t calls, std::size_t rounds, dice chance)
{
    std::vector<std::size_t> all(std::min(calls, rounds >= most ? most : calls));
    std::iota(all.begin(), all.end(), std::size_t{1});
    if (all.size() <= rounds)
        return all;
    std::vector<std::size_t> some;
    std::ranges::sample(all, std::back_inserter(some), static_cast<std::ptrdiff_t>(rounds), chance);
    return some;
}

void judge(const kind& which, std::size_t n, const worker_end& ended, const trial& tried, tally& to)
{
    if (!tried.known().fault)
        return; // timing: this run had fewer calls
    ++to.counts[faults];
    for (const knowledge::fate& each : tried.known().fates)
        to.counts[refused] += each.refused ? 1 : 0;
    const findings found = tried.look();
    to.counts[kept] += found.kept;
    to.counts[without_commit] +=
        found.error.empty() ? found.lost + found.corrupt + found.damaged : found.kept;
    to.counts[crashed] += ended.is_well() ? 0 : 1;
    std::string wrong = found.error.empty() ? found.first : found.error;
    if (!ended.is_well())
        wrong = "the worker " + ended.text();
    if (to.first.empty() && !wrong.empty())
        to.first = std::string(which.call) + ' ' + which.how + " at call " + std::to_string(n) +
                   ": " + wrong;
}

int run(const wish& told)
{
    const bench_directory place;
    const std::size_t records = told.rounds >= most ? 1'500 : 120;
    const auto part_of = [&](std::size_t part)
    {
        tally made;
        made.counts.resize(counts);
        trial tried(place, told.seed, records, part);
        std::map<std::string, std::size_t> calls;
        std::size_t turn = 0;
        for (const kind& which : kinds)
        {
            if (!calls.contains(which.call))
            {
                tried.run(which, 0);
                calls[which.call] = tried.known().calls;
            }
            const dice chance(told.seed + static_cast<std::size_t>(&which - kinds));
            for (const std::size_t n : draw(calls[which.call], told.rounds, chance))
            {
                if (turn++ % processes != part)
                    continue;
                const worker_end ended = tried.run(which, n);
                judge(which, n, ended, tried, made);
            }
        }
        return made;
    };
    const tally all = in_processes(processes, counts, part_of);
    std::cout << "syscalls: " << grouped(all.counts[faults]) << " faults, "
              << grouped(all.counts[kept]) << " acked, " << grouped(all.counts[refused])
              << " refused, " << grouped(all.counts[without_commit]) << " acked without a commit, "
              << grouped(all.counts[crashed]) << " crashes\n";
    if (!all.first.empty())
        std::cout << "syscalls: " << all.first << '\n';
    return all.counts[faults] != 0 && all.counts[without_commit] == 0 && all.first.empty() ? 0 : 1;
}

} // namespace

int main(int count, char* arguments[])
{
    try
    {
        return run(wish(count, arguments, 6));
    }
    catch (const std::exception& error)
    {
        std::cerr << "syscalls: " << error.what() << '\n';
        return 1;
    }
}
