// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/journal.hpp"

#include <chrono>
#include <cstdint>

namespace penstock::host
{

/// A number for numbering that no other journal is likely to have.
[[nodiscard]] std::uint64_t random_seed();

/// Returns the number of the host that accepted the entry with this id; 0: a host without peers.
[[nodiscard]] std::uint64_t host_number_of(packet_id id) noexcept;

/// Returns the microseconds in the high half of an id, without the number of the host.
[[nodiscard]] std::uint64_t micros_in(std::uint64_t high) noexcept;

/// Numbers entries, and makes ids that lead back to their number without an index. The high half of an
/// id is the number of the host, in twelve bits, and the time of acceptance: the ids of one host sort
/// by time. [one thread]
class numbering
{
public:
    /// Each journal has a random seed of its own, so that its ids are hard to guess by accident;
    /// `last_micros` is the time in the newest id so far, `last` the newest number; `host` is at most
    /// greatest_host_number.
    explicit numbering(std::uint64_t seed = 0, std::uint64_t last_micros = 0, entry_number last = 0,
                       std::uint64_t host = 0)
        : seed_(seed), micros_(last_micros), last_(last), host_(host)
    {
    }

    /// Gives a new entry its number and id.
    issue next(std::chrono::system_clock::time_point now);

    /// Makes the id of a new entry that has a number.
    packet_id make(entry_number number, std::chrono::system_clock::time_point now);

    /// Puts together an id that was made before, by this host or when it had another number.
    [[nodiscard]] packet_id id(entry_number number, std::uint64_t high) const noexcept;

    /// The only number that may have this id.
    [[nodiscard]] entry_number number(packet_id id) const noexcept;

    [[nodiscard]] std::uint64_t last_micros() const noexcept { return micros_; }
    [[nodiscard]] entry_number last_number() const noexcept { return last_; }

private:
    std::uint64_t seed_;
    std::uint64_t micros_;
    entry_number last_;
    std::uint64_t host_;
};

} // namespace penstock::host
