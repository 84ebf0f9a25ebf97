// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// A publisher that is blocked, slow, or refuses every other moment: publishers [SECONDS [SEED]].
// The host takes in until its quota is full and answers 429 from then on, or 503 if it is the
// journal that is full; it holds no more in memory than it may, and delivers all that it took once
// the publisher works.
#include "tests/faults/graphs.hpp"
#include "tests/faults/load.hpp"
#include "tests/faults/rounds.hpp"
#include "tests/faults/tried_host.hpp"
#include "tests/faults/watched_worker.hpp"

#include <algorithm>
#include <exception>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace
{

using namespace penstock::faults;
using namespace std::chrono_literals;

constexpr std::size_t mebibyte = std::size_t{1} << 20;
constexpr std::size_t memory = 512 * mebibyte; // for all of the host

// The witness takes 64 packets every 64 ms, on one lane; eight clients send at most twice that.
constexpr auto pause_of_client = 4ms;
constexpr std::size_t quota_a_second = 1'200; // entries: full before the time is over

/// One host with its witness, and what stands in its way.
class trial
{
public:
    trial(const bench_directory& place, const std::string& name, std::vector<std::string> more)
        : files_(place.fresh(name)),
          host_({.place = files_,
                 .graph = trial_graph(R"("path": ")" + at("witness") + R"(", "blocked": ")" +
                                          at("blocked") + R"(", "broken": ")" + at("broken") +
                                          R"(", "slow": ")" + at("slow") + '"',
                                      R"(, "retry": {"attempts": 1000, "backoff": "5ms", )"
                                      R"("max_backoff": "20ms"})"),
                 .more = std::move(more)})
    {
        host_.start();
    }

    [[nodiscard]] std::string at(const std::string& name) const { return files_ / name; }
    [[nodiscard]] const tried_host& host() const noexcept { return host_; }

    void block(const std::string& how) const { std::ofstream(at(how)) << ' '; }
    void unblock(const std::string& how) const { std::filesystem::remove(at(how)); }

    /// Waits until all is delivered, and tells whether the end was as promised.
    bool ends_well(load& clients, account& found)
    {
        clients.stop();
        const bool settled = host_.settle(120s);
        const int code = host_.stop();
        found = settle_account(clients.numbers(), at("witness"));
        const bool is_well = settled && code == 0 && found.lost == 0 && found.other_ids == 0 &&
                             clients.unanswered() == 0 && clients.without_retry_after() == 0;
        if (!is_well)
            std::cout << "publishers: settled " << settled << ", exit code " << code
                      << ", unanswered " << clients.unanswered()
                      << "; the host said: " << host_.log();
        return is_well;
    }

private:
    std::filesystem::path files_;
    tried_host host_;
};

std::size_t refusals(const load& clients, unsigned status)
{
    const auto answers = clients.answers();
    const auto found = answers.find(status);
    return found == answers.end() ? 0 : found->second;
}

/// Waits for so long, and until something is refused; returns the most memory that was held.
std::size_t watch_memory(const trial& tried, const load& clients, unsigned status,
                         std::chrono::seconds time)
{
    std::size_t most = 0;
    const auto end = std::chrono::steady_clock::now() + time;
    while (std::chrono::steady_clock::now() < end || refusals(clients, status) == 0)
    {
        most = std::max(most, resident(tried.host().worker()));
        if (std::chrono::steady_clock::now() > end + 60s)
            throw std::runtime_error("nothing is refused; " + std::to_string(status) +
                                     " was expected");
        pause(20ms);
    }
    return most;
}

std::string megabytes(std::size_t bytes)
{
    return std::to_string(bytes / 1'000'000) + " MB";
}

