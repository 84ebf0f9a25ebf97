// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/engine/dead_letters.hpp"
#include "host/engine/entry.hpp"
#include "host/engine/graph_services.hpp"
#include "host/engine/graph_totals.hpp"
#include "host/engine/intake/admission.hpp"
#include "host/engine/intake/append_count.hpp"
#include "host/engine/intake/pending_room.hpp"
#include "host/engine/intake/reservation.hpp"
#include "host/engine/intake/spilled_entries.hpp"
#include "host/engine/receipt.hpp"
#include "host/engine/suspects.hpp"
#include "host/engine/versions.hpp"
#include "host/lane/source_packet.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// The way of an entry through a graph, whatever it comes from: a request, a replay, a source, or
/// the journal after a restart. It reserves room, gets a ticket, is appended to the journal if it
/// is to be kept, is dispatched to a lane, runs, ends, and is complete. [any thread]
class graph_intake
{
public:
    /// The services, `letters` and `runs_on` outlive it. `left` is what an earlier run left in the
    /// journal: it is processed before what comes in, and as a suspicion `of` some of it says.
    graph_intake(std::string graph, quota_limits limits, const graph_services& services,
                 dead_letters& dead_letters, versions& runs_on, const pending_of_graph& left,
                 supervise::suspicion of);

    /// Admits an entry, or returns the reason, and the entry stays with the caller then; see
    /// running_graph::submit().
    admission admit(std::unique_ptr<entry>& pending, std::shared_ptr<const receipt>* told)
    {
        return admit(pending, told, nullptr);
    }

    /// Admits entries that are to be kept, all of them or none; see running_graph::submit_all().
    admission admit_all(std::vector<std::unique_ptr<entry>>& pending);

    /// Admits a packet of a source. It is not journalled: its upstream keeps it. One that is
    /// acknowledged stays in the version that the source is of. False, and the packet kept, if the
    /// graph is full; the source is told when it has room then. Throws std::length_error, and the
    /// packet is kept, if it can never fit.
    bool offer(deployment& from, const source_packet& what);

    /// Returns whether there is room for a dead letter of what a source refuses; if not, the source
    /// is told when there is.
    [[nodiscard]] bool has_room_for_dead_letters(const std::shared_ptr<completion_queue>& source);

    /// Gives an entry of a source up that no lane processes: it comes again from its upstream, when
    /// the next version has connected with that.
    void give_up(std::unique_ptr<entry> pending) noexcept;

    /// Completes an entry of which every packet has ended. [the lane's thread]
    void complete(std::unique_ptr<entry> done, receipt_result result) noexcept;

    /// Defers the entries that an earlier run left until drain_left(). Before the first version
    /// runs.
    void defer_left() { spilled_.hold(); }
    void drain_left() { spilled_.release(); }

    /// Drops what is pending, for good: `held` by no version, and what waits in the journal. No
    /// version runs, and none does meanwhile. Blocks. Throws journal_error: then it can be called
    /// again for what is left.
    void discard(std::vector<std::unique_ptr<entry>> held);

    /// Called when there may be room, or a version, for what waits in the journal or in a source.
    void look_again()
    {
        spilled_.wake();
        room_.look_again();
    }

    /// Sets how many bytes of pending entries may be in memory; nothing: as the limits say.
    void limit_memory(std::optional<std::uint64_t> wanted) noexcept { room_.limit_memory(wanted); }

    /// Waits until the journal has all accepted entries, or until all that wait there are back.
    void wait_appended() { appending_.wait_for_none(); }
    void wait_back(std::chrono::steady_clock::time_point deadline) { spilled_.wait_back(deadline); }

    /// Returns whether entries wait in the journal because memory has no room for them.
    [[nodiscard]] bool waits_for_memory() const
    {
        return !spilled_.is_empty() && !room_.to_read_back();
    }

    [[nodiscard]] const pending_room& room_taken() const noexcept { return room_; }
    [[nodiscard]] graph_totals totals() const { return totals_.get(); }

    /// Whether the nodes are in careful mode; see suspects.
    [[nodiscard]] const std::atomic<bool>& careful() const noexcept { return suspects_.careful(); }

private:
    class append_of_waiting;
    class append_of_running;
    struct prepared_append; // what the journal gets of an entry

    // By the journal, or beside it; to one version, or, if null, the one that runs.
    admission admit(std::unique_ptr<entry>& pending, std::shared_ptr<const receipt>* told,
                    deployment* to);
    admission admit_kept(std::unique_ptr<entry>& pending, std::shared_ptr<const receipt>* told);
    admission admit_unkept(std::unique_ptr<entry>& pending, std::shared_ptr<const receipt>* told,
                           deployment* to);

    // The steps, in this order.
    [[nodiscard]] admission reserve(const entry& pending, std::size_t together);
    [[nodiscard]] admission take(reservation& room);
    void ticket(entry& pending, issue what);
    [[nodiscard]] prepared_append prepare(const entry& pending,
                                          std::shared_ptr<const receipt>* told);
    void append(std::unique_ptr<entry> pending, prepared_append made) noexcept;
    [[nodiscard]] bool append_beside(entry& pending);
    void appended(std::unique_ptr<entry> pending, commit how) noexcept;
    void dispatch(std::unique_ptr<entry> pending);
    void begin(const entry& pending);
    void end(const entry& pending);

    [[nodiscard]] bool is_kept(const entry& pending) const noexcept
    {
        return pending.keep && leaves_to_journal_;
    }

    const std::string graph_;
    const graph_services& services_;
    const dead_letters& dead_letters_;
    const bool leaves_to_journal_; // entries that memory has no room for
    versions& versions_;
    pending_room room_;
    totals_count totals_;
    suspects suspects_;

    append_count appending_;
    spilled_entries spilled_; // ends first: it hands entries over
};

} // namespace penstock::host
