// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/journal.hpp"
#include "host/journal/letters/dead_letter_page.hpp"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// Reads what a journal has committed. [any thread]
///
/// Everything throws journal_error and blocks.
class journal_view
{
public:
    virtual ~journal_view() = default;

    virtual std::vector<journal_entry> next(std::string_view graph, entry_number after,
                                            read_limits limits) = 0;
    virtual std::vector<pending_of_graph> pending() = 0;

    /// What is known of an entry that is not done without reading its content, which may be large.
    virtual std::optional<journal_entry> pending(packet_id id) = 0;
    virtual std::optional<kept_receipt> receipt(packet_id id) = 0;

    /// See journal::turns().
    virtual std::vector<key_turn> turns(const std::vector<entry_number>& /*numbers*/) { return {}; }

    /// A key that was used no earlier than `since`.
    virtual std::optional<used_key> key(std::string_view idempotency_key, std::int64_t since) = 0;

    /// Adds those with numbers below the page's, as far as the limits allow.
    virtual void dead_letters(const dead_letter_filter& which, const dead_letter_limits& limits,
                              dead_letter_page& into) = 0;
    virtual std::optional<dead_letter> find_dead_letter(std::uint64_t number) = 0;

    /// An entry that a dead letter refers to, done or not.
    virtual std::optional<journal_entry> original(entry_number number) = 0;
    virtual std::vector<blame> blames(std::int64_t since) = 0;
};

} // namespace penstock::host
