// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "feed.hpp"

#include <penstock/detail/let_go.hpp>
#include <penstock/packet.hpp>
#include <penstock/testing/run.hpp>

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::testing
{

/// The ends of the packets of a test run, which are those of a node in a graph: by a verb, by an
/// exception, or because the component let go of them without a word. Writes the ends into the
/// result.
class packet_ends
{
public:
    /// What the component is called in reasons.
    static constexpr std::string_view name = "it";

    /// `how`, the feeds of the inputs and the result outlive it.
    packet_ends(const conditions& how, std::deque<feed>& feeds, result& into)
        : how_(how), feeds_(feeds), result_(into)
    {
    }

    /// Ends a packet as its component said.
    void deliver(packet&& packet) { result_.delivered.push_back(bare(packet)); }
    void drop(packet&& packet) { result_.dropped.push_back(bare(packet)); }
    void fail(packet&& packet, std::string reason);
    void retry(packet&& packet, std::string reason);

    /// Keeps a packet that was destroyed without a word. The component had received so many;
    /// `held`: it was the instance that was destroyed.
    void keep(packet&& packet, std::uint32_t received, bool held) noexcept;
    void keep_outside(packet&& packet) noexcept { outside_.push_back(std::move(packet)); }

    /// Settles what was kept, after the component gave control back in the ordinary way.
    void settle();

    /// Settles what was kept after an exception, when so many were received; returns whether that
    /// ended a packet, or will.
    bool settle_after_throw(const std::string& reason, std::uint32_t received);

    /// The same, where a batch of packets, or a request, was being received.
    void settle_after_throw_with_batch(const std::string& reason, std::uint32_t received);

    /// Fails the packets that were destroyed inside blocking work.
    void settle_outside();

    /// Takes the receipt off a packet that is shown to the test.
    static packet bare(packet& ended);

private:
    bool settle_after_throw(const std::string& reason, std::uint32_t received, bool one_by_one);
    [[nodiscard]] bool must_come_one_by_one(std::uint32_t received) const;
    [[nodiscard]] feed& feed_of(const packet& received);
    void end(packet& content, detail::fate how, const std::string& reason);

    const conditions& how_;
    std::deque<feed>& feeds_;
    result& result_;
    std::vector<detail::let_go> let_go_;
    std::vector<packet> outside_;
};

} // namespace penstock::testing
