// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// A component that crashes, hangs, overflows its stack or throws on one packet, under load:
// components [ROUNDS [SEED]]. Each time in a host of its own. The host must serve again soon, the
// packet become a dead letter after exactly four crashes, of which three are in careful mode, and
// no other be lost or put away.
#include "tests/faults/graphs.hpp"
#include "tests/faults/load.hpp"
#include "tests/faults/rounds.hpp"
#include "tests/faults/tried_host.hpp"
#include "tests/faults/watched_worker.hpp"

#include <penstock/json.hpp>

#include <algorithm>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace
{

using namespace penstock::faults;
using namespace std::chrono_literals;

constexpr std::size_t enough = 10; // rounds, from which on the bounds are those that are promised
constexpr auto hang_limit = 500ms;

/// How long something may take.
struct bounds
{
    std::chrono::milliseconds gap;  ///< p99, in which nobody is served, of all its crashes
    std::chrono::milliseconds hang; ///< beyond its limit, until it is named
};

constexpr bounds promised{.gap = 250ms, .hang = 100ms};
constexpr bounds on_a_busy_machine{.gap = 2s, .hang = 1s};

struct misdeed
{
    const char* how;
    std::size_t crashes; ///< until the packet is a dead letter
};

// What the host says when it ends a worker that hangs.
constexpr std::string_view named_by_watchdog =
    "trial/crash: trial/crash@1.2.3 has kept its lane to itself for 500ms: ending the worker";

constexpr misdeed misdeeds[] = {{"segfault", 4}, {"abort", 4},     {"divide", 4}, {"overflow", 4},
                                {"hang", 4},     {"throw_int", 0}, {"throw", 0}};

/// What was found over all misdeeds.
struct findings_so_far
{
    std::vector<std::chrono::milliseconds> gaps;    ///< from a crash until the host served again
    std::vector<std::chrono::milliseconds> outages; ///< between two acceptances, all its crashes
    std::vector<std::chrono::milliseconds> hangs;   ///< until they were named
    std::size_t crashes = 0;
    std::size_t accepted = 0;
    std::size_t lost = 0;
    std::size_t duplicates = 0;
    std::size_t put_away = 0; ///< after the right number of crashes, by the right name
    std::size_t others_put_away = 0;
};

std::size_t count(std::string_view text, std::string_view part)
{
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1))
        ++found;
    return found;
}

void read_gaps(const std::string& log, std::vector<std::chrono::milliseconds>& into)
{
    constexpr std::string_view words = "serves again, ";
    for (std::size_t at = log.find(words); at != log.npos; at = log.find(words, at + 1))
        into.emplace_back(std::stol(log.substr(at + words.size())));
}

penstock::json::array dead_letters(const tried_host& host)
{
    const auto answer = host.client(1s).send("GET", "/api/dead-letters");
    if (!answer || answer->status != 200)
        return {};
    return penstock::parse_json(answer->body).at("dead_letters").as_array();
}

/// Sends a packet of number 0; its answer may be lost in the crash that it causes.
void send_poison(const tried_host& host, const char* how)
{
    penstock::host::http::header_list fields;
    fields.add("Content-Type", "application/json");
    // The client of the house sends again what got no answer; the key makes that one entry.
    fields.add("Idempotency-Key", "poison");
    const std::string body = std::string(R"({"n": 0, "crash": ")") + how + "\"}";
    eventually(20s,
               [&]
               {
                   const auto answer = host.client(5s).send("POST", "/data", fields, body);
                   return answer && answer->status == 202;
               });
}

