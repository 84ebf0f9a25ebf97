// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/letter.hpp"
#include "host/journal/record.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// Says where, what is wrong, and what was expected: a journal cannot be read or written.
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

/// What is left of a graph's records.
struct pending_of_graph
{
    std::string graph;
    std::size_t records = 0;
    std::size_t bytes = 0; ///< sum of record::size
    entry_number last = 0;
};

/// How many letters there are, and how many were let go by age or size.
struct letter_count
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

/// Reads what a journal keeps besides records, from the call on by which it got it. Everything may
/// block for a read, and original(), drop() and accuse() for a commit. Throws journal_error.
/// [any thread]
class records
{
public:
    virtual ~records() = default;

    /// The receipt of a finished request.
    [[nodiscard]] virtual std::optional<kept_receipt> receipt(packet_id id) = 0;

    /// A record that is not done, without its body.
    [[nodiscard]] virtual std::optional<record> pending(packet_id id) = 0;

    [[nodiscard]] virtual std::optional<used_key> key(std::string_view idempotency_key) = 0;

    /// What is left of each graph that has records.
    [[nodiscard]] virtual std::vector<pending_of_graph> pending() = 0;

    /// The newest first, at most `count`, those with ids before `before` if that is not empty.
    [[nodiscard]] virtual std::vector<letter> letters(const letter_filter& which, std::size_t count,
                                                      std::string_view before) = 0;
    [[nodiscard]] virtual std::optional<letter> find_letter(std::string_view id) = 0;

    /// The request whose packet a letter is about, as long as a letter refers to it.
    [[nodiscard]] virtual std::optional<record> original(std::string_view letter_id) = 0;

    /// Tells whether there was such a letter.
    virtual bool drop(std::string_view letter_id) = 0;

    /// Drops many letters at once; returns how many of them there were.
    virtual std::size_t drop_all(const std::vector<std::string>& letter_ids)
    {
        std::size_t found = 0;
        for (const std::string& each : letter_ids)
            found += drop(each) ? 1 : 0;
        return found;
    }
    [[nodiscard]] virtual letter_count count_letters() = 0;

    /// Keeps what a crash was blamed on; committed when it returns.
    virtual void accuse(const blame& what) = 0;

    /// All of the last 24 hours, the oldest first.
    [[nodiscard]] virtual std::vector<blame> blames() = 0;

    /// Forgets the blames of a graph, whose package has changed.
    virtual void acquit(std::string_view graph) = 0;
};

} // namespace penstock::host
