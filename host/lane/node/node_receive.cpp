// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/node/node_receive.hpp"

#include <algorithm>
#include <utility>

namespace penstock::host
{

node_receive::node_receive(const node_setting& of, node_inputs& inputs, node_fiber& fiber,
                           node_probe& probe, node_retry& retry, node_outputs& outputs,
                           settlement& settlement)
    : of_(of),
      inputs_(inputs),
      fiber_(fiber),
      probe_(probe),
      retry_(retry),
      outputs_(outputs),
      settlement_(settlement),
      polls_(of)
{
}

detail::arrival node_receive::refill(input& port, const detail::wait& wait)
{
    fiber_.check_stopped();
    input_queue& from = inputs_[port.index()];
    // A request is one too, unless it has a counterpart at another input.
    gathers_batch_ = wait.purpose != detail::purpose::single ||
                     (wait.stop_at_request_end && inputs_.size() == 1);
    inputs_.release();
    if (settlement_.is_any_let_go())
        settlement_.settle();
    if (inputs_.in_hand().is_careful())
        be_careful();
    if (wait.purpose == detail::purpose::batch_more &&
        (probe_.is_away() || inputs_.in_hand().is_careful()))
        return detail::arrival::timeout; // a probe, and what is noted, is a batch of its own
    probe_.asked_for_more(wait);
    if (!is_starved(from) && !probe_.is_away() && next_in_slice(port, wait))
        return detail::arrival::packets;
    outputs_.flush();
    forward_request_ends(port, wait);
    inputs_.slice().end();
    // One at a time where one of them may have to be left out.
    const bool singly = !of_.plan.quarantine.empty() || inputs_.in_hand().is_careful();
    const std::size_t limit = singly ? 1 : inputs_.slice().limit();
    // A node that has to wait anyway does so at once, which saves a switch of fibers. Some may have
    // come while it waited to be rid of others.
    if (wait.until == clock::time_point::max() && !wait.stop_at_request_end && is_starved(from))
    {
        polls_.waits();
        fiber_.wait_for_packets(port.index());
    }
    else
        fiber_.let_others_run();
    const bool polls = wait.purpose == detail::purpose::single &&
                       wait.until != clock::time_point::max() && clock::now() >= wait.until;
    bool has_waited = false;
    for (;;)
    {
        fiber_.check_stopped();
        if (probe_.is_away() && probe_.must_wait(from, wait))
        {
            if (clock::now() >= wait.until)
                return time_out(port, polls);
            continue;
        }
        if (inputs_.has_retries())
        {
            if (const auto until = retry_.gives_nothing_until(port, wait))
            {
                if (has_waited && clock::now() >= wait.until)
                    return time_out(port, polls);
                has_waited = true;
                probe_.give_up(); // it makes none before the window ends
                if (!polls)
                    polls_.waits();
                fiber_.suspend(waiting::window, std::min(*until, wait.until));
                continue;
            }
            if (const auto why = retry_.refill(port, wait))
            {
                probe_.handed_out();
                polls_.handed_out();
                return *why;
            }
        }
        if (from.next_span(port, probe_.is_probing() ? 1 : limit))
        {
            if (!of_.plan.quarantine.empty() && settlement_.end_quarantined(from, port))
                continue;
            if (wait.stop_at_request_end)
                from.look_for_late_ones();
            inputs_.open(from, port);
            probe_.handed_out();
            retry_.handed_out(port);
            polls_.handed_out();
            inputs_.slice().begin(probe_.is_probing() ? 0 : limit - from.span_size());
            outputs_.offer_room();
            return detail::arrival::packets;
        }
        if (from.pass_request_end(inputs_.received()))
        {
            if (wait.stop_at_request_end)
            {
                probe_.passed_request();
                return detail::arrival::request_end; // forwarded by the next call
            }
            forward_request_ends(port, wait);
            continue;
        }
        if (from.exhausted())
            return detail::arrival::closed;
        if (inputs_.size() > 1)
            forward_request_ends(port, wait); // one may have come at another input
        if (wait.stop_at_request_end && inputs_.must_end_late(from))
        {
            from.end_late();
            probe_.passed_request();
            return detail::arrival::request_end;
        }
        probe_.give_up(); // there is no packet to make it with
        // A node that polls yields the lane each time to the nodes that could bring something.
        if (wait.until != clock::time_point::max() && clock::now() >= wait.until &&
            (has_waited || !polls))
            return time_out(port, polls);
        has_waited = true;
        if (!polls)
            polls_.waits();
        fiber_.wait_for_packets(port.index(), std::min(wait.until, retry_.next_due(port)));
    }
}

// One that asks at its inputs in turn returns when the first of them ends. At the others the ends
// of requests are left, and it may take a while until they end too.
bool node_receive::nothing_more_comes()
{
    bool has_ended_input = inputs_.size() == 0;
    for (std::size_t i = 0; i < inputs_.size(); ++i)
        has_ended_input = pass_request_ends(i) || has_ended_input;
    if (!has_ended_input || (settlement_.is_any_let_go() && !inputs_.edges_exhausted()))
        return false;
    for (;;)
    {
        std::optional<std::size_t> open; // the first input that has not ended
        clock::time_point due = clock::time_point::max();
        for (std::size_t i = 0; i < inputs_.size(); ++i)
        {
            const bool has_ended = pass_request_ends(i);
            const clock::time_point now = clock::now();
            if (inputs_[i].has_packet(now))
                return false;
            due = std::min(due, inputs_[i].retries().next_due(now));
            if (!has_ended && !open)
                open = i;
        }
        if (!open)
            return true;
        fiber_.wait_for_packets(*open, due);
    }
}

bool node_receive::pass_request_ends(std::size_t input)
{
    input_queue& from = inputs_[input];
    while (from.pass_request_end(inputs_.received()))
        outputs_.forward_request_ends(from);
    return from.edges_exhausted();
}

detail::arrival node_receive::time_out(const input& port, bool polls)
{
    retry_.timed_out(port);
    if (polls)
        polls_.asked_in_vain(port, clock::now());
    return detail::arrival::timeout;
}

bool node_receive::is_starved(const input_queue& from) const noexcept
{
    return !inputs_.has_retries() && from.is_starved();
}

// Goes on with the requests behind, within one slice: small requests would else cost a flush and a
// switch of fibers each.
bool node_receive::next_in_slice(input& port, const detail::wait& wait)
{
    time_slice& slice = inputs_.slice();
    if (slice.left() == 0 || inputs_.has_retries() || wait.stop_at_request_end ||
        !of_.plan.quarantine.empty())
        return false;
    input_queue& from = inputs_[port.index()];
    while (!from.next_span(port, slice.left()))
    {
        if (!from.pass_request_end(inputs_.received()))
            return false;
        forward_request_ends(port, wait);
    }
    inputs_.open(from, port);
    polls_.handed_out();
    slice.give(from.span_size());
    return true;
}

// While the component gathers a batch, or a request of packets that come again, it holds packets of
// requests that are over, which must go on before their ends do.
void node_receive::forward_request_ends(input& port, const detail::wait& wait)
{
    const bool gathers = wait.purpose == detail::purpose::batch_more ||
                         (wait.stop_at_request_end && retry_.is_in_request(port.index()));
    if (!gathers)
        outputs_.forward_request_ends(inputs_[port.index()]);
}

// What was sent is in its hand no more.
void node_receive::be_careful()
{
    if (of_.lane.is_careful())
        outputs_.flush();
    else
        inputs_.in_hand().relax();
}

} // namespace penstock::host
