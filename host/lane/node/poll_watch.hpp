// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/node/node_setting.hpp"
#include "host/lane/scheduler.hpp"

#include <penstock/port.hpp>

namespace penstock::host
{

/// A watch for a component that polls: it asks for packets again and again, with deadlines that
/// have passed, and never waits. That is noted until it waits, and logged once. [the lane's thread]
class poll_watch
{
public:
    using clock = scheduler::clock;

    explicit poll_watch(const node_setting& of) : of_(of) {}

    /// Called when the component has asked in vain at an input, with a deadline that had passed.
    void asked_in_vain(const input& port, clock::time_point now);

    /// Called when packets were handed out.
    void handed_out() noexcept { polls_ = 0; }

    /// Called when the component is about to wait for what is still to come.
    void waits();

private:
    const node_setting& of_;
    unsigned polls_ = 0; // in turn, without a packet
    clock::time_point since_{};
    bool is_noted_ = false;
    bool is_logged_ = false; // ever
};

} // namespace penstock::host
