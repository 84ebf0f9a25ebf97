// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/lane/edge.hpp"
#include "host/lane/node/retry_queue.hpp"

#include <penstock/detail/packet_access.hpp>
#include <penstock/detail/runtime.hpp>
#include <penstock/port.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <span>
#include <vector>

namespace penstock::host
{

class node;

/// One end of an edge as a port sees it: the queue, and the node at the other end.
struct edge_end
{
    edge* queue = nullptr;
    node* other = nullptr; ///< null at the lane's ingress
};

/// Merges the edges of one input port in turn, and finds the ends of requests: a request has ended
/// at the port when its end has come on every edge, so an edge that is ahead waits. [one lane]
class input_queue
{
public:
    void add(edge_end from) { ends_.push_back({from, false}); }

    /// Takes packets back, in the order they were received in, to be received again first; and the
    /// ends of requests that were not forwarded yet, each behind the packets that came before it.
    void put_back(std::deque<packet> packets);

    /// The port's span, as it was given: packets at its begin were taken since.
    [[nodiscard]] std::span<packet> span() const noexcept { return {span_begin_, span_size_}; }

    /// Frees what the component took of its span; keeps the rest for the next instance.
    /// Calls `freed(edge_end)` for the edge whose slots were freed.
    template <class Freed>
    void release_span(input& port, Freed freed)
    {
        packet* const at = detail::port_access::next(port);
        const std::size_t taken = static_cast<std::size_t>(at - span_begin_);
        detail::port_access::set_span(port, nullptr, nullptr);
        release_taken(taken, freed);
    }

    /// Gives the port its next span, of at most `most` packets; returns whether there was one.
    bool next_span(input& port, std::size_t most);

    /// The packets that are to be tried again.
    [[nodiscard]] retry_queue& retries() noexcept { return retries_; }
    [[nodiscard]] const retry_queue& retries() const noexcept { return retries_; }

    /// Gives the port the next packet that is due for its retry. There is one.
    void next_retry(input& port);

    /// Moves aside what has come next on an edge and must wait behind a packet of its key that is
    /// to be retried. Calls `freed(edge_end)` for each edge that has more room now.
    template <class Freed>
    void set_aside(Freed freed)
    {
        while (!put_back_.empty() && must_wait(put_back_.front()))
        {
            retries_.wait_behind(std::move(put_back_.front()), requests_ended_);
            put_back_.pop_front();
        }
        for (const waiting_end& each : ends_)
        {
            edge& queue = *each.from.queue;
            bool moved = false;
            for (auto next = queue.readable(1); !next.empty() && must_wait(next.front());
                 next = queue.readable(1))
            {
                retries_.wait_behind(std::move(next.front()), requests_ended_);
                queue.consume(1);
                moved = true;
            }
            if (moved)
                freed(each.from);
        }
    }

    /// Returns whether some packets of a request were received and its end was not passed yet.
    [[nodiscard]] bool mid_request() const noexcept { return mid_request_; }

    /// Ends the request of which packets were received, for the end of the input is its end.
    void end_last() noexcept { mid_request_ = has_timely_ = false; }

    /// Looks whether there are others in the port's span than those that came behind the ends of
    /// their requests. Where that is not asked, there are.
    void look_for_late_ones() noexcept;

    /// Returns whether packets were received that came behind the ends of their requests, and none
    /// of the request that is next to end.
    [[nodiscard]] bool has_late_ones_only() const noexcept { return mid_request_ && !has_timely_; }

    /// Returns whether there is a packet to take now.
    [[nodiscard]] bool has_packet(retry_queue::clock::time_point now) const;

    /// Returns whether there is nothing to take now, and more may come.
    [[nodiscard]] bool is_starved() const noexcept
    {
        return put_back_.empty() && detail::packet_access::is_none(again_) &&
               std::ranges::all_of(
                   ends_, [](const waiting_end& each)
                   { return each.from.queue->empty() && !each.from.queue->closed(); });
    }

    /// Passes the end of a request if it is reached on all edges; returns whether it did. The
    /// component has received so many packets.
    bool pass_request_end(std::uint32_t received);

    /// Ends what came behind the end of its request, of which nothing else tells: the next end is
    /// that of a request which may never come.
    void end_late() noexcept
    {
        end_last();
        ++late_ended_;
    }

