// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/journal_store.hpp"
#include "host/journal/operation.hpp"
#include "host/journal/retention.hpp"
#include "host/journal/schema.hpp"
#include "host/journal/sqlite_file.hpp"
#include "host/journal/sqlite_journal_options.hpp"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

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
    /// Opens the file or makes it. Throws journal_error. Blocks.
    explicit journal_writer(const sqlite_journal_options& options);

    /// Commits what waits, as far as the disk lets it, and ends the thread. Blocks.
    ~journal_writer();

    void append(record what, std::unique_ptr<append_waiter> waiter);
    issue number();
    void done(finished_entry entry);
    std::string dead(letter what);
    bool drop(std::uint64_t letter);
    void accuse(const blame& what);
    void acquit(std::string graph);

    [[nodiscard]] journal_trouble trouble() const;
    [[nodiscard]] letter_count count_letters() const;
    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

    /// For ids of numbers. Never changes.
    [[nodiscard]] numbering ids() const;

    [[nodiscard]] std::int64_t now() const { return micros_of(options_.clock()); }

private:
    using clock = std::chrono::steady_clock;
    using group = std::vector<operation>;

    issue take_number();
    std::shared_ptr<call> ask(operation what, std::shared_ptr<call> caller);
    void queue_lazily(operation what);
    void refuse_callers();

    // What follows is the thread's.
    void run();
    void wait_for_work(std::unique_lock<std::mutex>& lock);
    [[nodiscard]] bool has_work() const;
    [[nodiscard]] clock::time_point next_work() const;
    group take_group();
    void work(std::unique_lock<std::mutex>& lock);
    void write(group& operations, const journal_state& state, bool writes_state);
    void tidy();
    void settle(group& operations);
    void fail(std::unique_lock<std::mutex>& lock, group& operations, const std::string& reason,
              bool passes);
    void checkpoint();
    void close() noexcept;
    void measure();

    sqlite_journal_options options_;
    std::filesystem::path path_;
    sqlite_file file_;
    journal_store store_;
    retention retention_;
    std::uint64_t log_bytes_ = 0; ///< of the log now
    std::uint64_t page_size_;
    clock::time_point next_tidy_;

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<operation> queue_;
    std::size_t awaited_ = 0;        ///< operations in the queue that somebody waits for
    clock::time_point lazy_since_{}; ///< when the first operation that nobody waits for was queued
    clock::time_point next_probe_{};
    bool stops_ = false;
    numbering ids_;
    entry_number last_number_;
    std::uint64_t last_letter_;
    journal_state state_; ///< as committed
    journal_trouble trouble_;
    std::string full_; ///< why the quota lets nothing in
    letter_count letters_;

    std::thread thread_;
};

} // namespace penstock::host
