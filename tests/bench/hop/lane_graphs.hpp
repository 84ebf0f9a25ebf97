// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <memory>

namespace penstock::bench
{

/// How the components of a chain take and give packets.
enum class manner
{
    one_by_one,
    in_batches, ///< as receive_some() gives them
    in_spans    ///< as receive_span() lends them
};

/// What is pushed through a lane: real packets, receipts and counters as in every graph.
struct lane_chain
{
    std::size_t capacity = 256; ///< of each edge
    manner how = manner::one_by_one;
    bool tapped = false; ///< somebody looks at every edge

    /// Pushes so many packets over so many hops; returns CPU seconds.
    double operator()(int hops, std::size_t items) const;
};

/// A chain that stays, to push packets through again and again.
class running_chain
{
public:
    running_chain(const lane_chain& what, int hops, std::size_t items);
    ~running_chain();
    running_chain(const running_chain&) = delete;
    running_chain& operator=(const running_chain&) = delete;

    /// Sends the packets in as one request; returns CPU seconds. Throws unless each arrives.
    double push();

private:
    struct state;

    std::unique_ptr<state> state_;
};

/// Sends each packet from one output to so many inputs; returns CPU seconds.
double lane_fan(int receivers, std::size_t items);

} // namespace penstock::bench
