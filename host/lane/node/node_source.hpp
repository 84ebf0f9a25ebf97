// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/completion_queue.hpp"
#include "host/lane/node/node_fiber.hpp"
#include "host/lane/node/node_probe.hpp"

#include <penstock/detail/runtime.hpp>
#include <penstock/json.hpp>
#include <penstock/packet.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <utility>
#include <vector>

namespace penstock::host
{

/// The admission of a source's packets to its graph, and the return of their ends. [the lane's
/// thread]
class node_source
{
public:
    node_source(const node_setting& of, node_fiber& fiber, node_probe& probe)
        : of_(of), fiber_(fiber), probe_(probe)
    {
    }

    /// Called when a new instance starts, which is not told of packets that an earlier one has
    /// sent.
    void start_anew();

    /// Admits a packet with the id of its position; false, and the packet kept, if the graph is
    /// full.
    bool admit(std::size_t port, packet& what, const json::value& position, std::uint64_t number);

    /// Gives a packet the id of its position.
    void identify(packet& what, const json::value& position) const;

    /// Returns whether the graph has room for a dead letter of a packet that is not admitted; if
    /// not, await_ends() returns when it may have.
    [[nodiscard]] bool may_refuse();

    /// Called when a dead letter was made of such a packet.
    void refused(std::uint64_t number) { completions_->ended(number, true); }

    /// Appends the numbers of packets that have ended; see runtime::await_ends(). Suspends.
    bool await_ends(std::vector<std::uint64_t>& ended, const detail::source_wait& wait);

    /// Called when positions were acknowledged, and to hear whether any was since it was called
    /// last.
    void acknowledged() noexcept { has_progress_ = true; }
    [[nodiscard]] bool take_progress() noexcept { return std::exchange(has_progress_, false); }

    /// Admits packets of an adapter that is no `source`, each as a request of its own. Suspends.
    void send_as_entries(std::size_t port, std::span<packet> packets);

private:
    void no_longer_held();

    const node_setting& of_;
    node_fiber& fiber_;
    node_probe& probe_;
    std::shared_ptr<completion_queue> completions_; // of this instance
    bool is_held_ = false;                          // for want of room for dead letters
    bool has_progress_ = false;
};

} // namespace penstock::host
