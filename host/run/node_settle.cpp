// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// How packets end in a node; see docs/decisions/0010-ends-by-a-verb.md.
#include "host/run/node.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace penstock::host
{

using access = detail::packet_access;

void node::hand_back(packet&& packet) noexcept
{
    no_longer_in_hand(packet);
    if (lane_.cancelled())
        abandon(std::move(packet));
    else
        let_go_.push_back({std::move(packet), received(), destroying_});
}

void node::consumed(const packet& packet) noexcept
{
    no_longer_in_hand(packet);
}

void node::no_longer_in_hand(const packet& packet) noexcept
{
    if (is_careful_)
        hand_.let_go(packet);
}

// The request stays pending.
void node::abandon(packet&& packet) noexcept
{
    detail::origin* receipts = access::detach(packet);
    access::destroy(packet);
    receipts->abandon();
    receipts->release();
}

// On the thread that works for this node's fiber, which waits for it.
void node::hand_back_outside(packet&& packet) noexcept
{
    outside_.push_back(std::move(packet));
}

void node::fail_outside()
{
    if (outside_.empty())
        return;
    std::vector<packet> packets = std::exchange(outside_, {});
    const std::string reason = detail::outside_reason(plan_.name);
    if (!std::exchange(was_outside_, true))
        lane_.log(severity::error, plan_.name, "a packet was " + reason);
    for (packet& each : packets)
    {
        no_longer_in_hand(each);
        fail_packet(std::move(each), reason);
    }
}

// A destructor decides nothing: it runs for every reason. What it handed back is settled here, when
// the component gives control back in the ordinary way.
void node::settle()
{
    if (let_go_.empty())
        return;
    settling_.swap(let_go_); // to fail suspends
    for (detail::let_go& each : settling_)
        settle(std::move(each.content), detail::fate_of(each.content), {});
    settling_.clear();
}

void node::settle(packet&& packet, detail::fate how, const std::string& reason)
{
    switch (how)
    {
    case detail::fate::consumed: return end_packet(std::move(packet), detail::end::uncounted);
    case detail::fate::unsaid:
        return fail_packet(std::move(packet), detail::unsaid_reason(plan_.name));
    case detail::fate::blamed: return try_again(std::move(packet), reason);
    case detail::fate::orphaned: return fail_packet(std::move(packet), reason);
    case detail::fate::returned: break; // see settle_after_throw()
    }
}

void node::deliver(packet&& packet)
{
    no_longer_in_hand(packet);
    if (probing_)
        found();
    end_packet(std::move(packet),
               access::went_through_error(packet) ? detail::end::failed : detail::end::delivered);
}

void node::drop(packet&& packet)
{
    no_longer_in_hand(packet);
    end_packet(std::move(packet), detail::end::dropped);
}

void node::end_packet(packet&& packet, detail::end how) noexcept
{
    count_received(); // before somebody hears of the end
    if (access::tries(packet) != 0)
        counters_.retrying.ended();
    if (how == detail::end::delivered || how == detail::end::failed)
        counters_.delivered.add();
    else if (how == detail::end::dropped)
        counters_.dropped.add();
    detail::origin* receipts = access::detach(packet);
    access::destroy(packet);
    if (receipts == nullptr)
        return;
    receipts->count(how);
    receipts->release();
}

void node::fail(packet&& packet, std::string reason)
{
    no_longer_in_hand(packet);
    fail_packet(std::move(packet), shown(std::move(reason)));
}

void node::fail_packet(packet&& packet, const std::string& reason)
{
    check_stopped();
    if (plan_.retry.on_fail && has_tries_left(packet))
        park(std::move(packet), reason);
    else
        give_up(std::move(packet), reason);
}

void node::retry(packet&& packet, std::string reason)
{
    no_longer_in_hand(packet);
    try_again(std::move(packet), shown(std::move(reason)));
}

void node::threw(std::string reason)
{
    reason = shown(std::move(reason));
    last_throw_ = received();
    if (settle_after_throw(reason, blamed_by_throw()))
        return;
    counters_.exceptions.add();
    lane_.log(severity::warning, plan_.name, "threw when all it had received had ended: " + reason);
}

void node::give_up(packet&& packet, const std::string& reason)
{
    counters_.failed.add();
    if (access::tries(packet) != 0 &&
        std::ranges::all_of(inlets_, [](const inlet& each) { return each.parked().empty(); }))
        counters_.retrying.ended();
    if (error_wires_.empty())
        return bury(std::move(packet), reason);
    access::set_via_error(packet);
    access::set_tries(packet, 0);
    packet.set_meta("error_reason", reason);
    packet.set_meta("error_node", plan_.name);
    flush_outputs();
    send_to(error_wires_, {&packet, 1});
}

void node::bury(packet&& packet, const std::string& reason)
{
    counters_.dead.add();
    letter about;
    about.node = plan_.name;
    about.port = access::port(packet);
    about.component = plan_.component;
    about.reason = reason;
    about.attempts = access::tries(packet) + 1U;
    about.packet = to_json(packet);
    about.time = std::chrono::system_clock::now();
    detail::origin* receipts = access::detach(packet);
    access::destroy(packet);
    if (receipts == nullptr)
    {
        lane_.bury(std::move(about));
        return;
    }
    receipts->receipts([](void* list, std::string_view id)
                       { static_cast<std::vector<std::string>*>(list)->emplace_back(id); },
                       &about.receipts);
    json::object summary{{"node", about.node}, {"reason", about.reason}};
    summary["id"] = lane_.bury(std::move(about));
    receipts->bury(summary);
    receipts->release();
}

// A packet that the host has died of too often becomes a dead letter instead of being received.
bool node::bury_quarantined(input& port)
{
    packet* const first = detail::port_access::next(port);
    const auto found = std::ranges::find(
        plan_.quarantine, first->id(), [](const quarantined_packet& each) { return each.packet; });
    if (found == plan_.quarantine.end())
        return false;
    packet taken = std::move(*first);
    detail::port_access::set_span(port, first + 1, detail::port_access::end(port));
    inlets_[port.index()].release_span(port, [this](const wire& from) { tell_freed(from); });
    access::enter({&taken, 1}, 0, port.index());
    access::set_tries(taken, static_cast<std::uint16_t>(found->attempts - 1));
    counters_.failed.add();
    lane_.log(severity::error, plan_.name, found->reason);
    bury(std::move(taken), found->reason);
    return true;
}

void node::reply(const packet& packet)
{
    if (detail::origin* receipts = access::receipts(packet))
        receipts->reply(packet);
}

// Who of those in hand is to blame cannot be told, so each is, if the graph has them tried again; else
// the one received last.
detail::blame node::blamed_by_throw() const noexcept
{
    return plan_.retry.on_throw && plan_.retry.attempts > 1 ? detail::blame::each
                                                            : detail::blame::last;
}

// An exception has left the component. Tells whether it ended a packet, or will.
bool node::settle_after_throw(const std::string& reason, detail::blame blame)
{
    std::vector<detail::let_go> packets = std::exchange(let_go_, {});
    std::ranges::stable_sort(
        packets, {}, [](const detail::let_go& each) { return access::receive(each.content); });
    const std::vector<detail::fate> fates = detail::fates_of(packets, received(), blame);
    std::vector<std::deque<packet>> back(inlets_.size());
    bool any = false;
    for (std::size_t i = 0; i < packets.size(); ++i)
    {
        packet& content = packets[i].content;
        any = any || fates[i] == detail::fate::blamed || fates[i] == detail::fate::orphaned;
        if (fates[i] == detail::fate::returned)
            back[access::port(content)].push_back(std::move(content));
        else
            settle(std::move(content), fates[i], reason);
    }
    put_back(std::move(back));
    return any;
}

void node::put_back(std::vector<std::deque<packet>> packets)
{
    // One that waits for its key comes again in its turn; see parking.
    for (std::size_t i = 0; i < packets.size() && plan_.keeps_order; ++i)
    {
        std::deque<packet> free;
        for (packet& each : packets[i])
        {
            if (inlets_[i].parked().must_wait(each))
                inlets_[i].parked().park(std::move(each), failed_at_, received());
            else
                free.push_back(std::move(each));
        }
        packets[i] = std::move(free);
    }
    // A request that is worked on again must end again, at each input where it did, or the inputs
    // would no longer agree on which request is which. One of which nothing is left is over.
    const bool is_over =
        std::ranges::all_of(packets, &std::deque<packet>::empty) &&
        std::ranges::all_of(inlets_, [&](const inlet& each)
                            { return each.requests_ended() == inlets_.front().requests_ended(); });
    for (std::size_t i = 0; i < packets.size() && !is_over; ++i)
        inlets_[i].put_back(std::move(packets[i]));
}

} // namespace penstock::host
