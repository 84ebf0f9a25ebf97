// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <penstock/json.hpp>

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace penstock::host::api
{

/// Makes the messages `stats` of the live protocol (docs/live.md) out of the counters of a graph,
/// as running_graph::stats() tells them again and again.
class live_stats
{
public:
    using clock = std::chrono::steady_clock;

    /// The next message: rates since the one before, and of nodes and edges only those whose
    /// numbers have changed. A counter that went back belongs to a new version, and counts from
    /// zero.
    [[nodiscard]] json::object next(const json::object& counted, clock::time_point now);

    /// Makes the next message complete: the one before did not arrive, or the graph is another.
    void tell_all() { told_.clear(); }

private:
    [[nodiscard]] double rate(const std::string& of, std::uint64_t count, double seconds);
    void tell(json::object& to, std::string_view kind, const std::string& id, json::array numbers);

    std::map<std::string, std::uint64_t> counts_;
    std::map<std::string, json::array> told_;
    clock::time_point last_{};
    std::uint64_t number_ = 0;
};

} // namespace penstock::host::api
