// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/blocking_pool.hpp"
#include "host/lane/counters.hpp"
#include "host/lane/entry_lineage.hpp"
#include "host/lane/lane_entry.hpp"
#include "host/lane/lane_ingress.hpp"
#include "host/lane/lane_owner.hpp"
#include "host/lane/lane_services.hpp"
#include "host/lane/mailbox.hpp"
#include "host/lane/node/node.hpp"
#include "host/lane/plan.hpp"
#include "host/lane/relief/progress_watch.hpp"
#include "host/lane/relief/relief.hpp"
#include "host/lane/run_data.hpp"
#include "host/lane/scheduler.hpp"
#include "host/lane/source_packet.hpp"
#include "host/lane/version_resources.hpp"
#include "host/lane/wake_times.hpp"

#include <atomic>
#include <cstddef>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace penstock::host
{

/// What all lanes of a version share. Outlives them.
struct lane_setting
{
    lane_owner& owner;
    blocking_pool& blocking;
    version_resources& resources;
    supervise::inflight* threads; ///< where threads tell what they run; null: nowhere
    lane_limits limits;
    run_data data;

    /// Called when a node has given up. [any lane's thread]
    std::function<void(std::string_view node, std::string_view reason)> failed;

    /// Admits a packet of a source to this version; see lane_services::offer().
    std::function<bool(const source_packet&)> offer;
};

/// Runs one copy of a graph on one thread. Lanes share nothing but the plan.
class lane final : public lane_services
{
public:
    /// Lane 0 also runs the sources. `plan` outlives the lane.
    lane(const host::plan& plan, std::size_t number, const lane_setting& setting);

    /// Joins the thread; the lane was drained or cancelled before.
    ~lane();

    /// Constructs and starts all components on the lane's thread; returns `node: what is wrong` if
    /// one throws. Waits for it.
    [[nodiscard]] std::optional<std::string> start();

    /// Starts the nodes, which were built by start(). [any thread]
    void go();

    /// Takes an entry, unless the lane has ended; then it stays with the caller. [any thread]
    bool submit(std::unique_ptr<lane_entry>& entry);

    /// Processes what was taken, then ends the streams and the lane. With a successor it ends at
    /// once when a node would wait for what is away. [any thread]
    void drain(bool has_successor);

    /// Ends the lane at once; entries not done are abandoned to the owner. [any thread]
    void cancel();

    /// Waits until the lane has ended; returns whether it did. [any thread but the lane's]
    [[nodiscard]] bool wait_until(std::chrono::steady_clock::time_point deadline);

    /// The node that has been in blocking work for longest; empty if none is. [any thread]
    [[nodiscard]] std::string stuck_in() const;

    /// The entries taken and not done. [any thread]
    [[nodiscard]] std::size_t load() const noexcept
    {
        return load_.load(std::memory_order_relaxed);
    }

    /// The waits of its fibers, if the lane has work and has not moved a packet for long. [any
    /// thread]
    [[nodiscard]] std::optional<wait_report> standstill() const { return progress_.get(); }

    /// Adds a tap to an edge, given by its index in the plan. [any thread]
    void add_tap(std::size_t edge, std::shared_ptr<tap> viewer);

    [[nodiscard]] const node_counters& of_node(std::size_t node) const
    {
        return *nodes_count_[node];
    }
    [[nodiscard]] const edge_counters& of_edge(std::size_t edge) const
    {
        return *edges_count_[edge];
    }

private:
    /// The entry watcher that counts the lane's load before it calls the owner.
    class load_watcher final : public entry_watcher
    {
    public:
        explicit load_watcher(lane& lane) : lane_(lane) {}
        void finished(std::unique_ptr<lane_entry> done, receipt_result result) noexcept override;
        void abandoned(std::unique_ptr<lane_entry> pending) noexcept override;
        [[nodiscard]] const std::shared_ptr<byte_budget>& answer_room() const noexcept override;

    private:
        lane& lane_;
    };

    [[nodiscard]] std::size_t ranks() const noexcept { return plan_.nodes.size() + 1; }
    void run();
    [[nodiscard]] std::unique_ptr<supervise::worker_slot> make_worker_slot() const;
    void build();
    scheduler::clock::time_point poll(scheduler::clock::time_point now);
    [[nodiscard]] std::uint64_t packets_moved() const noexcept;
    void tell_standstill(const std::string& who);
    void tell_blocking() noexcept;
    void wake_all();

    // lane_services
    scheduler& fibers() noexcept override { return *fibers_; }
    supervise::node_record& record_of(std::size_t rank) noexcept override
    {
        return worker_slot_->record(rank);
    }
    void wake_at(std::size_t rank, scheduler::clock::time_point when) noexcept override
    {
        times_.set(rank, when);
    }
    void run_blocking(std::function<void()> work, std::size_t rank, bool& done) override;
    bool acquire(std::string_view resource, std::size_t rank,
                 std::shared_ptr<bool> granted) override;
    std::function<void()> waker_of(std::size_t rank) override;
    void abandon_all() override;
    bool offer(const source_packet& what) override { return offer_(what); }
    void ingress_freed(const edge& queue, bool at_last) noexcept override
    {
        ingress_.freed(queue, at_last);
    }
    void relieve(std::size_t rank) override { relief_.relieve(rank); }
    void started(std::string_view node, std::string_view error) override;
    void node_failed(std::string_view node, std::string_view reason) override
    {
        failed_(node, reason);
    }
    void node_ended() noexcept override;

    const host::plan& plan_;
    const std::size_t number_;
    blocking_pool& blocking_pool_;
    supervise::inflight* const threads_;
    const std::function<void(std::string_view node, std::string_view reason)> failed_;
    const std::function<bool(const source_packet&)> offer_;
    load_watcher watcher_{*this};
    std::shared_ptr<mailbox> mail_ = std::make_shared<mailbox>();
    std::vector<std::unique_ptr<node_counters>> nodes_count_;
    std::vector<std::unique_ptr<edge_counters>> edges_count_;
    std::atomic<std::size_t> load_{0};
    std::atomic<const planned_node*> in_blocking_{nullptr};
    progress_watch progress_{limits().standstill, [this] { return packets_moved(); },
                             [this] { return relief_.who_waits(); },
                             [this](const std::string& who) { tell_standstill(who); }};

    // The rest belongs to the lane's thread.
    std::unique_ptr<supervise::worker_slot> worker_slot_;
    std::unique_ptr<scheduler> fibers_;
    std::vector<std::unique_ptr<edge>> edges_; // those of the plan come first
    std::vector<std::unique_ptr<node>> nodes_; // node i has rank i + 1; null for a source elsewhere
    lane_ingress ingress_{plan_, *this, watcher_, nodes_};
    relief relief_{*this, ingress_, nodes_, edges_, ranks()};
    wake_times times_{ranks()};
    std::vector<std::unique_ptr<lane_entry>> taken_entries_;
    std::vector<std::function<void()>> taken_calls_;
    std::size_t to_start_ = 0;
    std::vector<std::size_t> blocking_; // the ranks in blocking work, the longest first
    std::optional<std::string> start_error_;

    std::promise<std::optional<std::string>> started_;
    std::promise<void> ended_;
    std::shared_future<void> end_{ended_.get_future()};
    std::thread thread_;
};

} // namespace penstock::host
