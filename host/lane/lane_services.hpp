// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/lane_limits.hpp"
#include "host/lane/lane_owner.hpp"
#include "host/lane/run_data.hpp"
#include "host/lane/scheduler.hpp"
#include "host/lane/version_resources.hpp"
#include "host/lane/wait_note.hpp"
#include "host/supervise/shared_memory.hpp"

#include <penstock/detail/runtime.hpp>
#include <penstock/packet.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace penstock::host
{

class edge;
struct source_packet;

/// What a node asks of its lane. [the lane's thread]
class lane_services
{
public:
    virtual scheduler& fibers() noexcept = 0;

    /// Where the node of a rank tells what is looked for after a crash.
    virtual supervise::node_record& record_of(std::size_t rank) noexcept = 0;

    /// Returns whether packets are to be handed out one at a time, each noted before; see suspects.
    [[nodiscard]] bool is_careful() const noexcept
    {
        return careful_.load(std::memory_order_relaxed);
    }

    /// Returns whether everything must end now: each wait throws `stopped`.
    [[nodiscard]] bool cancelled() const noexcept { return cancelled_; }

    /// Returns whether sources must end: the graph takes in nothing more.
    [[nodiscard]] bool draining() const noexcept { return draining_; }

    /// Returns whether the nodes that have started may run.
    [[nodiscard]] bool going() const noexcept { return going_; }

    /// Wakes a rank at a time, or soon after, in place of the time set before; `max`: at none.
    virtual void wake_at(std::size_t rank, scheduler::clock::time_point when) noexcept = 0;

    /// Runs work on the blocking pool; sets `done` and wakes the rank afterwards.
    virtual void run_blocking(std::function<void()> work, std::size_t rank, bool& done) = 0;

    /// The graph that the lane belongs to, and the resources of its version.
    [[nodiscard]] lane_owner& owner() const noexcept { return owner_; }
    [[nodiscard]] version_resources& resources() const noexcept { return resources_; }

    /// What components find on the disk, and the name of the graph.
    [[nodiscard]] const run_data& data() const noexcept { return data_; }
    [[nodiscard]] const std::string& graph() const noexcept { return graph_; }

    /// Admits a packet of a source to the version of the lane, as an entry of its own; false, and
    /// the packet kept, if the graph is full now. Throws std::length_error, and the packet is kept,
    /// if it can never fit.
    virtual bool offer(const source_packet& what) = 0;

    /// Asks for a resource; true if granted at once, else sets `granted` and wakes the rank then.
    virtual bool acquire(std::string_view resource, std::size_t rank,
                         std::shared_ptr<bool> granted) = 0;

    [[nodiscard]] const lane_limits& limits() const noexcept { return limits_; }

    /// Makes a call that wakes the rank. [any thread]
    virtual std::function<void()> waker_of(std::size_t rank) = 0;

    /// Returns whether another version waits for what this lane would wait with.
    [[nodiscard]] bool has_successor() const noexcept { return has_successor_; }

    /// Ends the lane at once; entries not done go to the owner.
    virtual void abandon_all() = 0;

    /// Called when an edge of the lane's ingress has room; `at_last`: and will have no more for
    /// now.
    virtual void ingress_freed(const edge& queue, bool at_last) noexcept = 0;

    /// Counts the fibers that wait for room.
    void room_awaited() noexcept { ++waits_for_room_; }
    void room_no_longer_awaited() noexcept { --waits_for_room_; }
    [[nodiscard]] bool is_room_awaited() const noexcept { return waits_for_room_ != 0; }

    /// The number of requests that were fed, ends included.
    [[nodiscard]] std::uint64_t requests_fed() const noexcept { return requests_fed_; }
    void request_fed() noexcept { ++requests_fed_; }

    /// Grows full edges where they would hold up each other, now that a rank is about to wait.
    virtual void relieve(std::size_t rank) = 0;

    /// Called when a node is ready to run, or with the reason why it is not.
    virtual void started(std::string_view node, std::string_view error) = 0;

    /// Called when a node has given up.
    virtual void node_failed(std::string_view node, std::string_view reason) = 0;

    /// Called when a node's fiber is about to end.
    virtual void node_ended() noexcept = 0;

protected:
    lane_services(lane_owner& owner, version_resources& resources, const lane_limits& limits,
                  run_data data, const std::string& graph)
        : owner_(owner),
          resources_(resources),
          limits_(limits),
          data_(std::move(data)),
          graph_(graph),
          careful_(owner.careful())
    {
    }

    ~lane_services() = default;

    // Asked four times a wait, so no virtual call is made for them.
    bool going_ = false;
    bool draining_ = false;
    bool has_successor_ = false;
    bool cancelled_ = false;

private:
    lane_owner& owner_;
    version_resources& resources_;
    const host::lane_limits limits_;
    const run_data data_;
    const std::string& graph_;
    const std::atomic<bool>& careful_;
    std::size_t waits_for_room_ = 0;
    std::uint64_t requests_fed_ = 0;
};

} // namespace penstock::host