void commit_misdeed(const bench_directory& place, const misdeed& what, findings_so_far& found)
{
    const std::filesystem::path files = place.fresh(what.how);
    const std::filesystem::path witness = files / "witness";
    tried_host host({.place = files,
                     .graph = crashing_graph(R"("path": ")" + witness.string() + '"'),
                     .more = {"--hang-limit", std::to_string(hang_limit.count()) + "ms"}});
    host.start();
    load clients(host, {.clients = 2, .pause = 2ms});
    if (!eventually(20s, [&] { return clients.accepted() > 50; }))
        throw std::runtime_error("the host takes nothing in; some requests were to be accepted");
    const bool hangs = std::string_view(what.how) == "hang";
    const auto sent = std::chrono::steady_clock::now();
    send_poison(host, what.how);
    if (hangs && eventually(20s, [&] { return count(host.log(), named_by_watchdog) != 0; }))
        found.hangs.push_back(
            std::chrono::ceil<std::chrono::milliseconds>(std::chrono::steady_clock::now() - sent));
    penstock::json::array dead;
    eventually(30s,
               [&]
               {
                   dead = dead_letters(host);
                   return !dead.empty();
               });
    const std::size_t before = clients.accepted();
    eventually(20s, [&] { return clients.accepted() > before + 50; });
    clients.stop();
    const bool settled = host.settle(60s);
    dead = dead_letters(host);
    const int code = host.stop();
    const std::string log = host.log();
    const bool is_right = settled && code == 0 &&
                          count(log, "the worker died of") == what.crashes && dead.size() == 1 &&
                          dead[0].at("node").as_string() == "crash" &&
                          dead[0].at("component").as_string().starts_with("trial/crash") &&
                          dead[0].at("packet").at("fields").at("n").as_int64() == 0;
    const account fates = settle_account(clients.numbers(), witness);
    read_gaps(log, found.gaps);
    if (!hangs && what.crashes != 0)
        found.outages.push_back(clients.longest_gap());
    found.crashes += count(log, "the worker died of");
    found.accepted += clients.accepted();
    found.lost += fates.lost;
    found.duplicates += fates.duplicates;
    found.put_away += is_right ? 1 : 0;
    found.others_put_away += dead.size() > 1 ? dead.size() - 1 : 0;
    if (!is_right || fates.lost != 0)
        std::cout << "components: " << what.how << ": exit code " << code << ", "
                  << count(log, "the worker died of") << " crashes, " << dead.size()
                  << " dead letters; the host said: " << log;
}

/// How long it took at most in so many of a hundred.
std::chrono::milliseconds share(std::vector<std::chrono::milliseconds> times, std::size_t percent)
{
    std::ranges::sort(times);
    return times.empty() ? 0ms : times[(times.size() - 1) * percent / 100];
}

int run(const wish& told)
{
    const bench_directory place;
    findings_so_far found;
    for (std::size_t i = 0; i < told.rounds; ++i)
        for (const misdeed& each : misdeeds)
            commit_misdeed(place, each, found);
    const std::size_t misdeeds_done = told.rounds * std::size(misdeeds);
    const auto longest_hang = share(found.hangs, 100);
    std::cout << "components: " << grouped(misdeeds_done) << " misdeeds, " << grouped(found.crashes)
              << " crashes, serving again after p50 " << share(found.gaps, 50).count()
              << " ms, p99 " << share(found.gaps, 99).count() << " ms, after all four p50 "
              << share(found.outages, 50).count() << " ms, p99 " << share(found.outages, 99).count()
              << " ms; hang of " << hang_limit.count() << " ms named after at most "
              << longest_hang.count() << " ms; " << grouped(found.put_away)
              << " put away as they should, " << grouped(found.others_put_away) << " others; "
              << grouped(found.accepted) << " accepted, " << grouped(found.lost) << " lost, "
              << grouped(found.duplicates) << " duplicates\n";
    const bounds& most = told.rounds < enough ? on_a_busy_machine : promised;
    return found.put_away == misdeeds_done && found.others_put_away == 0 && found.lost == 0 &&
                   share(found.gaps, 99) <= most.gap && share(found.outages, 99) <= most.gap &&
                   !found.hangs.empty() && longest_hang <= hang_limit + most.hang
               ? 0
               : 1;
}

} // namespace

int main(int count, char* arguments[])
{
    try
    {
        return run(wish(count, arguments, 1));
    }
    catch (const std::exception& error)
    {
        std::cerr << "components: " << error.what() << '\n';
        return 1;
    }
}
