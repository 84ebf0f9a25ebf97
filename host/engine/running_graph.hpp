// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/engine/dead_letters.hpp"
#include "host/engine/graph_services.hpp"
#include "host/engine/graph_stats.hpp"
#include "host/engine/intake/graph_intake.hpp"
#include "host/engine/node_health.hpp"
#include "host/engine/versions.hpp"
#include "host/lane/tap/tap.hpp"

#include <penstock/json.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// What a graph does now.
enum class graph_state
{
    stopped,
    starting,
    running,
    failed,  ///< runs, but a node has given up
    draining ///< takes in nothing more
};

[[nodiscard]] std::string_view name_of(graph_state state) noexcept;

/// One graph by name: takes entries in, has its current version work them off, and exchanges
/// versions without losing any. [any thread]
class running_graph final : private lane_owner
{
public:
    /// `left` is what an earlier run left in the journal; it is processed before what comes in, and
    /// as a suspicion `of` some of it says.
    running_graph(std::string name, quota_limits limits, graph_services services,
                  const pending_of_graph& left = {}, supervise::suspicion of = {});

    /// Waits for the versions that still drain.
    ~running_graph();

    /// Starts a new version; if all its components start, entries go to it from now on, and the old
    /// version drains for up to `drain`, then is cancelled, its entries moving to the new one.
    /// Returns `node: what is wrong` otherwise, the old version untouched. Blocks.
    std::optional<std::string> deploy(std::shared_ptr<const host::plan> plan, std::size_t lanes,
                                      std::chrono::milliseconds drain);

    /// Takes entries in as `ingress_plan` says, and works on none, until the next deploy(); unless
    /// a version runs. Its state is `failed`, because of `why`.
    void pause(std::shared_ptr<const host::plan> ingress_plan, failed_node why);

    /// Defers the entries that an earlier run left until drain_left(). Before the first deploy().
    void defer_left() { intake_.defer_left(); }
    void drain_left() { intake_.drain_left(); }

    /// Takes in nothing more, and processes what is pending, that in the journal included, for up
    /// to `drain`; what is left then waits for the next deploy(). Returns how many entries are
    /// left. Blocks.
    std::size_t stop(std::chrono::milliseconds drain);

    /// Drops what is pending, for good, while stopped; returns how many entries are left all the
    /// same: those that are in a version that is stuck. On disk when it returns. Blocks. Throws
    /// journal_error: then the rest is still pending.
    std::size_t discard();

    /// Makes a receipt for an entry and hands it to a lane, by way of the journal if it is to be
    /// kept; or returns why not, and the entry stays with the caller then. `issued` gets the
    /// receipt, which is worth nothing unless the entry was accepted. An entry that is accepted,
    /// to be kept, may still be refused by the journal: entry::committed is called then.
    admission submit(std::unique_ptr<entry>& pending,
                     std::shared_ptr<const receipt>* issued = nullptr)
    {
        return intake_.admit(pending, issued);
    }

    /// Does so with entries that are to be kept, all of them or none: what one has no room for
    /// refuses them all, and then they stay with the caller.
    admission submit_all(std::vector<std::unique_ptr<entry>>& pending)
    {
        return intake_.admit_all(pending);
    }

    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    [[nodiscard]] graph_state state() const;
    [[nodiscard]] std::vector<failed_node> failed_nodes() const { return versions_.failed_nodes(); }

    /// The nodes at which packets wait for their next try, or for what is away, of the version that
    /// runs.
    [[nodiscard]] std::vector<retrying_node> retrying_nodes() const;

    /// The nodes that have waited long for a resource, or wait for room for dead letters, of the
    /// version that runs.
    [[nodiscard]] std::vector<waiting_node> waiting_nodes() const;
    [[nodiscard]] std::vector<waiting_node> polling_nodes() const;

    /// The waits of each lane that has work and has not moved a packet for long.
    [[nodiscard]] std::vector<wait_report> standstills() const;

    /// Why entries are taken in and not worked on; nothing if they are.
    [[nodiscard]] std::optional<failed_node> paused() const { return versions_.paused(); }
    [[nodiscard]] graph_totals totals() const { return intake_.totals(); }
    [[nodiscard]] const host::quota& pending() const noexcept
    {
        return intake_.room_taken().pending();
    }

    /// The room for dead letters; without any, entries are refused as closed, but for replays.
    [[nodiscard]] const host::dead_letter_room& dead_letter_room() const noexcept
    {
        return dead_letters_.room();
    }

    /// The bytes of pending entries that are in memory, and not in the journal alone.
    [[nodiscard]] std::size_t in_memory() const noexcept
    {
        return intake_.room_taken().in_memory();
    }

    /// The memory that answers made as a whole may take until they are written, as much as
    /// pending entries may take.
    [[nodiscard]] const byte_budget& answers() const noexcept { return *answers_; }

    /// The plan by which entries are taken in now, or null.
    [[nodiscard]] std::shared_ptr<const host::plan> current_plan() const
    {
        return versions_.current_plan();
    }

    /// Counters of nodes and edges, summed over lanes, and the load of each lane.
    [[nodiscard]] json::object stats() const;

    /// Adds a tap to an edge, `src.port>dst.port`, in this version and those
    /// that come, until the tap is closed or gone. False if the version that runs has no such edge.
    [[nodiscard]] bool add_tap(const std::string& edge, const std::shared_ptr<tap>& viewer)
    {
        return versions_.add_tap(edge, viewer);
    }

private:
    // lane_owner
    void finished(std::unique_ptr<lane_entry> done, receipt_result result) noexcept override;
    void abandoned(std::unique_ptr<lane_entry> pending) noexcept override;
    [[nodiscard]] const std::shared_ptr<byte_budget>& answer_room() const noexcept override
    {
        return answers_;
    }
    bool keep_dead_letters() override { return dead_letters_.flush(); }
    bool has_room_for_dead_letters(const std::shared_ptr<completion_queue>& source) override
    {
        return intake_.has_room_for_dead_letters(source);
    }
    std::string add_dead_letter(dead_packet what) override
    {
        return dead_letters_.keep(std::move(what));
    }
    void log(severity level, std::string_view node, std::string_view text) noexcept override;
    std::shared_ptr<availability> availability_of(const std::string& node) override;
    [[nodiscard]] const std::atomic<bool>& careful() const noexcept override
    {
        return intake_.careful();
    }
    void limit_memory(std::optional<std::uint64_t> wanted) noexcept;

    const std::string name_;
    const graph_services services_;
    const std::shared_ptr<byte_budget> answers_; // those that are being written outlive this
    node_health health_;
    dead_letters dead_letters_;
    versions versions_;
    graph_intake intake_; // ends first: it hands entries over
};

} // namespace penstock::host
