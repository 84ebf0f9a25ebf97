// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <map>
#include <mutex>
#include <string>

namespace penstock::host::api
{

/// The places that there are for taps: so many on one edge, so many in all of a host. [any thread]
class tap_places
{
public:
    tap_places(std::size_t on_an_edge, std::size_t in_all) : on_an_edge_(on_an_edge), most_(in_all)
    {
    }

    /// Takes a place on an edge of a graph, until it is given back. Throws std::invalid_argument,
    /// with the limit, if there is none.
    void take(const std::string& graph, const std::string& edge);

    void give_back(const std::string& graph, const std::string& edge) noexcept;

private:
    const std::size_t on_an_edge_;
    const std::size_t most_;
    std::mutex mutex_;
    std::size_t taken_ = 0;
    std::map<std::string, std::size_t> on_edges_;
};

} // namespace penstock::host::api
