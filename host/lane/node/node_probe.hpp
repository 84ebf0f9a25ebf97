// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/availability.hpp"
#include "host/lane/node/node_fiber.hpp"

#include <penstock/detail/runtime.hpp>

#include <chrono>
#include <memory>
#include <string>

namespace penstock::host
{

/// How a node waits for what its component works with, and finds out whether it is back: with one
/// packet, or one request. See availability. [the lane's thread]
class node_probe
{
public:
    node_probe(const node_setting& of, node_fiber& fiber, node_inputs& inputs);

    [[nodiscard]] bool is_away() const noexcept { return availability_->is_away(); }

    /// Returns whether the node may find out now.
    [[nodiscard]] bool is_probing() const noexcept { return probing_; }

    /// Called when it is away. Throws `stopped` when everything must end.
    void lost(const std::string& why, std::chrono::milliseconds retry_after);

    /// The same of a component that could not be made anew.
    void lost_at_start(const std::string& why, std::chrono::milliseconds retry_after);

    /// Suspends while there is a packet that must wait; returns whether it has, so that everything
    /// is to be looked at again.
    [[nodiscard]] bool must_wait(const input_queue& from, const detail::wait& wait);

    /// Waits before a new instance is made, which may ask at once whether it is back; not when
    /// nothing is left to do.
    void wait_until_back();

    /// Asks whether the node may go on, or probe; if it may not, suspends as waiting for `what`
    /// until it should ask again, or `until`, and tells that.
    [[nodiscard]] bool may_go_on(scheduler::clock::time_point until, waiting what);

    /// Called when a packet was handed out, when this was the end of a request, and when the
    /// component asks for more: if it was probing it has found it then.
    void handed_out() noexcept { is_out_ = probing_; }
    void passed_request() noexcept { passed_request_ = true; }
    void asked_for_more(const detail::wait& wait);

    /// Called when one of its packets was delivered: the component has found it.
    void delivered();

    /// Gives up to find out.
    void give_up();

private:
    using clock = scheduler::clock;

    void found();

    const node_setting& of_;
    node_fiber& fiber_;
    node_inputs& inputs_;
    const std::shared_ptr<availability> availability_;
    bool probing_ = false;        // it may find out, with one packet
    bool is_out_ = false;         // which was handed out
    bool passed_request_ = false; // and was all of its request
};

} // namespace penstock::host
