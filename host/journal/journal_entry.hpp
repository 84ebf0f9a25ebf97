// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/sha256.hpp"

#include <penstock/bytes.hpp>
#include <penstock/detail/recycled.hpp>
#include <penstock/packet.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace penstock::host
{

/// The place of an accepted request in the journal: counts up from 1, over restarts too.
using entry_number = std::uint64_t;

/// One accepted request as the journal keeps it, until every packet made from it is done.
struct journal_entry final : detail::recycled
{
    entry_number number = 0; ///< given by the journal
    packet_id id;            ///< given by the journal; names the receipt
    std::string graph;
    std::string key; ///< requests of one key are processed in order; empty: any order
    std::chrono::system_clock::time_point accepted;
    bytes head;           ///< JSON: what the packets are, but for their data
    bytes body;           ///< their data, one after the other
    std::size_t size = 0; ///< bytes that it counts against the graph's quota

    /// Its number with a host that is gone, whose place another has taken, and then it has its id
    /// from there; 0: it is new.
    entry_number taken_from = 0;
    std::int64_t taken_in = 0; ///< the term of that place, see left_place

    std::string idempotency_key;              ///< of a client, as it is scoped; empty: none
    std::optional<sha256_digest> fingerprint; ///< of the request, if there is a key
};

} // namespace penstock::host
