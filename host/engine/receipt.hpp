// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/journal/journal.hpp"
#include "host/lane/receipt_result.hpp"

#include <penstock/json.hpp>
#include <penstock/packet.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace penstock::host
{

/// The fate of one accepted request. The result is written by one lane and read once done.
class receipt
{
public:
    using clock = std::chrono::system_clock;

    receipt(issue what, std::string graph, clock::time_point accepted = clock::now());

    /// Makes one that is done.
    explicit receipt(const kept_receipt& kept);

    [[nodiscard]] packet_id id() const noexcept { return issue_.id; }
    [[nodiscard]] entry_number number() const noexcept { return issue_.number; }
    [[nodiscard]] const std::string& graph() const noexcept { return graph_; }
    [[nodiscard]] clock::time_point accepted() const noexcept { return accepted_; }
    [[nodiscard]] bool is_done() const noexcept { return done_.load(std::memory_order_acquire); }

    /// Returns whether the request is, or was, on disk until it was done.
    [[nodiscard]] bool is_durable() const noexcept { return durable_; }
    void set_durable() noexcept { durable_ = true; }

    /// Valid once is_done(). [any thread]
    [[nodiscard]] const receipt_result& result() const noexcept { return result_; }

    /// Sets what is called when the receipt is done, on the thread that finishes it. It must not
    /// throw or block. [before the entry goes to a lane]
    void when_done(std::function<void(const receipt&)> tell)
    {
        is_awaited_ = tell != nullptr;
        tell_ = std::move(tell);
    }

    /// Whether when_done() was given something to call; it stays so. [any thread]
    [[nodiscard]] bool is_awaited() const noexcept { return is_awaited_; }

    /// Publishes the result; once. A whole answer is left out of it.
    void finish(receipt_result result);

    /// The whole answer that components made, if they made one; for what when_done() set, while it
    /// runs, and for nobody else.
    [[nodiscard]] const std::optional<whole_answer>& whole() const noexcept { return whole_; }

    /// Calls what waits for the end; once.
    void tell();

private:
    const issue issue_;
    const std::string graph_;
    const clock::time_point accepted_;
    receipt_result result_;
    std::optional<whole_answer> whole_; // from finish() to tell()
    std::function<void(const receipt&)> tell_;
    bool is_awaited_ = false;
    std::atomic<bool> durable_{false};
    std::atomic<bool> done_{false};
};

/// The end of a request that was dropped with its graph.
[[nodiscard]] receipt_result discarded();

/// Writes a receipt that is done as the journal keeps it.
[[nodiscard]] kept_receipt to_kept(const receipt& done);

} // namespace penstock::host
