// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <penstock/json.hpp>
#include <penstock/packet.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace penstock::host
{

/// What became of the packets of one request: packet ends, so one packet to two publishers is
/// delivered twice.
struct receipt_result
{
    std::uint64_t delivered = 0;
    std::uint64_t dropped = 0;
    std::uint64_t failed = 0; ///< delivered through an `error` port
    std::uint64_t dead_count = 0;
    std::vector<json::object> dead; ///< the first 100, each with its reason
    json::array packets;            ///< what `http/reply` got
    bool replied = false;           ///< whether anything replied
    bool truncated = false;         ///< whether a reply was left out
};

/// The fate of one accepted request. The result is written by one lane and read once done.
class receipt
{
public:
    receipt(packet_id id, std::string graph);

    [[nodiscard]] packet_id id() const noexcept { return id_; }
    [[nodiscard]] const std::string& graph() const noexcept { return graph_; }
    [[nodiscard]] std::chrono::system_clock::time_point accepted() const noexcept
    {
        return accepted_;
    }
    [[nodiscard]] bool is_done() const noexcept { return done_.load(std::memory_order_acquire); }

    /// Valid once is_done(). [any thread]
    [[nodiscard]] const receipt_result& result() const noexcept { return result_; }

    /// Publishes the result; once.
    void finish(receipt_result result);

private:
    packet_id id_;
    std::string graph_;
    std::chrono::system_clock::time_point accepted_;
    receipt_result result_;
    std::atomic<bool> done_{false};
};

/// Keeps receipts for a day, or the last million of them. [any thread]
class receipt_store
{
public:
    explicit receipt_store(std::size_t most = 1'000'000,
                           std::chrono::seconds age = std::chrono::hours(24));

    /// Makes a receipt with a new id, kept from now on.
    std::shared_ptr<receipt> open(std::string_view graph);

    /// Forgets a receipt whose request was refused after all.
    void forget(packet_id id);

    [[nodiscard]] std::shared_ptr<const receipt> find(std::string_view id) const;

private:
    struct hash
    {
        std::size_t operator()(const packet_id& id) const noexcept { return id.low; }
    };

    void expire();

    const std::size_t most_;
    const std::chrono::seconds age_;
    mutable std::mutex mutex_;
    std::unordered_map<packet_id, std::shared_ptr<receipt>, hash> by_id_;
    std::deque<packet_id> in_order_;
    std::uint64_t opened_ = 0;
    std::uint64_t seed_;
};

} // namespace penstock::host
