// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Random graphs in the program itself, which is killed while it works: upheavals [GRAPHS [SEED]].
// Worker and supervisor are killed, components crash, what nodes work with is away, and newer
// packages are copied over; the journal is on disk. In the end the receipts say what the model of
// the graph says, each packet that the model has delivered is in the output, and no other is.
#include "tests/faults/random_graph_file.hpp"
#include "tests/faults/rounds.hpp"
#include "tests/faults/upheaval_trial.hpp"
#include "tests/faults/watched_worker.hpp"
#include "tests/host/engine/graphs/random_graph_text.hpp"

#include <cstddef>
#include <cstdint>
#include <exception>
#include <iostream>
#include <map>
#include <string>

namespace
{

using namespace penstock::faults;

int run(const wish& told)
{
    const bench_directory place;
    std::size_t requests = 0;
    std::size_t differ = 0;
    std::size_t replays = 0;
    std::map<upheaval, std::size_t> all;
    for (std::uint64_t seed = told.seed; seed < told.seed + told.rounds; ++seed)
    {
        const penstock::host::tests::random_graph graph = make_graph(seed);
        requests += graph.requests.size();
        const trial_end end = run_trial(graph, place.fresh("trial"), seed);
        replays += end.replays;
        for (const auto& [what, count] : end.upheavals)
            all[what] += count;
        if (end.wrong.empty())
            continue;
        ++differ;
        std::cout << "upheavals: seed " << seed << ": " << end.happened << "then: " << end.wrong
                  << '\n'
                  << to_text(graph) << "the host said: " << end.log;
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
