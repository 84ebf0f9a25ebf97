// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/engine/entry.hpp"
#include "host/journal/journal.hpp"

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace penstock::host
{

/// An entry that waits in the journal alone.
struct left_entry
{
    entry_number number = 0;
    std::size_t bytes = 0;
};

/// The graph, as the turns of its keys see it. [the thread of the turns]
class turn_owner
{
public:
    /// Processes an entry whose turn has come; false, and the entry stays with the caller, if none
    /// can be processed now.
    virtual bool go(std::unique_ptr<entry>& pending) = 0;

    /// Lets go of an entry, which waits in the journal until its turn comes.
    virtual void leave(const entry& pending) = 0;

    /// Brings back an entry that was left, and processes it; false if that cannot be done now. One
    /// that the journal does not have is let go, unless it `is_known` to it by what it has just
    /// answered. Throws journal_error.
    virtual bool take_back(left_entry left, bool is_known) = 0;

    /// Called when none waits any more, for now.
    virtual void all_gone_on() = 0;

    virtual void turns_failed(std::string_view reason) noexcept = 0;

    /// Called when entries of so many more keys have waited for long for those of other hosts.
    virtual void turns_stand_still(std::size_t keys) noexcept = 0;

protected:
    ~turn_owner() = default;
};

/// Keeps the entries of a key in order in a journal that several hosts share: an entry waits until
/// none that came before it, to whatever host, is pending with another one. The journal is asked
/// about each. In memory an entry stays until the answer; the rest of the time it is in the journal
/// alone. [any thread]
class key_turns
{
public:
    using clock = std::chrono::steady_clock;

    /// `kept` and `owner` outlive this object. An entry has waited for long after `long_time`.
    key_turns(journal& kept, turn_owner& owner,
              clock::duration long_time = std::chrono::seconds(10));

    ~key_turns() { end(); }
    key_turns(const key_turns&) = delete;
    key_turns& operator=(const key_turns&) = delete;

    /// Ends the thread: the owner is called no more.
    void end();

    /// Returns whether an entry that the journal has waits for its turn.
    [[nodiscard]] bool concern(const entry& pending) const noexcept
    {
        return is_shared_ && !pending.key.empty();
    }

    /// Hands an entry in that they concern. Entries of one key are handed in in the order of their
    /// numbers.
    void enter(std::unique_ptr<entry> pending);

    /// Returns whether none waits.
    [[nodiscard]] bool is_empty() const;

    /// Waits until none is in memory, or for the deadline.
    void wait_asked(clock::time_point deadline);

    /// Gives up those that are in memory. The owner cannot process any, and none enters meanwhile.
    [[nodiscard]] std::vector<std::unique_ptr<entry>> take_arrived();

    /// Returns those that were left, and forgets one that is done. The owner cannot process any, and
    /// none enters meanwhile.
    [[nodiscard]] std::vector<left_entry> left();
    void drop(entry_number left);

private:
    /// The entries of a key that were left, by turn.
    struct waiting
    {
        std::map<std::pair<std::int64_t, entry_number>, std::size_t> entries; ///< and their bytes
        std::optional<clock::time_point> since; ///< when the first began to wait for another host
        bool is_told = false;
    };

    /// An entry that the journal is asked about.
    struct asked
    {
        left_entry what;
        std::string key;
        std::unique_ptr<entry> arrived; ///< null: it was left
        std::int64_t turn = 0;
        bool is_known = false; ///< to the journal
        bool is_next = false;
    };

    void run();
    [[nodiscard]] std::vector<asked> next_asked(bool with_left);
    void add_left(std::vector<asked>& all);
    [[nodiscard]] bool ask(std::vector<asked>& all);
    [[nodiscard]] bool is_behind(std::size_t unknown);
    [[nodiscard]] std::size_t settle(std::vector<asked>& all);
    void settle_arrived(asked& one);
    [[nodiscard]] bool settle_left(const asked& one);
    [[nodiscard]] bool is_first_left(const asked& one) const;
    [[nodiscard]] std::size_t count_standstills();
    void put_back(std::vector<asked>& all);

    journal& journal_;
    turn_owner& owner_;
    const clock::duration long_time_;
    const bool is_shared_;

    mutable std::mutex mutex_; // guards what follows
    std::condition_variable changed_;
    std::vector<std::unique_ptr<entry>> arrived_;
    bool is_asking_ = false; // then what follows but for stops_ is the thread's
    bool stops_ = false;
    std::map<std::string, waiting> left_;            // by key
    std::optional<clock::time_point> unknown_since_; // when the journal began not to know some
    std::string next_left_; // the key before which those end that were asked about last
    std::thread thread_;
};

} // namespace penstock::host
