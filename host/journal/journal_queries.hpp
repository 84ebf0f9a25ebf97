// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/journal_entry.hpp"
#include "host/journal/letters/dead_letter.hpp"
#include "host/journal/letters/dead_letter_usage.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// The error of a journal that cannot be read or written: where, what is wrong, what was expected.
class journal_error : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// The fate of a request whose packets have all ended.
struct kept_receipt
{
    packet_id id;
    std::string graph;
    std::chrono::system_clock::time_point accepted;
    bool durable = false; ///< whether the request was on disk until it was done
    std::uint64_t delivered = 0;
    std::uint64_t dropped = 0;
    std::uint64_t failed = 0; ///< delivered through an `error` port
    std::uint64_t dead_count = 0;
    std::string more; ///< JSON object with what else there is to tell; empty: nothing
};

/// Which request an idempotency key was used for.
struct used_key
{
    packet_id id;                             ///< of the receipt
    std::optional<sha256_digest> fingerprint; ///< none: an older version kept one of another form
};

/// What is left of a graph's entries.
struct pending_of_graph
{
    std::string graph;
    std::size_t entries = 0;
    std::size_t bytes = 0; ///< sum of journal_entry::size
    entry_number last = 0;
};

/// How many dead letters there are, and how many were let go by age.
struct dead_letter_count
{
    std::uint64_t kept = 0;
    std::uint64_t expired = 0;
};

/// A component that was at work when the worker crashed.
struct blame
{
    packet_id packet; ///< all zero: it held none, or several
    std::string graph;
    std::string node;      ///< empty: `packet` is the id of an entry, which was let in alone
    std::string component; ///< `package/name@version`; empty: unknown
    std::string reason;    ///< `SIGSEGV`, or `ran for 10 s`
    std::chrono::system_clock::time_point time;
};

/// Reads what a journal keeps besides entries, from the call on by which it got it. Everything may
/// block for a read, and original(), drop() and suspect() for a commit. Throws journal_error.
/// [any thread]
class journal_queries
{
public:
    virtual ~journal_queries() = default;

    /// The receipt of a finished request.
    [[nodiscard]] virtual std::optional<kept_receipt> receipt(packet_id id) = 0;

    /// What is known of an entry that is not done without reading its content: its number, id,
    /// graph, size and the time that it was accepted.
    [[nodiscard]] virtual std::optional<journal_entry> pending(packet_id id) = 0;

    [[nodiscard]] virtual std::optional<used_key> key(std::string_view idempotency_key) = 0;

    /// What is left of each graph that has entries.
    [[nodiscard]] virtual std::vector<pending_of_graph> pending() = 0;

    /// The newest first, as many as the limits allow, those with ids before `before` if that is not
    /// empty. None: there are no more.
    [[nodiscard]] virtual std::vector<dead_letter> dead_letters(const dead_letter_filter& which,
                                                                const dead_letter_limits& limits,
                                                                std::string_view before) = 0;
    [[nodiscard]] virtual std::optional<dead_letter> find_dead_letter(std::string_view id) = 0;

    /// The request whose packet a dead letter is about, as long as a dead letter refers to it.
    [[nodiscard]] virtual std::optional<journal_entry>
    original(std::string_view dead_letter_id) = 0;

    /// Returns whether there was such a dead letter.
    virtual bool drop(std::string_view dead_letter_id) = 0;

    /// Drops many dead letters at once; returns how many of them there were.
    virtual std::size_t drop_all(const std::vector<std::string>& dead_letter_ids)
    {
        std::size_t found = 0;
        for (const std::string& each : dead_letter_ids)
            found += drop(each) ? 1 : 0;
        return found;
    }
    [[nodiscard]] virtual dead_letter_count count_dead_letters() = 0;

    /// The usage of dead letters of a graph, of those on the disk where there is one. Does not
    /// block.
    [[nodiscard]] virtual std::shared_ptr<dead_letter_usage> usage_of(std::string_view graph) = 0;

    /// Keeps what a crash was blamed on; committed when it returns.
    virtual void suspect(const blame& what) = 0;

    /// All of the last 24 hours, the oldest first.
    [[nodiscard]] virtual std::vector<blame> blames() = 0;

    /// Forgets the blames of a graph, whose package has changed.
    virtual void clear_suspects(std::string_view graph) = 0;
};

} // namespace penstock::host
