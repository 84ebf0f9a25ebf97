// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/engine/backlog.hpp"
#include "host/engine/crash_verdict.hpp"
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
#include <condition_variable>
#include <cstddef>
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
    /// `runs_on` and the services outlive it. `left` is what an earlier run left in the journal: it is
    /// worked off before what comes in, and as a suspicion `of` some of it says.
    graph_intake(std::string graph, budget_limits limits, const graph_services& services,
                 versions& runs_on, const pending_of_graph& left, supervise::suspicion of);

    /// Lets an entry in, or says why not, and the entry stays with the caller then; see
    /// running_graph::submit().
    admission admit(std::unique_ptr<entry>& request, std::shared_ptr<const receipt>* told);

    /// Lets a packet of a source in, which is not kept: its upstream does that. One that is acknowledged
    /// stays in the version that the source is of. False, and the packet kept, if the graph is full; the
    /// source is told when it has room then. Throws std::runtime_error if it can never fit.
    bool offer(deployment& from, const source_packet& what);

    /// Gives an entry of a source up that no lane works off: it comes again from its upstream, when the
    /// next version has connected with that.
    void give_up(std::unique_ptr<entry> pending) noexcept;

    /// Completes an entry of which every packet has ended. [the lane's thread]
    void complete(std::unique_ptr<entry> done, receipt_result result) noexcept;

    /// Keeps a dead packet of the graph as a letter; returns its id.
    std::string bury(dead_packet what);

    /// Has what an earlier run left wait until work_off_left(). Before the first version runs.
    void hold_back_left() { backlog_.hold(); }
    void work_off_left() { backlog_.release(); }

    /// Hears that there may be room, or a version, for what waits in the journal.
    void look_again() { backlog_.wake(); }

    /// Waits until the journal has what was accepted, or until all that waits there is back.
    void wait_appended();
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

    [[nodiscard]] std::unique_ptr<entry> make_entry(const deployment& from,
                                                    const source_packet& what) const;
    admission admit_to(deployment& to, std::unique_ptr<entry>& request);

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
    [[nodiscard]] bool may_run_at_once(const entry& request) const;
    bool leave_to_journal(const entry& request);
    [[nodiscard]] std::optional<read_limits> room() const override;
    bool take_back(record what) override;
    bool dispatch_again(const record& what);
    void all_back() override { suspects_.all_let_in(); }
    void backlog_failed(std::string_view reason) noexcept override;

    // Entries that no component gets to see.
    void bury_damaged(const record& damaged, std::string_view why);
    void bury_quarantined(const record& guilty, const quarantined_packet& verdict);
    void bury_record(const record& what, dead_packet about);
    std::string bury(dead_packet what, entry_number number);

    [[nodiscard]] bool is_kept(const entry& request) const noexcept
    {
        return request.keep && leaves_to_journal_;
    }
    void begin_append();
    void end_append() noexcept;
    void log(severity level, std::string_view text) const noexcept;

    const std::string graph_;
    const graph_services& services_;
    const bool leaves_to_journal_; // entries that memory has no room for
    versions& versions_;
    pending_room room_;
    totals_count totals_;
    suspects suspects_;

    std::mutex order_; // of entries that do not wait for the journal and those left to it
    entry_number last_beside_ = 0; // of the former, guarded by order_

    std::mutex appending_mutex_;
    std::size_t appending_ = 0; // handed to the journal and not settled
    std::condition_variable appended_;

    backlog backlog_; // ends first: it hands entries over
};

} // namespace penstock::host
