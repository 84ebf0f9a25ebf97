// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/node/inlet.hpp"

#include <penstock/detail/packet_access.hpp>

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

namespace penstock::host
{

void inlet::put_back(std::deque<packet> packets)
{
    // One that waited behind others of its key was received after the ends of later requests.
    std::ranges::stable_sort(packets, {}, [this](const packet& each) { return request_of(each); });
    std::deque<packet> all;
    for (std::uint64_t request = requests_ended_ - ended_at_.size(); request != requests_ended_;
         ++request)
    {
        for (; !packets.empty() && request_of(packets.front()) <= request; packets.pop_front())
            all.push_back(std::move(packets.front()));
        all.push_back(detail::packet_access::none());
    }
    std::ranges::move(packets, std::back_inserter(all));
    mid_request_ = false;
    requests_ended_ -= ended_at_.size();
    ended_at_.clear();
    std::move(all.rbegin(), all.rend(), std::front_inserter(put_back_));
}

void inlet::request_ends_forwarded(std::uint64_t count) noexcept
{
    while (!ended_at_.empty() && requests_ended_ - ended_at_.size() < count)
        ended_at_.pop_front();
}

void inlet::next_parked(input& port)
{
    if (detail::packet_access::is_none(again_))
        again_ = parked_.take();
    span_from_ = source::parked;
    span_begin_ = &again_;
    span_size_ = 1;
    detail::port_access::set_span(port, span_begin_, span_begin_ + 1);
}

bool inlet::next_span(input& port, std::size_t most)
{
    if (!detail::packet_access::is_none(again_)) // given to the port before, and not taken
    {
        next_parked(port);
        return true;
    }
    if (!put_back_.empty())
    {
        if (detail::packet_access::is_none(put_back_.front()))
            return false;
        // One at a time: a deque's packets do not stand in one piece.
        span_from_ = source::put_back;
        span_begin_ = &put_back_.front();
        span_size_ = 1;
        detail::port_access::set_span(port, span_begin_, span_begin_ + 1);
        return true;
    }
    span_from_ = source::edge;
    for (std::size_t tried = 0; tried < wires_.size(); ++tried)
    {
        current_ = current_ + 1 == wires_.size() ? 0 : current_ + 1;
        waiting_wire& each = wires_[current_];
        if (each.at_mark)
            continue;
        std::span<packet> span = each.from.queue->readable(most);
        if (parked_.holds_keys())
            span = span.first(static_cast<std::size_t>(
                std::ranges::find_if(span, [&](const packet& p) { return must_wait(p); }) -
                span.begin()));
        if (span.empty())
        {
            each.at_mark = each.from.queue->at_mark();
            continue;
        }
        span_begin_ = span.data();
        span_size_ = span.size();
        detail::port_access::set_span(port, span.data(), span.data() + span.size());
        return true;
    }
    return false;
}

bool inlet::pass_request_end(std::uint32_t received)
{
    if (!put_back_.empty())
    {
        if (!detail::packet_access::is_none(put_back_.front()))
            return false;
        put_back_.pop_front();
        mid_request_ = false;
        ++requests_ended_;
        ended_at_.push_back(received);
        return true;
    }
    bool any = false;
    for (waiting_wire& each : wires_)
    {
        if (!each.at_mark && each.from.queue->at_mark())
            each.at_mark = true;
        if (!each.at_mark && !each.from.queue->exhausted())
            return false;
        any = any || each.at_mark;
    }
    if (!any)
        return false;
    for (waiting_wire& each : wires_)
        if (std::exchange(each.at_mark, false))
            each.from.queue->consume_mark();
    mid_request_ = false;
    ++requests_ended_;
    ended_at_.push_back(received);
    return true;
}

std::uint64_t inlet::late_ends() const noexcept
{
    return parked_.empty() ? 0
                           : requests_ended_ - std::min(requests_ended_, parked_.first_request());
}

std::uint64_t inlet::request_of(const packet& received) const
{
    if (const auto known = parked_.request_of_taken(received.id()))
        return *known;
    const auto later =
        std::ranges::find_if(ended_at_, [number = detail::packet_access::receive(received)](
                                            std::uint32_t by_then) { return by_then >= number; });
    return requests_ended_ - static_cast<std::uint64_t>(ended_at_.end() - later);
}

std::uint64_t inlet::requests_received() const noexcept
{
    if (exhausted() || !put_back_.empty() || !parked_.empty())
        return requests_over();
    std::size_t more = std::numeric_limits<std::size_t>::max();
    for (const waiting_wire& each : wires_)
        if (!each.from.queue->exhausted())
            more = std::min(more, each.from.queue->marks_ahead());
    return requests_ended_ + (more == std::numeric_limits<std::size_t>::max() ? 0 : more);
}

bool inlet::has_packet(parking::clock::time_point now) const
{
    if (parked_.due(now) != nullptr || !detail::packet_access::is_none(again_))
        return true;
    if (!put_back_.empty())
        return !detail::packet_access::is_none(put_back_.front());
    return std::ranges::any_of(wires_,
                               [this](const waiting_wire& each)
                               {
                                   const auto next = each.from.queue->readable(1);
                                   return !each.at_mark && !next.empty() &&
                                          !must_wait(next.front());
                               });
}

bool inlet::is_starved() const noexcept
{
    return put_back_.empty() && detail::packet_access::is_none(again_) &&
           std::ranges::all_of(wires_, [](const waiting_wire& each)
                               { return each.from.queue->empty() && !each.from.queue->closed(); });
}

bool inlet::exhausted() const noexcept
{
    return parked_.empty() && edges_exhausted();
}

bool inlet::edges_exhausted() const noexcept
{
    return put_back_.empty() && span_begin_ == nullptr && detail::packet_access::is_none(again_) &&
           std::ranges::all_of(wires_, [](const waiting_wire& each)
                               { return each.from.queue->exhausted(); });
}

void inlet::grow(edge& queue, input* port)
{
    const bool holds_span = span_begin_ != nullptr && span_from_ == source::edge &&
                            port != nullptr && wires_[current_].from.queue == &queue;
    const std::ptrdiff_t taken =
        holds_span ? detail::port_access::next(*port) - span_begin_ : std::ptrdiff_t{0};
    queue.grow();
    if (!holds_span)
        return;
    span_begin_ = queue.readable(span_size_).data();
    detail::port_access::set_span(*port, span_begin_ + taken,
                                  span_begin_ + static_cast<std::ptrdiff_t>(span_size_));
}

} // namespace penstock::host
