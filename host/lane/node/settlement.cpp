// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/node/settlement.hpp"

#include "host/lane/node/dead_letter_wait.hpp"
#include "host/lane/node/packet_end.hpp"

#include <penstock/detail/dead_letter_reason.hpp>

#include <algorithm>
#include <chrono>
#include <deque>
#include <utility>

namespace penstock::host
{

using access = detail::packet_access;

namespace
{

// What dead letters may take in memory before the node that makes them waits for the disk, and what
// each takes besides its data.
constexpr std::size_t most_unkept = std::size_t{4} << 20;
constexpr std::size_t dead_letter_bytes = 1024;

} // namespace

settlement::settlement(const node_setting& of, node_inputs& inputs, node_fiber& fiber,
                       node_probe& probe, node_retry& retry, node_outputs& outputs)
    : of_(of), inputs_(inputs), fiber_(fiber), probe_(probe), retry_(retry), outputs_(outputs)
{
}

void settlement::deliver(packet&& packet)
{
    inputs_.in_hand().let_go(packet);
    probe_.delivered();
    const detail::end how =
        access::went_through_error(packet) ? detail::end::failed : detail::end::delivered;
    if (detail::lineage* receipts = access::receipts(packet);
        of_.plan.replicates && receipts != nullptr)
        receipts->count_replicated();
    end_packet(std::move(packet), how, of_.counters, inputs_);
}

void settlement::drop(packet&& packet) noexcept
{
    inputs_.in_hand().let_go(packet);
    end_packet(std::move(packet), detail::end::dropped, of_.counters, inputs_);
}

void settlement::fail(packet&& packet, const std::string& reason)
{
    inputs_.in_hand().let_go(packet);
    fail_packet(std::move(packet), reason);
}

void settlement::refuse(packet&& packet, const std::string& reason)
{
    fiber_.check_stopped();
    of_.counters.failed.add();
    make_dead_letter(std::move(packet), reason);
}

void settlement::retry(packet&& packet, const std::string& reason)
{
    inputs_.in_hand().let_go(packet);
    try_again(std::move(packet), reason);
}

void settlement::keep(packet&& packet, bool at_its_end) noexcept
{
    inputs_.in_hand().let_go(packet);
    if (of_.lane.cancelled())
        abandon_packet(std::move(packet));
    else
        let_go_.push_back({std::move(packet), inputs_.received(), at_its_end});
}

void settlement::keep_outside(packet&& packet) noexcept
{
    outside_.push_back(std::move(packet));
}

void settlement::settle_outside()
{
    if (outside_.empty())
        return;
    std::vector<packet> packets = std::exchange(outside_, {});
    const std::string reason = detail::outside_reason(of_.plan.name);
    if (!std::exchange(was_outside_, true))
        of_.lane.owner().log(severity::error, of_.plan.name, "a packet was " + reason);
    for (packet& each : packets)
        fail(std::move(each), reason);
}

// A destructor decides nothing: it runs for every reason.
void settlement::settle()
{
    if (let_go_.empty())
        return;
    settling_.swap(let_go_); // to fail suspends
    for (detail::let_go& each : settling_)
        settle(std::move(each.content), detail::fate_of(each.content), {});
    settling_.clear();
}

void settlement::settle(packet&& packet, detail::fate how, const std::string& reason)
{
    switch (how)
    {
    case detail::fate::consumed:
        return end_packet(std::move(packet), detail::end::uncounted, of_.counters, inputs_);
    case detail::fate::unsaid:
        return fail_packet(std::move(packet), detail::unsaid_reason(of_.plan.name));
    case detail::fate::blamed: return try_again(std::move(packet), reason);
    case detail::fate::orphaned: return fail_packet(std::move(packet), reason);
    case detail::fate::returned: break; // see settle_all()
    }
}

settlement::outcome settlement::settle_after_throw(const std::string& reason)
{
    return settle_after_throw(reason, false);
}

settlement::outcome settlement::settle_after_throw_with_batch(const std::string& reason)
{
    return settle_after_throw(reason, must_come_one_by_one());
}

settlement::outcome settlement::settle_after_throw(const std::string& reason, bool one_by_one)
{
    const std::uint32_t received = inputs_.received();
    const bool advanced = received != std::exchange(last_throw_, received);
    const bool blamed =
        settle_all(reason, one_by_one ? detail::blame::nobody : blamed_by_throw(), one_by_one);
    if (!blamed)
        of_.counters.exceptions.add();
    return {blamed, advanced, one_by_one};
}

void settlement::settle_after_loss(const std::string& why)
{
    settle_all(why, detail::blame::nobody);
}

bool settlement::settle_all(const std::string& reason, detail::blame blame, bool one_by_one)
{
    std::vector<detail::let_go> packets = std::exchange(let_go_, {});
    std::ranges::stable_sort(
        packets, {}, [](const detail::let_go& each) { return access::receive(each.content); });
    const std::vector<detail::fate> fates =
        detail::fates_of(packets, inputs_.received(), blame, of_.plan.retry.attempts);
    std::vector<std::deque<packet>> back(inputs_.size());
    bool any = false;
    for (std::size_t i = 0; i < packets.size(); ++i)
    {
        packet& content = packets[i].content;
        any = any || fates[i] == detail::fate::blamed || fates[i] == detail::fate::orphaned;
        if (fates[i] == detail::fate::returned && one_by_one)
            inputs_.retry_later(access::port(content), std::move(content),
                                scheduler::clock::time_point::min(), true);
        else if (fates[i] == detail::fate::returned)
            back[access::port(content)].push_back(std::move(content));
        else
            settle(std::move(content), fates[i], reason);
    }
    inputs_.put_back(std::move(back), retry_.failed_at());
    return any;
}

// Which packet in hand is to blame cannot be told, so each is, if the graph has them tried again;
// else the one received last.
detail::blame settlement::blamed_by_throw() const noexcept
{
    return of_.plan.retry.on_throw && of_.plan.retry.attempts > 1 ? detail::blame::each
                                                                  : detail::blame::last;
}

// Which packet of a batch is to blame shows when each comes again alone. Where there are attempts
// for that, they are used; and if the one received last has come alone, that is it.
bool settlement::must_come_one_by_one() const
{
    if (blamed_by_throw() == detail::blame::each || retry_.came_alone(inputs_.received()))
        return false;
    const auto is_in_hand = [received = inputs_.received()](const detail::let_go& each)
    { return access::receive(each.content) != 0 && (each.held || each.at == received); };
    return std::ranges::count_if(let_go_, is_in_hand) > 1;
}

void settlement::fail_packet(packet&& packet, const std::string& reason)
{
    fiber_.check_stopped();
    if (of_.plan.retry.on_fail && retry_.has_tries_left(packet))
        retry_.retry_later(std::move(packet), reason);
    else
        give_up(std::move(packet), reason);
}

void settlement::try_again(packet&& packet, const std::string& reason)
{
    fiber_.check_stopped();
    if (of_.plan.retry.on_throw && retry_.has_tries_left(packet))
        retry_.retry_later(std::move(packet), reason);
    else
        give_up(std::move(packet), reason);
}

void settlement::give_up(packet&& packet, const std::string& reason)
{
    of_.counters.failed.add();
    if (access::tries(packet) != 0 && inputs_.nothing_is_to_be_retried())
        of_.counters.retrying.ended();
    if (!outputs_.sends_errors())
        return make_dead_letter(std::move(packet), reason);
    access::set_via_error(packet);
    access::set_tries(packet, 0);
    packet.set_meta("error_reason", reason);
    packet.set_meta("error_node", of_.plan.name);
    outputs_.send_as_error(std::move(packet));
}

void settlement::add_dead_letter(packet&& packet, const std::string& reason)
{
    of_.counters.dead.add();
    dead_packet about;
    about.node = of_.plan.name;
    about.port = access::port(packet);
    about.component = of_.plan.component;
    about.reason = reason;
    about.attempts = access::tries(packet) + 1U;
    about.packet = to_json(packet);
    about.time = std::chrono::system_clock::now();
    detail::lineage* receipts = access::detach(packet);
    access::destroy(packet);
    if (receipts == nullptr)
    {
        of_.lane.owner().add_dead_letter(std::move(about));
        return;
    }
    receipts->receipts([](void* list, std::string_view id)
                       { static_cast<std::vector<std::string>*>(list)->emplace_back(id); },
                       &about.receipts);
    json::object summary{{"node", about.node}, {"reason", about.reason}};
    summary["id"] = of_.lane.owner().add_dead_letter(std::move(about));
    receipts->add_dead_letter(summary);
    receipts->release();
}

// A component that fails all of a long body makes dead letters faster than a disk takes them.
void settlement::make_dead_letter(packet&& packet, const std::string& reason)
{
    unkept_ += packet.data().size() + dead_letter_bytes;
    add_dead_letter(std::move(packet), reason);
    if (unkept_ < most_unkept)
        return;
    unkept_ = 0;
    outputs_.flush();
    wait_for_dead_letters(of_, fiber_);
}

bool settlement::end_quarantined(input_queue& from, input& port)
{
    packet* const first = detail::port_access::next(port);
    const auto found =
        std::ranges::find(of_.plan.quarantine, first->id(),
                          [](const quarantined_packet& each) { return each.packet; });
    if (found == of_.plan.quarantine.end())
        return false;
    packet taken = std::move(*first);
    detail::port_access::set_span(port, first + 1, detail::port_access::end(port));
    from.release_span(port, [this](const edge_end& freed) { inputs_.tell_freed(freed); });
    access::enter({&taken, 1}, 0, port.index());
    access::set_tries(taken, static_cast<std::uint16_t>(found->attempts - 1));
    of_.counters.failed.add();
    of_.lane.owner().log(severity::error, of_.plan.name, found->reason);
    add_dead_letter(std::move(taken), found->reason);
    return true;
}

void settlement::abandon() noexcept
{
    for (detail::let_go& each : let_go_)
        abandon_packet(std::move(each.content));
    let_go_.clear();
}

} // namespace penstock::host
