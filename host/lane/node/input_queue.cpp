// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/node/input_queue.hpp"

#include <penstock/detail/packet_access.hpp>

#include <algorithm>
#include <iterator>
#include <span>
#include <utility>

namespace penstock::host
{

void input_queue::put_back(std::deque<packet> packets)
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
    end_last();
    requests_ended_ -= ended_at_.size();
    ended_at_.clear();
    std::move(all.rbegin(), all.rend(), std::front_inserter(put_back_));
}

void input_queue::request_ends_forwarded(std::uint64_t count) noexcept
{
    while (!ended_at_.empty() && requests_ended_ - ended_at_.size() < count)
        ended_at_.pop_front();
}

void input_queue::next_retry(input& port)
{
    if (detail::packet_access::is_none(again_))
        again_ = retries_.take();
    span_from_ = source::retries;
    span_begin_ = &again_;
    span_size_ = 1;
    detail::port_access::set_span(port, span_begin_, span_begin_ + 1);
}

void input_queue::look_for_late_ones() noexcept
{
    is_looked_at_ = true;
    const auto is_timely = [this](const packet& each)
    {
        const detail::lineage* const receipts = detail::packet_access::receipts(each);
        return receipts == nullptr || receipts->request() >= requests_ended_;
    };
    has_timely_ = has_timely_ || std::ranges::any_of(span(), is_timely);
}

bool input_queue::next_span(input& port, std::size_t most)
{
    is_looked_at_ = false;
    if (!detail::packet_access::is_none(again_) || !put_back_.empty()) [[unlikely]]
        return next_span_again(port);
    span_from_ = source::edge;
    for (std::size_t tried = 0; tried < ends_.size(); ++tried)
    {
        current_ = current_ + 1 == ends_.size() ? 0 : current_ + 1;
        waiting_end& each = ends_[current_];
        if (each.at_request_end)
            continue;
        std::span<packet> span = each.from.queue->readable(most);
        if (retries_.holds_keys()) [[unlikely]]
            span = before_waiting(span);
        if (span.empty())
        {
            each.at_request_end = each.from.queue->at_request_end();
            continue;
        }
        span_begin_ = span.data();
        span_size_ = span.size();
        detail::port_access::set_span(port, span.data(), span.data() + span.size());
        return true;
    }
    return false;
}

// Of what was given to the port before: a packet that is tried again, and was not taken, or what was
// put back.
bool input_queue::next_span_again(input& port)
{
    if (!detail::packet_access::is_none(again_))
    {
        next_retry(port);
        return true;
    }
    if (detail::packet_access::is_none(put_back_.front()))
        return false;
    // One at a time: a deque's packets do not stand in one piece.
    span_from_ = source::put_back;
    span_begin_ = &put_back_.front();
    span_size_ = 1;
    detail::port_access::set_span(port, span_begin_, span_begin_ + 1);
    return true;
}

std::span<packet> input_queue::before_waiting(std::span<packet> next) const
{
    const auto waits =
        std::ranges::find_if(next, [&](const packet& each) { return must_wait(each); });
    return next.first(static_cast<std::size_t>(waits - next.begin()));
}

bool input_queue::pass_request_end(std::uint32_t received)
{
    if (!put_back_.empty())
    {
        if (!detail::packet_access::is_none(put_back_.front()))
            return false;
        put_back_.pop_front();
        end_last();
        ++requests_ended_;
        ended_at_.push_back(received);
        return true;
    }
    bool any = false;
    for (waiting_end& each : ends_)
    {
        if (!each.at_request_end && each.from.queue->at_request_end())
            each.at_request_end = true;
        if (!each.at_request_end && !each.from.queue->exhausted())
            return false;
        any = any || each.at_request_end;
    }
    if (!any)
        return false;
    for (waiting_end& each : ends_)
        if (std::exchange(each.at_request_end, false))
            each.from.queue->consume_request_end();
    end_last();
    ++requests_ended_;
    ended_at_.push_back(received);
    return true;
}

std::uint64_t input_queue::late_ends() const noexcept
{
    return retries_.empty() ? 0
                            : requests_ended_ - std::min(requests_ended_, retries_.first_request());
}

std::uint64_t input_queue::request_of(const packet& received) const
{
    if (const auto known = retries_.request_of_taken(received.id()))
        return *known;
    const auto later =
        std::ranges::find_if(ended_at_, [number = detail::packet_access::receive(received)](
                                            std::uint32_t by_then) { return by_then >= number; });
    return requests_ended_ - static_cast<std::uint64_t>(ended_at_.end() - later);
}

std::uint64_t input_queue::requests_received() const noexcept
{
    if (exhausted() || !put_back_.empty() || !retries_.empty())
        return requests_over();
    std::size_t more = std::numeric_limits<std::size_t>::max();
    for (const waiting_end& each : ends_)
        if (!each.from.queue->exhausted())
            more = std::min(more, each.from.queue->request_ends_ahead());
    return requests_ended_ + (more == std::numeric_limits<std::size_t>::max() ? 0 : more);
}

bool input_queue::has_packet(retry_queue::clock::time_point now) const
{
    if (retries_.due(now) != nullptr || !detail::packet_access::is_none(again_))
        return true;
    if (!put_back_.empty())
        return !detail::packet_access::is_none(put_back_.front());
    return std::ranges::any_of(ends_,
                               [this](const waiting_end& each)
                               {
                                   const auto next = each.from.queue->readable(1);
                                   return !each.at_request_end && !next.empty() &&
                                          !must_wait(next.front());
                               });
}

bool input_queue::exhausted() const noexcept
{
    return edges_exhausted() && retries_.empty();
}

bool input_queue::edges_exhausted() const noexcept
{
    return std::ranges::all_of(ends_, [](const waiting_end& each)
                               { return each.from.queue->exhausted(); }) &&
           put_back_.empty() && span_begin_ == nullptr && detail::packet_access::is_none(again_);
}

void input_queue::grow(edge& queue, input* port)
{
    const bool holds_span = span_begin_ != nullptr && span_from_ == source::edge &&
                            port != nullptr && ends_[current_].from.queue == &queue;
    const std::ptrdiff_t taken =
        holds_span ? detail::port_access::next(*port) - span_begin_ : std::ptrdiff_t{0};
    const std::ptrdiff_t left = // the port may give none, or not yet
        holds_span ? detail::port_access::end(*port) - detail::port_access::next(*port)
                   : std::ptrdiff_t{0};
    queue.grow(static_cast<std::size_t>(taken));
    if (!holds_span)
        return;
    span_begin_ = queue.readable(span_size_).data();
    detail::port_access::set_span(*port, span_begin_ + taken, span_begin_ + taken + left);
}

} // namespace penstock::host
