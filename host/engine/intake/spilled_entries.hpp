// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/engine/dead_letters.hpp"
#include "host/engine/entry.hpp"
#include "host/engine/graph_services.hpp"
#include "host/engine/intake/key_turns.hpp"
#include "host/engine/intake/pending_room.hpp"
#include "host/engine/intake/spill.hpp"
#include "host/engine/suspects.hpp"
#include "host/engine/versions.hpp"

#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace penstock::host
{

/// The entries of a graph that wait in the journal alone, because memory had no room for them, an
/// earlier run left them, or another host has an earlier entry of their key: how they are left to
/// it, and how they come back. [any thread]
class spilled_entries final : private spill_owner, private turn_owner
{
public:
    using complete_function = std::function<void(std::unique_ptr<entry> done, receipt_result)>;

    /// The references outlive it. `complete` completes an entry that no component gets to see.
    spilled_entries(std::string graph, const graph_services& services, dead_letters& dead_letters,
                    versions& runs_on, pending_room& room, suspects& suspects,
                    complete_function complete);

    ~spilled_entries() { turns_.end(); } // which wake the spill
    spilled_entries(const spilled_entries&) = delete;
    spilled_entries& operator=(const spilled_entries&) = delete;

    /// Begins with what an earlier run left.
    void begin(const pending_of_graph& left) { spill_.begin(left); }

    /// Brings nothing back until release().
    void hold() { spill_.hold(); }
    void release() { spill_.release(); }

    /// Drops those that are left, for good. No version runs, and none does meanwhile. Blocks.
    /// Throws journal_error: then those that it has not come to are still left.
    void discard();

    /// Looks again whether there is room.
    void wake() { spill_.wake(); }

    /// Waits until all are back, or for the deadline.
    /// Those that wait for another host are not waited for.
    void wait_back(std::chrono::steady_clock::time_point deadline)
    {
        spill_.wait_empty(deadline);
        turns_.wait_asked(deadline);
    }

    /// Returns whether none is left to the journal.
    [[nodiscard]] bool is_empty() const { return spill_.is_empty(); }

    /// Calls `append`, which returns the number that it has given to an entry which does not wait
    /// for the journal; false, and no call, if others wait there before it.
    template <class Append>
    bool append_beside(Append append)
    {
        std::lock_guard lock(order_);
        if (!spill_.is_empty())
            return false;
        last_beside_ = append();
        return true;
    }

    /// Leaves an entry to the journal, which has it, if others wait there before it or memory is
    /// full; returns whether it did. Called in the order of numbers.
    bool leave_to_journal(const entry& pending);

    /// Keeps an entry that the journal has, and that was let in, until its turn has come; false, and
    /// the entry stays with the caller, if it waits for no turn. Called in the order of numbers.
    bool wait_for_turn(std::unique_ptr<entry>& pending);

private:
    [[nodiscard]] std::optional<read_limits> room() const override;
    bool take_back(journal_entry what) override;
    void all_back() override;
    void spill_failed(std::string_view reason) noexcept override;
    bool go(std::unique_ptr<entry>& pending) override { return versions_.dispatch(pending); }
    void leave(const entry& pending) override;
    bool take_back(left_entry left, bool is_known) override;
    void all_gone_on() override;
    void turns_failed(std::string_view reason) noexcept override { spill_failed(reason); }
    void turns_stand_still(std::size_t keys) noexcept override;
    [[nodiscard]] bool is_working() const;
    [[nodiscard]] std::optional<journal_entry> read(entry_number number);
    void forget(left_entry lost);
    void let_go(const entry& pending);
    [[nodiscard]] std::unique_ptr<entry> revive(const journal_entry& what, const plan& by);
    void discard_unseen(const journal_entry& what);
    void complete_unseen(const journal_entry& what, receipt_result result);

    const std::string graph_;
    const graph_services& services_;
    dead_letters& dead_letters_;
    versions& versions_;
    pending_room& room_;
    suspects& suspects_;
    const complete_function complete_;

    std::mutex order_; // of entries that do not wait for the journal and those left to it
    entry_number last_beside_ = 0; // of the former, guarded by order_

    key_turns turns_;
    spill spill_; // ends first: it hands entries over, to the turns too
};

} // namespace penstock::host
