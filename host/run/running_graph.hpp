// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/run/backlog.hpp"
#include "host/run/budget.hpp"
#include "host/run/deployment.hpp"
#include "host/run/entry.hpp"
#include "host/run/receipts.hpp"
#include "host/run/room_queue.hpp"
#include "host/run/suspects.hpp"
#include "host/run/tap.hpp"

#include <penstock/json.hpp>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

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

/// A node that has given up.
struct failed_node
{
    std::string node;
    std::string reason;
    std::chrono::system_clock::time_point since;
};

/// A node that tries packets again, or waits for what it works with.
struct retrying_node
{
    std::string node;
    retry_report report;
    bool is_away = false; ///< what it works with
};

/// A node that waits for what it needs for itself alone.
struct waiting_node
{
    std::string node;
    wait_report report;
};

/// What a graph has done with its entries since the host started.
struct graph_totals
{
    std::uint64_t accepted = 0;
    std::uint64_t done = 0;
    std::uint64_t refused = 0; ///< because it was full
    std::uint64_t left = 0;    ///< accepted by an earlier run, which did not come to them
    std::uint64_t delivered = 0;
    std::uint64_t dropped = 0;
    std::uint64_t failed = 0;
    std::uint64_t dead = 0;
};

/// Where a graph writes its log lines: severity, graph, node, text. [any thread]
using log_function = std::function<void(severity, std::string_view graph, std::string_view node,
                                        std::string_view text)>;

/// What running graphs share.
struct graph_services
{
    host::journal& journal;
    host::receipts& receipts;
    run_services run;
    log_function log;
};

/// One graph by name: takes entries in, has its current version work them off, and exchanges
/// versions without losing any. [any thread]
class running_graph final : public deployment_owner, private backlog_owner
{
public:
    /// `left` is what an earlier run left in the journal; it is worked off before what comes in, and
    /// as a suspicion `of` some of it says.
    running_graph(std::string name, budget_limits limits, graph_services services,
                  const pending_of_graph& left = {}, supervise::suspicion of = {});

    /// Waits for the versions that still drain.
    ~running_graph();

    /// Starts a new version; if all its components start, entries go to it from now on, and the old
    /// version drains for up to `drain`, then is cancelled, its entries moving to the new one.
    /// Returns `node: what is wrong` otherwise, the old version untouched. Blocks.
    std::optional<std::string> deploy(std::shared_ptr<const host::plan> plan, std::size_t lanes,
                                      std::chrono::milliseconds drain);

    /// Takes entries in as `door` says, and works on none, until the next deploy(); unless a version
    /// runs. Its state is `failed`, because of `why`.
    void suspend(std::shared_ptr<const host::plan> door, failed_node why);

    /// Has what an earlier run left wait until work_off_left(). Before the first deploy().
    void hold_back_left() { backlog_.hold(); }
    void work_off_left() { backlog_.release(); }

    /// Takes in nothing more, and works off what is pending, that in the journal included, for up
    /// to `drain`; what is left then waits for the next deploy(). Returns how many entries are left. Blocks.
    std::size_t stop(std::chrono::milliseconds drain);

    /// Makes a receipt for an entry and hands it to a lane, by way of the journal if it is to be
    /// kept; or says why not, and the entry stays with the caller then. `issued` hears of the
    /// receipt, which is worth nothing unless the entry was accepted. An entry that is accepted,
    /// to be kept, may still be refused by the journal: entry::committed hears of it.
    admission submit(std::unique_ptr<entry>& request,
                     std::shared_ptr<const receipt>* issued = nullptr);

    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    [[nodiscard]] graph_state state() const;
    [[nodiscard]] std::vector<failed_node> failed_nodes() const;

    /// The nodes at which packets wait for their next try, or for what is away, of the version that
    /// runs.
    [[nodiscard]] std::vector<retrying_node> retrying_nodes() const;

    /// The nodes that have waited long for a resource, of the version that runs.
    [[nodiscard]] std::vector<waiting_node> waiting_nodes() const;

    /// Who waits for whom in each lane that has work and has not moved a packet for long.
    [[nodiscard]] std::vector<wait_report> standstills() const;

    /// Why entries are taken in and not worked on; nothing if they are.
    [[nodiscard]] std::optional<failed_node> suspended() const;
    [[nodiscard]] graph_totals totals() const;
    [[nodiscard]] const host::budget& pending() const noexcept { return budget_; }

    /// The bytes of pending entries that are in memory, and not in the journal alone.
    [[nodiscard]] std::size_t in_memory() const noexcept { return in_memory_.load(); }

    /// The plan by which entries are taken in now, or null.
    [[nodiscard]] std::shared_ptr<const host::plan> current_plan() const;

