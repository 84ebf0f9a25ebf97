// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Failure of the Nth system call of a kind under a journal, for one N after the other: syscalls
// [ROUNDS [SEED]]. So many Ns are drawn of those of a kind; 500 means every N up to 500, of work
// that makes so many calls. What was acknowledged must be there when the journal is opened again,
// and nothing may crash.
#include "tests/faults/dice.hpp"
#include "tests/faults/inspection.hpp"
#include "tests/faults/recording.hpp"
#include "tests/faults/rounds.hpp"
#include "tests/faults/watched_worker.hpp"

#include <algorithm>
#include <exception>
#include <iostream>
#include <iterator>
#include <numeric>
#include <string>
#include <vector>

namespace
{

using namespace penstock::faults;

constexpr std::size_t processes = 2;
constexpr std::size_t most = 500; // Ns of a kind

/// How much is done under a fault.
struct amount
{
    std::size_t records;
    std::size_t sessions;
};

constexpr amount little{.records = 120, .sessions = 2};

/// A system call, the ways in which it fails, and work that makes more than `most` of it.
struct kind
{
    const char* call;
    std::vector<const char*> ways;
    amount much;
};

const kind kinds[] = {{"write", {"EIO", "ENOSPC", "short"}, {1'500, 3}},
                      {"pwrite", {"EIO", "ENOSPC", "short"}, {1'500, 3}},
                      {"fdatasync", {"EIO", "ENOSPC"}, {500, 80}},
                      {"ftruncate", {"EIO", "ENOSPC"}, {600, 180}},
                      {"open", {"EIO", "ENOSPC"}, {500, 80}},
                      {"rename", {"EIO", "ENOSPC"}, {1'500, 3}}};

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
    trial(const bench_directory& place, std::uint64_t seed, std::size_t part)
        : place_(place), part_(std::to_string(part))
    {
        what_.seed = seed;
    }

    worker_end run(const char* call, const char* how, std::size_t n, const amount& work)
    {
        what_.records = work.records;
        what_.sessions = work.sessions;
        what_.directory = place_.fresh("trial" + part_);
        const std::filesystem::path log = place_.path() / ("log" + part_);
        std::filesystem::remove(log);
        const std::string fault = std::string(call) + ':' + how + ':' + std::to_string(n);
        const worker_end ended =
            run_worker(what_, {.log = log, .fault = fault, .marks_only = true});
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
    std::vector<std::size_t> all(rounds >= most ? std::min(calls, rounds) : calls);
    std::iota(all.begin(), all.end(), std::size_t{1});
    if (all.size() <= rounds)
        return all;
    std::vector<std::size_t> some;
    std::ranges::sample(all, std::back_inserter(some), static_cast<std::ptrdiff_t>(rounds), chance);
    return some;
}

void judge(const std::string& fault, const worker_end& ended, const trial& tried, tally& to)
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
        to.first = fault + ": " + wrong;
}

/// Every way in which a kind of call fails, for each N that is drawn; one part of them.
void try_kind(std::size_t which, const wish& told, std::size_t part, trial& tried, tally& to)
{
    const kind& of = kinds[which];
    const amount& work = told.rounds >= most ? of.much : little;
    tried.run(of.call, "EIO", 0, work);
    const std::size_t calls = tried.known().calls;
    if (part == 0)
        to.counts[counts + which] = calls;
    for (std::size_t way = 0; way < of.ways.size(); ++way)
        for (const std::size_t n : draw(calls, told.rounds, dice(told.seed + which * 8 + way)))
        {
            if (n % processes != part)
                continue;
            const worker_end ended = tried.run(of.call, of.ways[way], n, work);
            judge(std::string(of.call) + ' ' + of.ways[way] + " at call " + std::to_string(n),
                  ended, tried, to);
        }
}

std::string text_of_calls(const tally& all)
{
    std::string text;
    for (std::size_t which = 0; which < std::size(kinds); ++which)
        text += (text.empty() ? "" : ", ") + grouped(all.counts[counts + which]) + " " +
                kinds[which].call;
    return text;
}

int run(const wish& told)
{
    const bench_directory place;
    const auto part_of = [&](std::size_t part)
    {
        tally made;
        made.counts.resize(counts + std::size(kinds));
        trial tried(place, told.seed, part);
        for (std::size_t which = 0; which < std::size(kinds); ++which)
            try_kind(which, told, part, tried, made);
        return made;
    };
    const tally all = in_processes(processes, counts + std::size(kinds), part_of);
    std::cout << "syscalls: " << grouped(all.counts[faults]) << " faults, "
              << grouped(all.counts[kept]) << " acked, " << grouped(all.counts[refused])
              << " refused, " << grouped(all.counts[without_commit]) << " acked without a commit, "
              << grouped(all.counts[crashed]) << " crashes; a run without a fault makes "
              << text_of_calls(all) << '\n';
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
