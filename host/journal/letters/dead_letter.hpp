// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/journal_entry.hpp"

#include <penstock/json.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// A packet that could not be processed, with the reason: a dead letter.
struct dead_letter
{
    std::string id;         ///< given by the journal
    entry_number entry = 0; ///< the request whose packet it was; 0: of none, or of several
    std::string graph;
    std::string node;
    std::size_t port = 0;  ///< the input of the node at which the packet came
    std::string component; ///< `package/name@version`
    std::string reason;
    json::object packet; ///< its JSON form; of one that is left out, what letter_source() tells
    std::vector<std::string> receipts;
    std::uint32_t attempts = 1; ///< how often it was tried
    std::chrono::system_clock::time_point time;

    /// Of a packet that was left out of a list, with the receipts; 0: they are here.
    std::size_t left_out = 0;
};

/// The number that a journal's dead letter ids are written from, in the order of the dead letters;
/// 0 for what is no id.
[[nodiscard]] std::uint64_t dead_letter_number(std::string_view id) noexcept;

/// A dead letter without its packet, but for its source, and receipts, which take so many bytes.
[[nodiscard]] dead_letter head_of(const dead_letter& whole, std::size_t bytes);

/// How much of dead letters is read at a time.
struct dead_letter_limits
{
    dead_letter_limits(std::size_t letters, // NOLINT: reads as a count
                       std::size_t all_bytes = std::size_t{64} << 20,
                       std::size_t one_packet = std::numeric_limits<std::size_t>::max()) noexcept
        : count(letters), bytes(all_bytes), packet(one_packet)
    {
    }

    std::size_t count;
    std::size_t bytes;  ///< of all that are read; at least one is read in any case
    std::size_t packet; ///< bytes of one letter from which on its packet is left out
};

/// Which dead letters are meant; empty texts match all.
struct dead_letter_filter
{
    std::string graph;
    std::string node;
    std::string reason; ///< a part of it

    [[nodiscard]] bool matches(const dead_letter& one) const noexcept;
};

} // namespace penstock::host
