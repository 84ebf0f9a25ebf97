// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/sha256.hpp"
#include "host/journal/journal.hpp"
#include "host/lane/lane_entry.hpp"

#include <penstock/packet.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace penstock::host
{

class completion_queue;
class receipt;
struct source_packet;

/// Where an entry was before this host took it over.
struct earlier_place
{
    entry_number number = 0; ///< with the host that is gone
    packet_id id;
    std::chrono::system_clock::time_point accepted;
    std::int64_t term = 0; ///< of the place, see left_place
};

/// One accepted request, or one packet of a source, until every packet made from it is done.
///
/// Moves from the thread that accepted it to its lane, and, if that lane is cancelled, to another.
struct entry final : lane_entry
{
    bool has_ids = false;   ///< the packets have their ids already, of an earlier entry
    bool is_replay = false; ///< of a dead letter
    std::size_t bytes = 0;  ///< counted against the graph's quota
    std::shared_ptr<host::receipt> receipt;

    /// Of the source to which it is acknowledged, by that number; or null.
    std::shared_ptr<completion_queue> completions;
    std::uint64_t completion = 0;

    std::optional<earlier_place> earlier; ///< of one that was another host's

    bool keep = false;           ///< whether the journal has it until it is done
    bool promised = false;       ///< whether it is processed even if the journal refuses it
    std::string idempotency_key; ///< to be kept with it; or empty
    std::optional<sha256_digest> fingerprint;

    /// Called once if it is kept or refused by the journal. Must not throw or block.
    std::function<void(commit, const std::shared_ptr<const host::receipt>&)> committed;

    /// Called once, on the lane's thread, when the receipt is done. Must not throw or block.
    std::function<void(const host::receipt&)> done;
};

/// The bytes that an entry takes of a graph's quota: those of its packets' content, and about what
/// itself, its receipt and the rest of its packets take in memory.
[[nodiscard]] std::size_t size_of(const entry& one) noexcept;

/// What a lane gives back is what it was given.
[[nodiscard]] inline std::unique_ptr<entry> as_entry(std::unique_ptr<lane_entry> given)
{
    return std::unique_ptr<entry>(static_cast<entry*>(given.release()));
}

/// Gives an entry its receipt, and its packets their ids unless it has them: they follow from the
/// receipt's, so that the entry makes the same packets whenever it is processed.
void identify(entry& of, std::shared_ptr<host::receipt> receipt);

/// Writes an entry as the journal keeps it; the packets stay with the entry.
[[nodiscard]] std::unique_ptr<journal_entry> to_journal_entry(const entry& of,
                                                              std::string_view graph);

/// Reads an entry back, without a receipt. Throws std::exception if the entry is none of ours.
[[nodiscard]] std::unique_ptr<entry> to_entry(const journal_entry& kept);

/// Makes an entry of a packet of a source, in a graph that is partitioned by a meta value; if by
/// none, packets of one meta `id` are kept in order, as requests of one `{id}` are.
[[nodiscard]] std::unique_ptr<entry> to_entry(const source_packet& what,
                                              const std::string& partition_by);

} // namespace penstock::host