bool try_blocked(const bench_directory& place, std::chrono::seconds time)
{
    const std::size_t quota = quota_a_second * static_cast<std::size_t>(time.count());
    trial tried(place, "blocked", {"--lanes", "1", "--pending-entries", std::to_string(quota)});
    tried.block("slow");
    const auto start = std::chrono::steady_clock::now();
    load clients(tried.host(), {.padding = 8'000, .pause = pause_of_client});
    pause(1s);
    const std::size_t rate = clients.accepted();
    tried.block("blocked");
    const std::size_t most = watch_memory(tried, clients, 429, time);
    const auto full = clients.last_accepted() - start;
    tried.unblock("blocked");
    tried.unblock("slow");
    account found;
    const bool is_well =
        tried.ends_well(clients, found) && most <= memory + memory / 10 && found.duplicates == 0;
    std::cout << "publishers: blocked for " << time.count() << " s under " << grouped(rate)
              << " requests of 8 kB a second, of which it did at most 1,000: "
              << grouped(clients.accepted()) << " accepted, full after "
              << std::chrono::floor<std::chrono::seconds>(full).count() << " s, "
              << grouped(refusals(clients, 429)) << " refused with 429, " << grouped(found.lost)
              << " lost, " << grouped(found.duplicates) << " duplicates, at most "
              << megabytes(most) << " resident\n";
    return is_well;
}

bool try_full_journal(const bench_directory& place, std::chrono::seconds time)
{
    trial tried(place, "journal", {"--journal-quota", "64MiB"});
    tried.block("blocked");
    load clients(tried.host(), {.padding = 8'000});
    const std::size_t most = watch_memory(tried, clients, 503, time);
    const std::size_t before = clients.accepted();
    tried.unblock("blocked");
    const auto since = std::chrono::steady_clock::now();
    const bool again = eventually(20s, [&] { return clients.accepted() > before; });
    const auto wait =
        std::chrono::ceil<std::chrono::milliseconds>(std::chrono::steady_clock::now() - since);
    account found;
    const bool is_well = tried.ends_well(clients, found) && again && most <= memory + memory / 10 &&
                         found.duplicates == 0;
    std::cout << "publishers: blocked for " << time.count()
              << " s with a journal of 64 MiB: " << grouped(before) << " accepted, then "
              << grouped(refusals(clients, 503)) << " refused with 503, " << grouped(found.lost)
              << " lost, " << grouped(found.duplicates) << " duplicates, at most "
              << megabytes(most) << " resident; accepting again " << wait.count()
              << " ms after it was unblocked\n";
    return is_well;
}

bool try_slow(const bench_directory& place, std::chrono::seconds time)
{
    trial tried(place, "slow", {"--pending-entries", "100"});
    tried.block("slow");
    load clients(tried.host(), {});
    pause(time);
    tried.unblock("slow");
    account found;
    const bool is_well =
        tried.ends_well(clients, found) && found.duplicates == 0 && refusals(clients, 429) != 0;
    std::cout << "publishers: slow for " << time.count() << " s: " << grouped(clients.accepted())
              << " accepted, " << grouped(refusals(clients, 429)) << " refused with 429, "
              << grouped(found.lost) << " lost, " << grouped(found.duplicates) << " duplicates\n";
    return is_well;
}

bool try_flapping(const bench_directory& place, std::chrono::seconds time)
{
    trial tried(place, "flapping", {"--pending-entries", "100000"});
    load clients(tried.host(), {});
    std::size_t times = 0;
    const auto end = std::chrono::steady_clock::now() + time;
    for (; std::chrono::steady_clock::now() < end; ++times)
    {
        tried.block("broken");
        pause(50ms);
        tried.unblock("broken");
        pause(50ms);
    }
    account found;
    const bool is_well = tried.ends_well(clients, found);
    std::cout << "publishers: down " << grouped(times) << " times: " << grouped(clients.accepted())
              << " accepted, " << grouped(found.lost) << " lost, " << grouped(found.duplicates)
              << " duplicates\n";
    return is_well;
}

int run(const wish& told)
{
    const bench_directory place;
    const std::chrono::seconds time(told.rounds);
    const bool blocked = try_blocked(place, time);
    const bool full = try_full_journal(place, std::max(time / 4, 1s));
    const bool slow = try_slow(place, std::max(time / 4, 1s));
    const bool flapping = try_flapping(place, std::max(time / 4, 1s));
    return blocked && full && slow && flapping ? 0 : 1;
}

} // namespace

int main(int count, char* arguments[])
{
    try
    {
        return run(wish(count, arguments, 5));
    }
    catch (const std::exception& error)
    {
        std::cerr << "publishers: " << error.what() << '\n';
        return 1;
    }
}
