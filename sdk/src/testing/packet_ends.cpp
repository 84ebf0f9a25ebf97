// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "packet_ends.hpp"

#include <penstock/detail/dead_letter_reason.hpp>
#include <penstock/detail/packet_access.hpp>

#include <algorithm>
#include <utility>

namespace penstock::testing
{

using detail::packet_access;

void packet_ends::fail(packet&& packet, std::string reason)
{
    result_.failed.emplace_back(bare(packet),
                                reason.empty() ? detail::no_reason(name) : std::move(reason));
}

void packet_ends::retry(packet&& packet, std::string reason)
{
    if (!feeds_.empty() && feed_of(packet).try_again(packet))
        return;
    fail(std::move(packet), std::move(reason));
}

void packet_ends::keep(packet&& packet, std::uint32_t received, bool held) noexcept
{
    let_go_.push_back({std::move(packet), received, held});
}

void packet_ends::settle()
{
    for (detail::let_go& each : std::exchange(let_go_, {}))
        end(each.content, detail::fate_of(each.content), {});
}

bool packet_ends::settle_after_throw(const std::string& reason, std::uint32_t received)
{
    return settle_after_throw(reason, received, false);
}

void packet_ends::settle_after_throw_with_batch(const std::string& reason, std::uint32_t received)
{
    (void)settle_after_throw(reason, received, must_come_one_by_one(received));
}

bool packet_ends::settle_after_throw(const std::string& reason, std::uint32_t received,
                                     bool one_by_one)
{
    std::vector<detail::let_go> packets = std::exchange(let_go_, {});
    std::ranges::stable_sort(packets, {},
                             [](const detail::let_go& each)
                             { return packet_access::receive(each.content); });
    const detail::blame blame = how_.attempts > 1 ? detail::blame::each
                                : one_by_one      ? detail::blame::nobody
                                                  : detail::blame::last;
    const std::vector<detail::fate> fates =
        detail::fates_of(packets, received, blame, how_.attempts);
    bool any = false;
    for (std::size_t i = 0; i < packets.size(); ++i)
    {
        any = any || fates[i] == detail::fate::blamed || fates[i] == detail::fate::orphaned;
        if (fates[i] != detail::fate::returned)
            end(packets[i].content, fates[i], reason);
        else if (one_by_one || packet_access::tries(packets[i].content) != 0)
            feed_of(packets[i].content).put_last(std::move(packets[i].content));
    }
    for (std::size_t i = packets.size(); i-- > 0 && !one_by_one;) // the first comes first again
        if (fates[i] == detail::fate::returned && !packet_access::is_none(packets[i].content))
            feed_of(packets[i].content).put_back(std::move(packets[i].content));
    return any;
}

// Which packet of a batch is to blame shows when each comes again alone, as in a graph.
bool packet_ends::must_come_one_by_one(std::uint32_t received) const
{
    const auto is_in_hand = [received](const detail::let_go& each)
    { return packet_access::receive(each.content) != 0 && (each.held || each.at == received); };
    return how_.attempts == 1 && std::ranges::count_if(let_go_, is_in_hand) > 1 &&
           std::ranges::none_of(feeds_,
                                [&](const feed& each) { return each.came_alone(received); });
}

feed& packet_ends::feed_of(const packet& received)
{
    return feeds_[packet_access::port(received)];
}

void packet_ends::settle_outside()
{
    for (packet& each : std::exchange(outside_, {}))
        fail(std::move(each), detail::outside_reason(name));
}

packet packet_ends::bare(packet& ended)
{
    if (detail::lineage* const receipts = packet_access::detach(ended))
        receipts->release();
    packet_access::set_tries(ended, 0);
    return std::move(ended);
}

void packet_ends::end(packet& content, detail::fate how, const std::string& reason)
{
    switch (how)
    {
    case detail::fate::consumed: (void)bare(content); break;
    case detail::fate::unsaid: fail(std::move(content), detail::unsaid_reason(name)); break;
    case detail::fate::blamed: retry(std::move(content), reason); break;
    case detail::fate::orphaned: fail(std::move(content), reason); break;
    case detail::fate::returned: break; // see settle_after_throw()
    }
}

} // namespace penstock::testing
