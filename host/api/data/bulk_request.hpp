// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/data/bulk_body.hpp"
#include "host/engine/entry.hpp"
#include "host/journal/journal.hpp"
#include "host/lane/plan.hpp"
#include "host/net/answer/completion.hpp"
#include "host/net/message.hpp"

#include <penstock/bytes.hpp>
#include <penstock/packet.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host::api
{

/// A `_bulk` request on its way to its answer, which is due when the journal has kept or refused
/// each of its entries.
class bulk_request final : public std::enable_shared_from_this<bulk_request>
{
public:
    /// The items view what `body` holds; those that name no document are given ids. The journal
    /// outlives this object.
    bulk_request(std::vector<bulk_item> items, bytes body, const journal& kept_by,
                 http::reply answer);

    /// Makes the entries of all items that are not refused; each item is a packet with this meta.
    /// What must stay in order is in one entry, and in entries of one key: what is said of one
    /// document, or, in a graph with partitions, of one partition. The rest is in an entry that any
    /// lane may have. Once.
    [[nodiscard]] std::vector<std::unique_ptr<entry>> make_entries(const packet& meta,
                                                                   const plan& graph);

    /// Answers that no item is let in, because all are refused.
    void answer_refused() const { answer_(answer()); }

private:
    [[nodiscard]] entry_packet make_packet(const bulk_item& item, packet meta) const;
    void settle(const std::vector<std::size_t>& items, commit how, bool is_durable);
    [[nodiscard]] http::response answer() const;
    [[nodiscard]] std::string write_items() const;

    std::vector<bulk_item> items_;
    const bytes body_;
    const journal& journal_;
    const http::reply answer_;
    const std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
    std::vector<char> unkept_;              // by item; written by its entry alone
    std::string usual_;                     // what write_items() returns unless an entry is refused
    std::atomic<std::size_t> unsettled_{0}; // entries
    std::atomic<std::size_t> kept_{0};      // entries
    std::atomic<bool> is_durable_{true};
};

} // namespace penstock::host::api
