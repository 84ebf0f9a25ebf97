// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/host/engine/graphs/random_graph.hpp"

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <string>

namespace penstock::faults
{

/// What befalls a host at work.
enum class upheaval
{
    kill_worker,
    kill_supervisor,
    crash,
    go_away,
    upgrade,
    redeploy
};
/// What came of one graph in one host.
struct trial_end
{
    std::string wrong;    ///< what differs from the model; empty: nothing
    std::string happened; ///< what befell the host
    std::string log;
    std::map<upheaval, std::size_t> upheavals;
    std::size_t replays = 0; ///< of dead letters
};

/// Runs a graph of make_graph() in a host of its own, whose files are in `place`. Throws for what
/// the test itself cannot do.
[[nodiscard]] trial_end run_trial(const host::tests::random_graph& graph,
                                  const std::filesystem::path& place, std::uint64_t seed);

} // namespace penstock::faults
