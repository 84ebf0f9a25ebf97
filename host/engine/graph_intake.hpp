// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/engine/append_count.hpp"
#include "host/engine/backlog.hpp"
#include "host/engine/dead_letters.hpp"
#include "host/engine/entry.hpp"
#include "host/engine/graph_services.hpp"
#include "host/engine/graph_totals.hpp"
#include "host/engine/pending_room.hpp"
#include "host/engine/receipt.hpp"
#include "host/engine/suspects.hpp"
#include "host/engine/versions.hpp"
#include "host/lane/source_packet.hpp"

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace penstock::host
{

/// What the door says to a request.
enum class admission
{
    accepted,
    full,      ///< try again later
    too_large, ///< can never fit
    closed     ///< no version of the graph is running
};

/// The way of an entry through a graph, whoever it comes from: a request, a replay, a source, or the
/// journal after a restart. It reserves room, gets a ticket, is appended to the journal if it is to be
/// kept, is dispatched to a lane, runs, ends, and is complete. [any thread]
class graph_intake final : private backlog_owner
{
public:
    /// The services, `letters` and `runs_on` outlive it. `left` is what an earlier run left in the journal:
    /// it is worked off before what comes in, and as a suspicion `of` some of it says.
    graph_intake(std::string graph, budget_limits limits, const graph_services& services,
                 dead_letters& letters, versions& runs_on, const pending_of_graph& left,
                 supervise::suspicion of);

    /// Lets an entry in, or says why not, and the entry stays with the caller then; see
    /// running_graph::submit().
    admission admit(std::unique_ptr<entry>& request, std::shared_ptr<const receipt>* told)
    {
        return admit(request, told, nullptr);
    }

    /// Lets a packet of a source in, which is not kept: its upstream does that. One that is acknowledged
    /// stays in the version that the source is of. False, and the packet kept, if the graph is full; the
    /// source is told when it has room then. Throws std::runtime_error if it can never fit.
    bool offer(deployment& from, const source_packet& what);

    /// Gives an entry of a source up that no lane works off: it comes again from its upstream, when the
    /// next version has connected with that.
    void give_up(std::unique_ptr<entry> pending) noexcept;

    /// Completes an entry of which every packet has ended. [the lane's thread]
    void complete(std::unique_ptr<entry> done, receipt_result result) noexcept;

    /// Has what an earlier run left wait until work_off_left(). Before the first version runs.
    void hold_back_left() { backlog_.hold(); }
    void work_off_left() { backlog_.release(); }

    /// Hears that there may be room, or a version, for what waits in the journal.
    void look_again() { backlog_.wake(); }

    /// Waits until the journal has what was accepted, or until all that waits there is back.
    void wait_appended() { appending_.wait_for_none(); }
    void wait_back(std::chrono::steady_clock::time_point deadline)
    {
        backlog_.wait_empty(deadline);
    }

    [[nodiscard]] const pending_room& room_taken() const noexcept { return room_; }
    [[nodiscard]] graph_totals totals() const { return totals_.get(); }

    /// Whether the nodes are in careful mode; see suspects.
    [[nodiscard]] const std::atomic<bool>& careful() const noexcept { return suspects_.careful(); }

private:
    class append_of_waiting;
    class append_of_running;

    // By the journal, or beside it; to one version, or, if null, the one that runs.
    admission admit(std::unique_ptr<entry>& request, std::shared_ptr<const receipt>* told,
                    deployment* to);
    admission admit_kept(std::unique_ptr<entry>& request, std::shared_ptr<const receipt>* told);
    admission admit_unkept(std::unique_ptr<entry>& request, std::shared_ptr<const receipt>* told,
                           deployment* to);

    // The steps, in this order.
    [[nodiscard]] admission reserve(const entry& request);
    void ticket(entry& request, issue what);
    void append(std::unique_ptr<entry> request, std::shared_ptr<const receipt>* told);
    [[nodiscard]] bool append_beside(entry& request);
    void appended(std::unique_ptr<entry> request, commit how) noexcept;
    void dispatch(std::unique_ptr<entry> request);
    void begin(const entry& request);
    void end(const entry& request);

    // How entries wait in the journal alone, and come back.
    bool leave_to_journal(const entry& request);
    [[nodiscard]] std::optional<read_limits> room() const override;
    bool take_back(record what) override;
    bool dispatch_again(const record& what);
    void complete_unseen(const record& what, receipt_result result);
    void all_back() override { suspects_.all_let_in(); }
    void backlog_failed(std::string_view reason) noexcept override;

    [[nodiscard]] bool is_kept(const entry& request) const noexcept
    {
        return request.keep && leaves_to_journal_;
    }

    const std::string graph_;
    const graph_services& services_;
    dead_letters& letters_;
    const bool leaves_to_journal_; // entries that memory has no room for
    versions& versions_;
    pending_room room_;
    totals_count totals_;
    suspects suspects_;

    std::mutex order_; // of entries that do not wait for the journal and those left to it
    entry_number last_beside_ = 0; // of the former, guarded by order_

    append_count appending_;
    backlog backlog_; // ends first: it hands entries over
};

} // namespace penstock::host
