// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/journal_entry.hpp"
#include "host/supervise/inflight.hpp"
#include "host/supervise/suspicion.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <mutex>

namespace penstock::host
{

/// Admission of the entries that may have ended an earlier worker, as the suspicion of their graph
/// says: all together, a few at a time, or one at a time, the next when those before have ended.
/// Its progress is kept where the next worker reads it. [any thread]
///
/// A component may hold what it got for longer than that: those who wait go on after a while. Until
/// all have ended the graph may be in careful mode.
class suspects
{
public:
    using clock = std::chrono::steady_clock;
    static constexpr std::size_t any_number = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t a_few = 64;
    static constexpr std::chrono::seconds patience{15}; // longer than a component may hang

    /// `told` is where the next worker looks; see inflight::make_graph().
    suspects(std::shared_ptr<supervise::graph_record> told, supervise::suspicion left);

    /// Returns how many entries may be let in now.
    [[nodiscard]] std::size_t room(clock::time_point now) const;

    /// Called before an entry of the journal is admitted.
    void let_in(entry_number number);

    /// Called when an admitted entry has ended, or was not admitted after all.
    void ended(entry_number number);

    /// Called when all entries that an earlier run left were admitted.
    void all_let_in();

    /// The same of entries that no journal keeps.
    void unkept_let_in() noexcept;
    void unkept_ended();

    /// Whether the nodes of the graph are in careful mode; once it is false it stays so. Lives as
    /// long as this.
    [[nodiscard]] const std::atomic<bool>& careful() const noexcept { return careful_; }

private:
    void forget();
    void relax();

    const std::shared_ptr<supervise::graph_record> told_;
    std::atomic<bool> any_; // suspects; the rest matters only if there are
    std::atomic<bool> careful_;
    mutable std::mutex mutex_;
    supervise::suspicion left_;
    std::size_t open_ = 0; // let in and not ended
    clock::time_point opened_{};
    entry_number last_let_in_ = 0;
    bool all_let_in_ = false;
    std::uint64_t watched_; // entries that no journal keeps and that have still to end
};

} // namespace penstock::host