    /// How often that was.
    [[nodiscard]] std::uint64_t late_ended() const noexcept { return late_ended_; }

    /// Called when the ends of so many requests were forwarded and will not be taken back.
    void request_ends_forwarded(std::uint64_t count) noexcept;

    /// Returns whether all was received and nothing more will come.
    [[nodiscard]] bool exhausted() const noexcept;

    /// Returns whether all was received but for what is to be retried.
    [[nodiscard]] bool edges_exhausted() const noexcept;

    /// The number of requests whose end was passed; "all" once exhausted.
    [[nodiscard]] std::uint64_t requests_ended() const noexcept
    {
        return exhausted() ? std::numeric_limits<std::uint64_t>::max() : requests_ended_;
    }

    /// The number of requests whose end was passed and of which no packet is to be tried again;
    /// "all" once exhausted.
    [[nodiscard]] std::uint64_t requests_over() const noexcept
    {
        return requests_ended() - (exhausted() ? 0 : late_ends());
    }

    /// The number of requests of which all packets were received, though the component, which waits
    /// at another input, has not come to their ends yet; "all" once exhausted.
    [[nodiscard]] std::uint64_t requests_received() const noexcept;

    [[nodiscard]] std::uint64_t request_ends_passed() const noexcept { return requests_ended_; }

    /// The request of a packet that the component has in hand: how many had ended here when it was
    /// received for the first time.
    [[nodiscard]] std::uint64_t request_of(const packet& received) const;

    [[nodiscard]] std::size_t span_size() const noexcept { return span_size_; }

    /// Doubles the edge; the port's span moves with it.
    void grow(edge& queue, input* port);

    template <class Visit>
    void each_end(Visit visit) const
    {
        for (const waiting_end& each : ends_)
            visit(each.from);
    }

    /// Visits the edges on which what is waited for may come: not one that has ended, nor one that
    /// is ahead of the others.
    template <class Visit>
    void each_awaited_end(Visit visit) const
    {
        for (const waiting_end& each : ends_)
            if (!each.at_request_end && !each.from.queue->closed())
                visit(each.from);
    }

private:
    struct waiting_end
    {
        edge_end from;
        bool at_request_end; ///< the end of a request came here, and not yet on all other edges
    };

    template <class Freed>
    void release_taken(std::size_t taken, Freed freed)
    {
        if (span_begin_ == nullptr)
            return;
        if (taken != 0 && span_from_ != source::retries)
        {
            mid_request_ = true;
            has_timely_ = has_timely_ || !is_looked_at_;
        }
        if (span_from_ == source::put_back)
            put_back_.erase(put_back_.begin(),
                            put_back_.begin() + static_cast<std::ptrdiff_t>(taken));
        else if (span_from_ == source::edge)
        {
            const edge_end& from = ends_[current_].from;
            from.queue->consume(taken);
            freed(from);
        }
        span_begin_ = nullptr;
        span_size_ = 0;
    }

    enum class source
    {
        edge,
        put_back,
        retries
    };

    [[nodiscard]] bool next_span_again(input& port);

    // What is before the first packet that must wait.
    [[nodiscard]] std::span<packet> before_waiting(std::span<packet> next) const;

    // Those that were passed and must wait for packets that are to be tried again.
    [[nodiscard]] std::uint64_t late_ends() const noexcept;

    [[nodiscard]] bool must_wait(const packet& next) const
    {
        return !detail::packet_access::is_none(next) && retries_.must_wait(next);
    }

    std::vector<waiting_end> ends_;
    std::size_t current_ = 0; // the edge the span belongs to
    packet* span_begin_ = nullptr;
    std::size_t span_size_ = 0;
    std::deque<packet> put_back_; // an empty handle stands for the end of a request
    retry_queue retries_;
    packet again_ =
        detail::packet_access::none(); // a packet that is retried, while it is the port's span
    source span_from_ = source::edge;
    bool mid_request_ = false;
    bool has_timely_ = false;   // since the last end
    bool is_looked_at_ = false; // the span, for late ones
    std::uint64_t requests_ended_ = 0;
    std::uint64_t late_ended_ = 0;
    std::deque<std::uint32_t> ended_at_; // as pass_request_end() heard, of those not forwarded
};

} // namespace penstock::host
