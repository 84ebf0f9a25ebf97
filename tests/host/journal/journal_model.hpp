// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/journal.hpp"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace penstock::host::testing
{

/// What a journal should hold, kept as plainly as can be.
class journal_model
{
public:
    void append(const journal_entry& what);
    void done(const finished_entry& entry);
    void dead(const dead_letter& what);
    void drop(const std::string& id);

    friend bool operator==(const journal_model&, const journal_model&) = default;

    /// A record by what of it matters.
    struct content
    {
        packet_id id;
        std::string graph;
        std::string body;

        friend bool operator==(const content&, const content&) = default;
    };

    std::map<entry_number, content> pending;
    std::map<entry_number, content> originals; ///< of letters, and done
    std::map<entry_number, packet_id> receipts;
    std::map<std::string, packet_id> keys;
    std::map<std::string, entry_number> dead_letters; ///< by id
};

/// Reads what a journal holds of the entries, letters and keys that there ever were.
journal_model read_model(journal& from, const std::map<entry_number, packet_id>& entries,
                         const std::set<std::string>& keys, std::uint64_t last_dead_letter);

/// Returns the first difference of two models.
std::string difference(const journal_model& is, const journal_model& should_be);

} // namespace penstock::host::testing
