// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// How long a durable acceptance takes over 64 connections, beside a bare sync of the same disk:
// durable [SECONDS [SEED]]. On a fast disk it is the processor that all wait for, so there are
// three figures: as many requests as the host takes, some hundred a second, and on a disk with
// syncs of some milliseconds, where an acceptance may take two of them and a quarter.
#include "tests/faults/graphs.hpp"
#include "tests/faults/load.hpp"
#include "tests/faults/rounds.hpp"
#include "tests/faults/tried_host.hpp"
#include "tests/faults/watched_worker.hpp"

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

namespace
{

using namespace penstock::faults;
using namespace std::chrono_literals;
using std::chrono::microseconds;

constexpr std::size_t connections = 64;
constexpr std::size_t syncs = 200;
constexpr std::size_t enough = 10; // seconds, from which on the bound counts
constexpr auto slow_sync = 8ms;

using durations = std::vector<microseconds>;

std::vector<std::string> environment_of(const std::filesystem::path& disk, microseconds longer_sync)
{
    if (longer_sync == 0us)
        return {};
    return {std::string("LD_PRELOAD=") + PENSTOCK_DISK_SHIM, "PENSTOCK_DISK=" + disk.string(),
            "PENSTOCK_DISK_SYNC=" + std::to_string(longer_sync.count())};
}

/// Appends blocks to a file and syncs each.
void sync_bare(const std::filesystem::path& name, microseconds longer, durations& into)
{
    const int file = ::open(name.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    const std::string block(4'096, '.');
    for (std::size_t i = 0; i < syncs; ++i)
    {
        const auto start = std::chrono::steady_clock::now();
        pause(longer);
        if (::write(file, block.data(), block.size()) < 0 || ::fdatasync(file) != 0)
            throw std::runtime_error(name.string() + ": cannot be synced");
        into.push_back(std::chrono::ceil<microseconds>(std::chrono::steady_clock::now() - start));
    }
    ::close(file);
}

microseconds share(durations times, std::size_t percent)
{
    std::ranges::sort(times);
    return times.empty() ? 0us : times[(times.size() - 1) * percent / 100];
}

std::string in_milliseconds(microseconds time)
{
    std::string text = std::to_string(time.count() / 10); // hundredths
    text.insert(0, text.size() < 3 ? 3 - text.size() : 0, '0');
    return text.insert(text.size() - 2, 1, '.') + " ms";
}

/// Runs a host under load; returns whether it was all right but for the time.
bool measure(const char* what, std::chrono::seconds time, std::chrono::microseconds pause_of_client,
             std::chrono::microseconds longer_sync, std::size_t most_syncs)
{
    const bench_directory place(std::filesystem::temp_directory_path());
    const std::filesystem::path witness = place.path() / "witness";
    tried_host host({.place = place.path(),
                     .graph = trial_graph(R"("path": ")" + witness.string() + '"'),
                     .environment = environment_of(place.path(), longer_sync)});
    durations bare;
    sync_bare(place.path() / "bare", longer_sync, bare);
    host.start();
    load clients(host, {.clients = connections, .pause = pause_of_client});
    pause(time);
    clients.stop();
    const bool settled = host.settle(60s);
    sync_bare(place.path() / "bare", longer_sync, bare);
    const int code = host.stop();
    const account found = settle_account(clients.numbers(), witness);
    const microseconds half = share(clients.times(), 50);
    const microseconds sync = share(bare, 50);
    std::cout << "durable: " << what << ": " << connections << " connections, "
              << grouped(clients.accepted() / static_cast<std::size_t>(time.count()))
              << " accepted a second, p50 " << in_milliseconds(half) << ", p99 "
              << in_milliseconds(share(clients.times(), 99)) << "; a bare sync beside it p50 "
              << in_milliseconds(sync) << ", p99 " << in_milliseconds(share(bare, 99)) << "; "
              << grouped(found.lost) << " lost, " << grouped(found.duplicates) << " duplicates\n";
    if (!settled || code != 0)
        std::cout << "durable: settled " << settled << ", exit code " << code
                  << "; the host said: " << host.log();
    // A request waits for the group that is being synced, then for its own; a quarter of a sync is
    // for all that is no waiting.
    return settled && code == 0 && found.lost == 0 && found.duplicates == 0 &&
           (most_syncs == 0 || half <= most_syncs * sync + sync / 4);
}

int run(const wish& told)
{
    const std::chrono::seconds time(told.rounds);
    const bool strict = told.rounds >= enough;
    const bool full = measure("at full load", time, 0us, 0us, 0);
    const bool light = measure("at a light load", time, 100ms, 0us, 0);
    const bool slow = measure("on a slow disk", time, 0us, slow_sync, strict ? 2 : 0);
    return full && light && slow ? 0 : 1;
}

} // namespace

int main(int count, char* arguments[])
{
    try
    {
        return run(wish(count, arguments, 2));
    }
    catch (const std::exception& error)
    {
        std::cerr << "durable: " << error.what() << '\n';
        return 1;
    }
}
