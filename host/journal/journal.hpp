// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/journal_entry.hpp"
#include "host/journal/journal_queries.hpp"
#include "host/journal/left_place.hpp"
#include "host/journal/letters/dead_letter.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// What became of an entry that was appended.
enum class commit
{
    kept,    ///< it is in the journal, as durably as the journal is
    refused, ///< it is not; see journal::trouble()
    repeated ///< it is not: another host's entry has its idempotency key
};

/// What a journal gives to an entry.
struct issue
{
    entry_number number = 0;
    packet_id id;
};

/// A callback for the number of an entry and for its commit, each called once.
class append_waiter
{
public:
    virtual ~append_waiter() = default;

    /// Called in append(), before settled(). Must not block, nor call the journal.
    virtual void issued(issue what) noexcept = 0;

    /// Must not block. Entries of one journal are told in the order of their numbers, but for those
    /// that are not urgent. [the journal's thread, or that of append() if there is nothing to wait
    /// for]
    virtual void settled(commit how) noexcept = 0;

    /// Returns whether the commit is waited for. If not, it may come some 100 ms later; and an
    /// entry that is done before, with no dead letter and no idempotency key, is never written:
    /// then settled() is not called.
    [[nodiscard]] virtual bool is_urgent() const noexcept { return true; }
};

/// An entry whose packets have all ended.
struct finished_entry
{
    entry_number number = 0;
    bool journalled = false; ///< whether it was appended, and not only numbered
    kept_receipt receipt;
};

/// Why a journal takes in nothing.
struct journal_trouble
{
    std::string reason; ///< empty: it takes in
    bool passes = true; ///< whether it may end without a restart: a full disk does
};

/// Limits of what is read at a time.
struct read_limits
{
    std::size_t entries = 1'000;
    std::size_t bytes = std::size_t{8} << 20; ///< at least one entry is read in any case
};

/// The turn of an entry of a key, among those of all hosts.
struct key_turn
{
    entry_number number = 0;
    std::int64_t turn = 0; ///< greater than those of all entries of the key that came before
    bool is_next = false;  ///< no other host has one of the key that came before, and is pending
};

/// Keeps accepted requests until they are done: four calls, and number() for those that need not be
/// kept. [any thread]
///
/// What is handed in is committed in the order of the calls, many calls at a time.
class journal
{
public:
    virtual ~journal() = default;

    /// Gives an entry its number and id, and keeps it; the waiter is called with both. An entry for
    /// which there is no memory is refused: nothing is thrown.
    virtual void append(std::unique_ptr<journal_entry> what,
                        std::unique_ptr<append_waiter> waiter) = 0;

    /// Gives a number and id to an entry that is not kept.
    [[nodiscard]] virtual issue number() = 0;

    /// Reads the entries of a graph that are not done, in order, from after a number. One that is
    /// damaged comes with an empty head, and its dead letter says so. Throws journal_error. Blocks.
    virtual std::vector<journal_entry> next(std::string_view graph, entry_number after,
                                            read_limits limits) = 0;

    /// Forgets an entry and keeps its receipt, which can be read at once; committed some 100 ms
    /// later at the latest.
    virtual void done(finished_entry entry) = 0;

    /// Keeps a dead letter, which can be read at once, and is committed before what is done()
    /// later; returns its id.
    virtual std::string dead(dead_letter what) = 0;

    /// Waits until what was handed in is committed; returns false at once if there is trouble.
    /// Throws journal_error.
    virtual bool flush() = 0;

    /// Returns why append() would refuse.
    [[nodiscard]] virtual journal_trouble trouble() const = 0;

    /// `durable` or `memory`.
    [[nodiscard]] virtual std::string_view durability() const noexcept = 0;

    /// Whether what it has committed so far is on the disk of a second machine, too.
    [[nodiscard]] virtual bool replicates() const noexcept { return false; }

    /// Whether other hosts may have entries in it.
    [[nodiscard]] virtual bool is_shared() const noexcept { return false; }

    /// Takes the place of a host that is gone and has left entries of one of these graphs; null if
    /// there is none. Throws journal_error. Blocks. [one thread]
    [[nodiscard]] virtual std::unique_ptr<left_place>
    take_place(const std::vector<std::string>& /*graphs*/)
    {
        return nullptr;
    }

    /// Looks for the turns of entries of this host, where is_shared(). An entry without a key has
    /// none. An entry of this host waits for another one of it too, if that was taken over, and has
    /// the greater number and the smaller turn. Throws journal_error. Blocks.
    [[nodiscard]] virtual std::vector<key_turn> turns(const std::vector<entry_number>& /*numbers*/)
    {
        return {};
    }

    /// What else it keeps. Lives as long as the journal.
    [[nodiscard]] virtual journal_queries& kept() noexcept = 0;
};

} // namespace penstock::host
