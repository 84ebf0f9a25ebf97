// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/node/node_outputs.hpp"
#include "host/lane/node/node_probe.hpp"
#include "host/lane/node/node_retry.hpp"
#include "host/lane/node/poll_watch.hpp"
#include "host/lane/node/settlement.hpp"

#include <penstock/detail/runtime.hpp>
#include <penstock/port.hpp>

namespace penstock::host
{

/// Gives a node's component its packets: those that come again, those on the edges, and the ends of
/// requests between them. [the lane's thread]
class node_receive
{
public:
    node_receive(const node_setting& of, node_inputs& inputs, node_fiber& fiber, node_probe& probe,
                 node_retry& retry, node_outputs& outputs, settlement& settlement);

    /// Fills a port's span, or says why not; see runtime::refill(). Suspends.
    detail::arrival refill(input& port, const detail::wait& wait);

    /// Passes the ends of requests that are left, and returns whether nothing more comes to a
    /// component that has returned; false as soon as there is a packet for it. Suspends.
    [[nodiscard]] bool nothing_more_comes();

    /// Returns whether the packets in hand are a batch, or a request.
    [[nodiscard]] bool gathers_batch() const noexcept { return gathers_batch_; }

private:
    using clock = scheduler::clock;

    bool pass_request_ends(std::size_t input);
    [[nodiscard]] detail::arrival time_out(const input& port, bool polls);
    [[nodiscard]] bool is_starved(const input_queue& from) const noexcept;
    [[nodiscard]] bool next_in_slice(input& port, const detail::wait& wait);
    void forward_request_ends(input& port, const detail::wait& wait);
    void be_careful();

    const node_setting& of_;
    node_inputs& inputs_;
    node_fiber& fiber_;
    node_probe& probe_;
    node_retry& retry_;
    node_outputs& outputs_;
    settlement& settlement_;
    bool gathers_batch_ = false; // since the last receive
    poll_watch polls_;
};

} // namespace penstock::host
