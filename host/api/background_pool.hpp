// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace boost::asio
{
class thread_pool;
} // namespace boost::asio

namespace penstock::host::api
{

/// Settings of a background pool.
struct pool_options
{
    std::size_t threads = 1; ///< with one, jobs are done in turn
    std::size_t most = 64;   ///< jobs that may wait
    std::chrono::milliseconds patience = std::chrono::seconds(30); ///< how long one may wait
    std::chrono::milliseconds longest = std::chrono::seconds(60);  ///< how long one may take

    /// Whether that counts from take(), and not from when the job was begun.
    bool counts_waiting = false;

    /// How many jobs at a time that take too long have another thread work in place of theirs.
    /// Beyond that, the pool has a thread less for each.
    std::size_t replacements = 4;

    std::function<void(std::string_view)> report{}; ///< see background_pool::report()

    /// Called with a sentence when a job has taken too long, and when such a job has ended after
    /// all. Must not block. [threads of the pool]
    std::function<void(std::string_view)> warn{};
};

/// A job for a background pool. Its functions must not throw.
struct background_job
{
    std::function<void()> run{};

    /// Called with the reason when the job has waited too long, or until the pool ended, and is
    /// never run then, has taken too long, while it goes on, or is left behind. Must not block. [the
    /// pool's clock, or who calls end() or leave_behind()]
    std::function<void(std::string_view why)> refuse{};

    std::string name{}; ///< for people: `POST /api/graphs/g/deploy`
};

/// A job that has taken too long and has not ended yet.
struct overdue_job
{
    std::string name;
    std::chrono::system_clock::time_point since; ///< when it was begun
    bool is_replaced = false;                    ///< whether another thread does others' work

    /// What it means for other jobs, for people: the end of a sentence about it.
    [[nodiscard]] std::string_view consequence() const noexcept
    {
        return is_replaced ? ", and another thread does others' work"
                           : ", and keeps a thread from others";
    }
};

/// A few threads for work that blocks, so that the server's threads need not wait for it. A job
/// that waits too long for one of them, for instance because the disk does not answer, is never
/// begun. One that takes too long cannot be ended: whoever waits for it is told, it is named until
/// it ends, and another thread does the work of its thread meanwhile, so that the other jobs go on
/// beside it. [any thread]
class background_pool
{
public:
    explicit background_pool(pool_options options = {});

    /// Joins the threads once the jobs in hand have ended. Of those that wait no function is called.
    ~background_pool();
    background_pool(const background_pool&) = delete;
    background_pool& operator=(const background_pool&) = delete;

    /// Takes a job, unless too many wait; returns whether it did.
    [[nodiscard]] bool take(background_job job);

    /// The jobs in hand that have taken too long.
    [[nodiscard]] std::vector<overdue_job> overdue() const;

    /// Refuses the jobs that wait, and waits for those in hand; returns whether they have ended.
    /// If not, the pool cannot be destroyed before they do, which a component may prevent for ever.
    [[nodiscard]] bool end(std::chrono::steady_clock::time_point deadline);

    /// Refuses the jobs in hand, for the same reason each: nobody will wait for them. After end().
    void leave_behind(std::string_view why);

    /// Calls the report of the options with the text of an exception that left a request.
    void report(std::string_view text) const;

private:
    struct taken_job;

    // A thread; it leaves when it finds that as many others are able as the pool wants.
    struct worker
    {
        std::thread thread;
        bool is_spare = false;
        bool has_left = false; // and needs the lock no more
    };

    [[nodiscard]] std::deque<std::shared_ptr<taken_job>> close();
    void add_worker();
    void work(worker& self);
    void run(const std::shared_ptr<taken_job>& next);
    void ended(const std::shared_ptr<taken_job>& which, worker& self);
    void watch(const std::shared_ptr<taken_job>& next, std::chrono::milliseconds patience);
    void watch_in_hand(const std::shared_ptr<taken_job>& which);
    [[nodiscard]] std::optional<overdue_job> note_late(const std::shared_ptr<taken_job>& which);
    [[nodiscard]] bool replace();
    void warn(const std::string& text) const;

    [[nodiscard]] std::size_t busy() const { return in_hand_.size() - overdue_.size(); }

    const pool_options options_;
    mutable std::mutex mutex_; // guards what follows, up to the clock
    std::deque<std::shared_ptr<taken_job>> waiting_;
    std::set<std::shared_ptr<taken_job>> in_hand_;
    std::map<const taken_job*, overdue_job> overdue_;
    std::list<worker> workers_;
    std::size_t able_ = 0;         // workers whose jobs are not overdue
    std::size_t replacements_ = 0; // workers beyond the threads that the pool wants
    bool has_ended_ = false;
    std::condition_variable work_;
    std::condition_variable idle_;
    std::unique_ptr<boost::asio::thread_pool> clock_; // of the jobs, while all threads block
};

} // namespace penstock::host::api
