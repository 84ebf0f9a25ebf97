// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/node/node_instance.hpp"
#include "host/lane/node/node_probe.hpp"
#include "host/lane/node/node_retry.hpp"
#include "host/lane/node/restart_pauses.hpp"

#include <string>

namespace penstock::host
{

/// Makes a node's component anew after it has failed: with a pause if no packet was to blame, and
/// when what it works with may be back. A node that fails too often without a packet fails for
/// good. [the lane's thread]
class node_restart
{
public:
    node_restart(const node_setting& of, node_instance& instance, node_fiber& fiber,
                 node_probe& probe, node_retry& retry);

    /// Makes the next instance, after one that failed for a reason; `blamed`: that of a packet, or
    /// of what is away. Suspends, for ever if the node has failed for good.
    void make_anew(std::string reason, bool blamed);

private:
    using clock = scheduler::clock;

    void pause(const std::string& reason);
    [[noreturn]] void stay_failed(const std::string& reason);

    const node_setting& of_;
    node_instance& instance_;
    node_fiber& fiber_;
    node_probe& probe_;
    node_retry& retry_;
    restart_pauses pauses_;
};

} // namespace penstock::host
