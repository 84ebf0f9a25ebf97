// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Kills the host under load at random moments: kill9 [KILLS [SEED]]. Mostly the worker, sometimes
// the supervisor. What was accepted must be delivered in the end, and what is delivered twice must
// have the same packet id.
#include "tests/faults/dice.hpp"
#include "tests/faults/graphs.hpp"
#include "tests/faults/load.hpp"
#include "tests/faults/rounds.hpp"
#include "tests/faults/tried_host.hpp"
#include "tests/faults/watched_worker.hpp"

#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>

namespace
{

using namespace penstock::faults;
using namespace std::chrono_literals;

// Packets that may be in the graph when it is killed, and are delivered again then.
constexpr std::size_t window = 1'024;

// A supervisor lets a worker that is killed without a reason wait, longer each time; so it is
// killed itself before that becomes long.
constexpr std::size_t kills_of_a_supervisor = 3;

/// Waits until the host takes requests again.
void wait_for_service(const load& clients)
{
    const std::size_t before = clients.accepted();
    if (!eventually(30s, [&] { return clients.accepted() > before; }))
        throw std::runtime_error("the host does not come back; some request was to be accepted");
}

int run(const wish& told)
{
    const bench_directory place;
    const std::filesystem::path witness = place.path() / "witness";
    tried_host host(
        {.place = place.path(), .graph = trial_graph(R"("path": ")" + witness.string() + '"')});
    host.start();
    load clients(host, {});
    dice chance(told.seed);
    std::size_t of_supervisor = 0;
    for (std::size_t kills = 0; kills < told.rounds;)
    {
        wait_for_service(clients);
        pause(std::chrono::microseconds(chance() % 100'000));
        if (kills % kills_of_a_supervisor == kills_of_a_supervisor - 1)
        {
            host.kill();
            host.start();
            ++of_supervisor;
            ++kills;
        }
        else if (host.kill_worker())
            ++kills;
    }
    wait_for_service(clients);
    clients.stop();
    const bool settled = host.settle(60s);
    const int code = host.stop();
    const account found = settle_account(clients.numbers(), witness);
    std::cout << "kill9: " << grouped(told.rounds) << " kills (" << grouped(of_supervisor)
              << " of the supervisor), " << grouped(clients.accepted()) << " accepted, "
              << grouped(found.lost) << " lost, " << grouped(found.duplicates) << " duplicates, "
              << grouped(found.other_ids) << " of them with another id; "
              << grouped(clients.unanswered()) << " requests without an answer, longest gap "
              << clients.longest_gap().count() << " ms\n";
    if (!settled || code != 0)
        std::cout << "kill9: the host did not end well; it said: " << host.log();
    return settled && code == 0 && found.lost == 0 && found.other_ids == 0 &&
                   found.duplicates <= window * told.rounds
               ? 0
               : 1;
}

} // namespace

int main(int count, char* arguments[])
{
    try
    {
        return run(wish(count, arguments, 50));
    }
    catch (const std::exception& error)
    {
        std::cerr << "kill9: " << error.what() << '\n';
        return 1;
    }
}
