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
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace penstock::host
{

/// The graph, as the turns of its keys see it. [the thread of the turns]
class turn_owner
{
public:
    /// Processes an entry: its turn has come.
    virtual void go(std::unique_ptr<entry> pending) = 0;

    /// Lets go of an entry, which waits in the journal until its turn comes.
    virtual void leave(const entry& pending) = 0;

    /// Brings back an entry that was left, and processes it; false if that cannot be done now.
    /// Throws journal_error.
    virtual bool take_back(entry_number left) = 0;

    virtual void turns_failed(std::string_view reason) noexcept = 0;

    /// Called once when entries of so many keys wait and none has gone on for 10 s.
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

    /// `kept` and `owner` outlive this object.
    key_turns(journal& kept, turn_owner& owner);

    /// Ends the thread.
    ~key_turns();
    key_turns(const key_turns&) = delete;
    key_turns& operator=(const key_turns&) = delete;

    /// Returns whether an entry that the journal has waits for its turn.
    [[nodiscard]] bool concern(const entry& pending) const noexcept
    {
        return is_shared_ && !pending.key.empty();
    }

    /// Hands an entry in that they concern. Entries of one key are handed in in the order of their
    /// numbers.
    void enter(std::unique_ptr<entry> pending);

    /// Waits until none is in memory, or for the deadline.
    void wait_asked(clock::time_point deadline);

    /// Gives up those that are in memory. The owner cannot process any, and none enters meanwhile.
    [[nodiscard]] std::vector<std::unique_ptr<entry>> take_arrived();

    /// Returns those that were left, and forgets one that is done. Nothing enters meanwhile.
    [[nodiscard]] std::vector<entry_number> left();
    void drop(entry_number left);

private:
    /// An entry that the journal is asked about.
    struct asked
    {
        entry_number number = 0;
        std::string key;
        std::unique_ptr<entry> arrived; ///< null: it was left
        std::int64_t turn = 0;
        bool is_next = true; ///< what the journal does not know waits for nothing
    };

    void run();
    [[nodiscard]] std::vector<asked> next_asked();
    void add_left(std::vector<asked>& all);
    [[nodiscard]] bool ask(std::vector<asked>& all);
    [[nodiscard]] bool settle(std::vector<asked>& all);
    [[nodiscard]] bool settle_arrived(asked& one);
    [[nodiscard]] bool settle_left(const asked& one);
    [[nodiscard]] bool is_first_left(const asked& one) const;
    void look_for_standstill(bool has_gone_on);

    journal& journal_;
    turn_owner& owner_;
    const bool is_shared_;

    std::mutex mutex_; // guards what follows
    std::condition_variable changed_;
    std::vector<std::unique_ptr<entry>> arrived_;
    bool is_asking_ = false; // then left_ and next_left_ are the thread's
    bool stops_ = false;
    std::map<std::string, std::map<std::int64_t, entry_number>> left_; // by key and turn
    std::string next_left_;     // the key before which those end that were asked about last
    clock::time_point gone_on_; // when one that was left did, or none was left
    bool is_told_ = false;      // that none has for long
    std::thread thread_;
};

} // namespace penstock::host