    /// Counters of nodes and edges, summed over lanes, and the load of each lane.
    [[nodiscard]] json::object stats() const;

    /// Has somebody look at the packets of an edge, `src.port>dst.port`, in this version and those
    /// that come, until the tap is closed or gone. False if the version that runs has no such edge.
    [[nodiscard]] bool add_tap(const std::string& edge, const std::shared_ptr<tap>& viewer);

private:
    void finished(std::unique_ptr<entry> done, receipt_result result) noexcept override;
    void abandoned(std::unique_ptr<entry> pending) noexcept override;
    bool offer(deployment& from, const source_packet& what) override;
    bool keep_letters() override;
    std::string bury(letter what) override;
    void log(severity level, std::string_view node, std::string_view text) noexcept override;
    void node_failed(std::string_view node, std::string_view reason) override;
    std::shared_ptr<availability> availability_of(const std::string& node) override;
    [[nodiscard]] const std::atomic<bool>& careful() const noexcept override
    {
        return suspects_.careful();
    }
    void look_again();
    [[nodiscard]] std::optional<retry_report> away_report_of(const std::string& node) const;
    [[nodiscard]] std::optional<read_limits> room() const override;
    bool take_back(record what) override;
    bool let_in_again(const record& what);
    void all_back() override { suspects_.all_let_in(); }
    void backlog_failed(std::string_view reason) noexcept override;

    class entry_waiter;
    class numbered;

    struct placed_tap
    {
        std::string edge;
        std::weak_ptr<tap> viewer;
    };

    struct retirement
    {
        std::thread thread;
        bool is_over = false;
    };

    std::shared_ptr<deployment> current() const;
    [[nodiscard]] std::unique_ptr<entry> make_entry(const deployment& from,
                                                    const source_packet& what) const;
    admission submit_to(deployment& to, std::unique_ptr<entry>& request);
    admission reserve(const entry& request);
    void let_go(const entry& request) noexcept;
    [[nodiscard]] bool is_kept(const entry& request) const noexcept
    {
        return request.keep && leaves_to_journal_;
    }
    void begin(const entry& request);
    void ended(const entry& request);
    void issued(entry& request, issue what);
    void append_ended() noexcept;
    void settled(std::unique_ptr<entry> request, commit how) noexcept;
    void work_off(std::unique_ptr<entry> request);
    [[nodiscard]] bool need_not_wait(const entry& request) const;
    bool append_at_once(entry& request);
    bool leave_to_journal(const entry& request);
    void let_in(std::unique_ptr<entry> request);
    void bury_damaged(const record& damaged, std::string_view why);
    void bury_quarantined(const record& guilty, const quarantined_packet& verdict);
    void bury_record(const record& what, letter about);
    bool hand_over(std::unique_ptr<entry>& request, bool in_turn);
    void retire(std::shared_ptr<deployment> old, std::chrono::steady_clock::time_point deadline,
                bool has_successor);
    void release_held();
    void join_retired();
    void place_taps();

    const std::string name_;
    const graph_services services_;
    const bool leaves_to_journal_; // entries that memory has no room for
    host::budget budget_;
    std::atomic<std::size_t> in_memory_{0}; // bytes, of those in the budget
    room_queue waiting_for_room_;           // sources
    host::suspects suspects_;
    std::mutex order_; // of entries that do not wait for the journal and those left to it
    entry_number last_at_once_ = 0; // of the former, guarded by order_
    std::mutex deploying_;          // one exchange of versions at a time

    mutable std::mutex mutex_; // guards what follows
    std::shared_ptr<deployment> current_;
    std::shared_ptr<const host::plan> door_; // of a graph that is suspended; or null
    failed_node suspended_for_;
    bool starting_ = false;
    bool draining_ = false;
    std::size_t old_versions_ = 0;
    bool releasing_ = false; // what was held is on its way to the current version
    std::vector<std::unique_ptr<entry>> abandoned_; // by a version that was cancelled
    std::vector<std::unique_ptr<entry>> held_;      // of a key, while an old version drains
    std::vector<failed_node> failed_nodes_;
    std::map<std::string, std::shared_ptr<availability>> availabilities_; // by node
    std::vector<placed_tap> taps_;
    std::list<retirement> retiring_;
    std::size_t appending_ = 0; // handed to the journal and not settled
    std::condition_variable appended_;
    std::vector<std::shared_ptr<deployment>> stuck_; // in blocking work, until that returns

    std::atomic<std::uint64_t> accepted_{0};
    std::atomic<std::uint64_t> refused_{0};
    mutable std::mutex totals_mutex_;
    graph_totals totals_;

    host::backlog backlog_; // ends first: it hands entries over
};

} // namespace penstock::host
