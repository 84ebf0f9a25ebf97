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

/// The graph, as its spill sees it. [the spill's thread]
class spill_owner
{
public:
    /// Returns how much there is room for; nothing if it cannot work on any.
    [[nodiscard]] virtual std::optional<read_limits> room() const = 0;

    /// Takes an entry back in; false if it cannot work on any.
    virtual bool take_back(journal_entry what) = 0;

    /// Called when all are back, for now.
    virtual void all_back() = 0;

    virtual void spill_failed(std::string_view reason) noexcept = 0;

protected:
    ~spill_owner() = default;
};

/// Brings back, in order, the entries of a graph that are in the journal only: those let go of
/// while memory was full, and those left by an earlier run. As long as there are any, whatever
/// comes in waits behind them. [any thread]
class spill
{
public:
    /// `kept` and `owner` outlive this object.
    spill(journal& kept, std::string graph, spill_owner& owner);

    /// Ends the thread.
    ~spill();
    spill(const spill&) = delete;
    spill& operator=(const spill&) = delete;

    /// Begins with what an earlier run left.
    void begin(const pending_of_graph& left);

    /// Puts an entry behind the others, if there are any, or if memory is full: then the caller
    /// lets go of it. Called in the order of numbers.
    bool absorb(entry_number number, bool memory_is_full);

    /// Brings nothing back until release().
    void hold();
    void release();

    /// Looks again whether there is room.
    void wake();

    /// Returns the entries that are left: those with numbers above `back` and up to `last`; 0:
    /// there are none. Waits for those that are on their way; the owner has no room for more.
    struct rest
    {
        entry_number back;
        entry_number last;
    };
    [[nodiscard]] rest left();

    /// Forgets the entries up to a number, which are done.
    void drop(entry_number up_to);

    /// Returns whether everything is back in memory.
    [[nodiscard]] bool is_empty() const;

    /// Waits for that; returns whether it came.
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
    spill_owner& owner_;
    mutable std::mutex mutex_; // guards what follows
    std::condition_variable changed_;
    entry_number last_ = 0; // the last that is in the journal only; 0: none is
    entry_number back_ = 0; // up to here all are back
    bool held_ = false;
    bool woken_ = false;
    bool is_bringing_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

} // namespace penstock::host
