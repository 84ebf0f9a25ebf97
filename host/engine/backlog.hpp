// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/journal.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

namespace penstock::host
{

/// What a backlog asks of its graph. [the backlog's thread]
class backlog_owner
{
public:
    /// Tells how much there is room for; nothing if it cannot work on any.
    [[nodiscard]] virtual std::optional<read_limits> room() const = 0;

    /// Takes a record back in; false if it cannot work on any.
    virtual bool take_back(record what) = 0;

    /// Hears that all are back, for now.
    virtual void all_back() = 0;

    virtual void backlog_failed(std::string_view reason) noexcept = 0;

protected:
    ~backlog_owner() = default;
};

/// Brings back, in order, the entries of a graph that are in the journal only: those let go of while
/// memory was full, and those left by an earlier run. As long as there are any, whatever comes in
/// waits behind them. [any thread]
class backlog
{
public:
    /// `kept` and `owner` outlive this object.
    backlog(journal& kept, std::string graph, backlog_owner& owner);

    /// Ends the thread.
    ~backlog();
    backlog(const backlog&) = delete;
    backlog& operator=(const backlog&) = delete;

    /// Begins with what an earlier run left.
    void begin(const pending_of_graph& left);

    /// Puts a record behind the others, if there are any, or if memory is full: then the caller lets
    /// go of it. Called in the order of numbers.
    bool absorb(entry_number number, bool memory_is_full);

    /// Brings nothing back until release().
    void hold();
    void release();

    /// Looks again whether there is room.
    void wake();

    /// Tells whether everything is back in memory.
    [[nodiscard]] bool is_empty() const;

    /// Waits for that; tells whether it came.
    bool wait_empty(std::chrono::steady_clock::time_point deadline);

private:
    struct outcome
    {
        entry_number back; // up to here all are back now
        bool all;          // whether there was nothing after that
    };

    void open(entry_number last, entry_number back);
    void run();
    outcome bring_back(entry_number from, entry_number up_to, read_limits room);

    journal& journal_;
    const std::string graph_;
    backlog_owner& owner_;
    mutable std::mutex mutex_; // guards what follows
    std::condition_variable changed_;
    entry_number last_ = 0; // the last that is in the journal only; 0: none is
    entry_number back_ = 0; // up to here all are back
    bool held_ = false;
    bool woken_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace penstock::host
