// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/node/node_outputs.hpp"
#include "host/lane/node/node_retry.hpp"

#include <penstock/detail/let_go.hpp>
#include <penstock/packet.hpp>

#include <string>
#include <vector>

namespace penstock::host
{

/// Settles how the packets of a node end that are not sent: by a verb, by a failure, or because the
/// component let go of them without a word; see docs/decisions/0010-ends-by-a-verb.md. Keeps those
/// that were let go until the component gives control back. [the lane's thread]
class settlement
{
public:
    settlement(const node_setting& of, node_inputs& inputs, node_fiber& fiber, node_probe& probe,
               node_retry& retry, node_outputs& outputs);

    /// Ends a packet as its component said. The latter two suspend.
    void deliver(packet&& packet);
    void drop(packet&& packet) noexcept;
    void fail(packet&& packet, const std::string& reason);
    void retry(packet&& packet, const std::string& reason);

    /// Makes a dead letter of a packet that never was in the graph: nothing tries it again.
    /// Suspends while the disk takes none.
    void refuse(packet&& packet, const std::string& reason);

    /// Keeps a packet that was destroyed without a word, also on the thread of blocking work that
    /// the node's fiber waits for. `at_its_end`: by an instance that is being destroyed.
    void keep(packet&& packet, bool at_its_end) noexcept;
    void keep_outside(packet&& packet) noexcept;

    /// Returns whether packets are kept that were let go.
    [[nodiscard]] bool is_any_let_go() const noexcept { return !let_go_.empty(); }

    /// Settles what was kept, after the component gave control back in the ordinary way. Suspends.
    void settle();

    /// Fails the packets that were destroyed inside blocking work. Suspends.
    void settle_outside();

    /// Settles what was kept after an exception of the component. Returns whether it ended a
    /// packet, or will; whether anything was received since the exception before; and whether those
    /// in hand come again one by one, which shows which of them is to blame. Suspends.
    struct outcome
    {
        bool blamed;
        bool advanced;
        bool one_by_one;
    };
    outcome settle_after_throw(const std::string& reason);

    /// The same, where a batch of packets, or a request, was being received.
    outcome settle_after_throw_with_batch(const std::string& reason);

    /// Settles what was kept when what the component works with is away: nothing has ended.
    /// Suspends.
    void settle_after_loss(const std::string& why);

    /// Releases the kept packets of a cancelled lane.
    void abandon() noexcept;

    /// Makes the packet in an input's span a dead letter if the host has died of it too often;
    /// tells whether.
    [[nodiscard]] bool end_quarantined(input_queue& from, input& port);

private:
    void settle(packet&& packet, detail::fate how, const std::string& reason);
    outcome settle_after_throw(const std::string& reason, bool one_by_one);
    bool settle_all(const std::string& reason, detail::blame blame, bool one_by_one = false);
    [[nodiscard]] bool must_come_one_by_one() const;
    [[nodiscard]] detail::blame blamed_by_throw() const noexcept;
    void fail_packet(packet&& packet, const std::string& reason);
    void try_again(packet&& packet, const std::string& reason);
    void give_up(packet&& packet, const std::string& reason);
    void add_dead_letter(packet&& packet, const std::string& reason);
    void make_dead_letter(packet&& packet, const std::string& reason);

    const node_setting& of_;
    node_inputs& inputs_;
    node_fiber& fiber_;
    node_probe& probe_;
    node_retry& retry_;
    node_outputs& outputs_;
    std::vector<detail::let_go> let_go_;
    std::vector<detail::let_go> settling_;
    std::vector<packet> outside_;  // destroyed inside `blocking`
    bool was_outside_ = false;     // ever
    std::uint32_t last_throw_ = 0; // received by then
    std::size_t unkept_ = 0;       // bytes of dead letters that may not be on disk yet
};

} // namespace penstock::host
