// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/groups/gathering.hpp"
#include "host/journal/groups/journal_medium.hpp"
#include "host/journal/groups/operation_queue.hpp"
#include "host/journal/groups/writer_options.hpp"
#include "host/journal/journal.hpp"
#include "host/journal/reserved_numbers.hpp"
#include "host/journal/unwritten.hpp"

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace penstock::host
{

/// Commits operations on a thread of its own, many at a time, in the order of the calls.
/// [any thread]
///
/// A write that fails is rolled back: its appends are refused, what was done or died waits for the
/// next try. After a sync that failed nothing is written any more.
class journal_writer
{
public:
    /// Takes a medium over, which outlives it. Throws journal_error if it will never be written.
    /// Blocks.
    journal_writer(journal_medium& medium, writer_options options);

    /// Commits what waits, as far as the medium lets it, and ends the thread. Blocks.
    ~journal_writer();

    void append(std::unique_ptr<journal_entry> what, std::unique_ptr<append_waiter> waiter);
    issue number();
    void done(finished_entry entry);
    std::string dead(dead_letter what);
    bool drop(std::uint64_t dead_letter);
    std::size_t drop(const std::vector<std::uint64_t>& dead_letters);
    void suspect(const blame& what);
    void clear_suspects(std::string graph);

    /// Waits until what was handed in is committed; returns false at once if there is trouble.
    /// Throws journal_error if it could not be.
    bool flush();

    /// What was handed in and is not committed.
    [[nodiscard]] const host::unwritten& unwritten() const noexcept { return unwritten_; }

    [[nodiscard]] journal_trouble trouble() const;
    [[nodiscard]] dead_letter_count count_dead_letters() const;
    [[nodiscard]] dead_letter_ledger& dead_letter_usages() noexcept { return medium_.usages(); }

    /// Returns the relation of ids and numbers.
    [[nodiscard]] numbering ids() const;

    [[nodiscard]] std::chrono::system_clock::time_point now() const { return options_.clock(); }

private:
    using clock = std::chrono::steady_clock;

    bool ask(operation what, call& caller);
    void post(operation what);
    void wake_if(bool is_asleep);

    // What follows is the thread's.
    void run();
    [[nodiscard]] clock::time_point next_work() const;
    void wait_for_work(std::unique_lock<std::mutex>& lock);
    void gather(std::unique_lock<std::mutex>& lock);
    void work(std::unique_lock<std::mutex>& lock);
    void work_on(operation_group& operations, const journal_state& state, bool probes);
    void tell(const std::string& trouble);
    void fail(operation_group operations, const std::string& reason, bool passes);
    void close();

    const writer_options options_;
    journal_medium& medium_;

    host::unwritten unwritten_;

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    operation_queue queue_;
    gathering gathering_; ///< the thread's
    clock::time_point next_probe_;
    clock::time_point next_look_; ///< whether what was committed is there
    bool stops_ = false;
    reserved_numbers numbers_;
    journal_trouble trouble_;
    bool takes_in_ = true;                   ///< as options_.hears was told; the thread's
    std::string full_;                       ///< why the quota lets nothing in
    dead_letter_count dead_letters_;         ///< committed
    std::uint64_t waiting_dead_letters_ = 0; ///< handed in and not committed

    std::thread thread_;
};

} // namespace penstock::host
