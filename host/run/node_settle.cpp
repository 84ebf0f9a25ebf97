// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// What becomes of the packets that a node's component lets go; see architecture, "Receipt rule".
#include "host/run/node.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

namespace penstock::host
{

using access = detail::packet_access;

void node::hand_back(packet&& packet, bool unwinding) noexcept
{
    if (lane_.cancelled())
    {
        detail::origin* receipts = access::detach(packet);
        access::destroy(packet);
        receipts->abandon();
        receipts->release();
        return;
    }
    returned_.push_back({std::move(packet), turn(), unwinding, destroying_});
}

// A destructor decides nothing: it runs for every reason. What it handed back is settled here, when
// the component gives control back in the ordinary way.
void node::settle()
{
    if (returned_.empty())
        return;
    begin_failure();
    settling_.swap(returned_); // failing a packet may suspend, and more may come back meanwhile
    for (returned_packet& each : settling_)
    {
        if (each.unwinding)
            fail_one(std::move(each.content), true, "was let go while an exception was thrown");
        else
            end_packet(std::move(each.content), fate(each.content));
    }
    settling_.clear();
}

detail::end node::fate(const packet& packet) const noexcept
{
    if (plan_.category == category::publisher)
        return access::went_through_error(packet) ? detail::end::failed : detail::end::delivered;
    if (access::children(packet) != 0)
        return detail::end::uncounted;
    return detail::end::dropped;
}

void node::end_packet(packet&& packet, detail::end how) noexcept
{
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
    begin_failure();
    fail_one(std::move(packet), access::was_thrown(packet), reason);
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
    access::enter_node(packet);
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
    release_spans();
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

// An exception has left the component, which is gone by now. The packet received last is to blame,
// if it was in hand, or, in a publisher that tries again, each that was; the others that were held
// are received again. What was let go before the last receive had ended well.
void node::settle_after_throw(const std::string& reason, bool& blamed)
{
    begin_failure();
    const std::uint32_t last = turn();
    const bool all_fail =
        plan_.category == category::publisher && plan_.retry.on_throw && plan_.retry.attempts > 1;
    std::vector<std::deque<packet>> back(inlets_.size());
    std::vector<returned_packet> let_go;
    let_go.swap(returned_);
    std::ranges::stable_sort(let_go, {},
                             [](const returned_packet& r) { return access::turn(r.content); });
    for (returned_packet& each : let_go)
    {
        packet& packet = each.content;
        const bool in_hand = each.held || each.at == last;
        if (!in_hand && each.unwinding)
            fail_one(std::move(packet), true, "was let go while an exception was thrown");
        else if (!in_hand)
            end_packet(std::move(packet), fate(packet));
        else if (access::turn(packet) == 0)
            end_packet(std::move(packet), detail::end::uncounted); // derived here and never sent
        else if (all_fail || access::turn(packet) == last)
        {
            blamed = true;
            fail_one(std::move(packet), true, reason);
        }
        else
            back[access::port(packet)].push_back(std::move(packet));
    }
    put_back(std::move(back));
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
                inlets_[i].parked().park(std::move(each), failed_at_, turn());
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
