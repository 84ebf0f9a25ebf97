// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "feed.hpp"

#include <penstock/detail/packet_access.hpp>

#include <algorithm>
#include <utility>

namespace penstock::testing
{

using detail::arrival;
using detail::packet_access;
using detail::port_access;

namespace
{
constexpr std::size_t most_span = 64; // as in a lane
} // namespace

feed::feed(std::vector<timed> packets, clock::time_point begin, std::uint32_t attempts)
    : attempts_(attempts)
{
    for (timed& each : packets)
        waiting_.push_back({begin + std::chrono::duration_cast<clock::duration>(each.at),
                            std::move(each.content)});
    std::ranges::stable_sort(waiting_, {}, &entry::due);
}

arrival feed::next(input& port, const detail::wait& wait, clock::time_point& now,
                   std::uint32_t received, detail::held_packet& held)
{
    received_ = received;
    const bool ends_batch = wait.purpose == detail::purpose::batch_more;
    if (must_time_out(wait, now, held.is_held()))
        return time_out(wait, now);
    if (std::exchange(alone_, false) && (ends_batch || wait.stop_at_request_end))
        return ends_batch ? arrival::timeout : arrival::request_end;
    if (give_due(port, now))
        return arrival::packets;
    if (!again_.empty())
        return give_again(port, wait, held);
    if (!waiting_.empty())
    {
        if (wait.until < waiting_.front().due)
            return time_out(wait, now);
        now = waiting_.front().due;
        (void)give_due(port, now);
        return arrival::packets;
    }
    if (wait.until != clock::time_point::max() && !std::exchange(waited_, true))
        return time_out(wait, now);
    if (wait.stop_at_request_end && !std::exchange(ended_, true))
        return arrival::request_end;
    return arrival::closed;
}

// As in a graph, a packet in its last attempt is alone in what is gathered by receive_until().
bool feed::must_time_out(const detail::wait& wait, clock::time_point& now, bool is_held)
{
    if (wait.until == clock::time_point::max() || wait.purpose != detail::purpose::single ||
        wait.stop_at_request_end || is_empty())
        return false;
    for (;;)
    {
        const bool is_due = !again_.empty() && is_last_try(again_.front()) &&
                            (waiting_.empty() || waiting_.front().due > now);
        const auto until = window_.closed_until(now, wait.until, alone_ && is_held, is_due);
        if (!until || wait.until <= *until)
            return until.has_value();
        now = std::max(now, *until);
    }
}

arrival feed::time_out(const detail::wait& wait, clock::time_point& now)
{
    now = std::max(now, wait.until);
    alone_ = false;
    window_.timed_out();
    return arrival::timeout;
}

void feed::start_anew()
{
    alone_ = false;
    window_ = {};
}

bool feed::give_due(input& port, clock::time_point now)
{
    std::vector<packet> due;
    for (; !waiting_.empty() && waiting_.front().due <= now && due.size() < most_span;
         waiting_.pop_front())
        due.push_back(std::move(waiting_.front().content));
    if (due.empty())
        return false;
    give(port, std::move(due));
    window_.handed_out();
    return true;
}

// In its last attempt a packet is a batch, or a request, of its own, as in a graph.
arrival feed::give_again(input& port, const detail::wait& wait, detail::held_packet& held)
{
    std::vector<packet> packets;
    alone_ = is_last_try(again_.front());
    if (alone_ && wait.purpose == detail::purpose::batch_more)
    {
        alone_ = false;
        return arrival::timeout;
    }
    do
    {
        packets.push_back(std::move(again_.front()));
        again_.pop_front();
    } while (!alone_ && !again_.empty() && !is_last_try(again_.front()));
    ended_ = alone_; // whose end is told by itself
    give(port, std::move(packets));
    if (alone_)
    {
        last_alone_ = received_ + 1;
        held.watch(span_.front());
    }
    else
        window_.handed_out();
    return arrival::packets;
}

void feed::give(input& port, std::vector<packet> packets)
{
    span_ = std::move(packets);
    packet_access::enter(span_, received_ + 1, port.index());
    port_access::set_span(port, span_.data(), span_.data() + span_.size());
}

void feed::release(input& port)
{
    for (packet* each = port_access::end(port); each != port_access::next(port);)
        put_back(std::move(*--each));
    port_access::set_span(port, nullptr, nullptr);
}

void feed::put_back(packet&& packet)
{
    waiting_.push_front({clock::time_point::min(), std::move(packet)});
}

bool feed::try_again(packet& packet)
{
    const std::uint32_t failures = packet_access::tries(packet) + 1U;
    if (packet_access::receive(packet) == 0 || failures >= attempts_)
        return false;
    packet_access::set_tries(packet, static_cast<std::uint16_t>(failures));
    window_.handed_out(); // who has said retry() may hold others
    again_.push_back(std::move(packet));
    return true;
}

bool feed::is_last_try(const packet& packet) const noexcept
{
    return packet_access::tries(packet) + 1U == attempts_;
}

} // namespace penstock::testing
