// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/engine/receipt.hpp"

#include <penstock/detail/recycled.hpp>

#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <string_view>

namespace penstock::host
{

/// Parses the id of a receipt, 32 hexadecimal digits; nothing if it is no such text.
[[nodiscard]] std::optional<packet_id> parse_receipt_id(std::string_view text) noexcept;

/// Finds receipts: those of entries in memory here, all others in the journal. [any thread]
class receipts
{
public:
    /// `kept` outlives this object.
    explicit receipts(journal& kept) : journal_(kept) {}

    /// Makes the receipt of an entry that got its number, or finds the one that is there already.
    std::shared_ptr<receipt> open(issue what, std::string_view graph,
                                  receipt::clock::time_point accepted = receipt::clock::now());

    /// Releases a receipt: the journal alone has it, or its request, or that was refused.
    void forget(packet_id id);

    /// Finds a receipt; null if there is none. May block for a read. Throws journal_error.
    [[nodiscard]] std::shared_ptr<const receipt> find(packet_id id);

    /// The number of an entry whose receipt is in memory; 0 if it is not.
    [[nodiscard]] entry_number number_of(std::string_view id) const;

private:
    struct hash
    {
        std::size_t operator()(const packet_id& id) const noexcept { return id.low; }
    };

    std::shared_ptr<const receipt> find_here(packet_id id) const;
    std::shared_ptr<const receipt> find_done(packet_id id);

    journal& journal_;
    mutable std::mutex mutex_;
    detail::recycling_map<packet_id, std::shared_ptr<receipt>, hash> by_id_;
};

} // namespace penstock::host
