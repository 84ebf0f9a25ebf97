// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// How a node waits for what its component works with; see availability.
#include "host/run/node.hpp"

#include <algorithm>
#include <chrono>
#include <string>
#include <utility>

namespace penstock::host
{

void node::away(std::string why, std::chrono::milliseconds retry_after)
{
    release_span(); // what is received again goes before the rest of the span
    lost(shown(std::move(why)), retry_after);
}

// Nothing has ended: what was in hand is received again, and has all its attempts.
void node::lost(const std::string& why, std::chrono::milliseconds retry_after)
{
    const bool probed = std::exchange(probing_, false);
    probe_is_out_ = false;
    if (availability_->lost(why, retry_after, plan_.retry, probed))
        lane_.log(severity::warning, plan_.name, "waits for what is unavailable: " + why);
    check_stopped();
    settle_after_throw(why, detail::blame::nobody);
}

// Asks whether it may go on, or probe; if it may not, waits until it should ask again, or `until`.
bool node::may_go_on(clock::time_point until, waiting what)
{
    if (lane_.has_successor())
        lane_.abandon_all();
    check_stopped();
    const availability::answer answer =
        availability_->ask(this, clock::now(), lane_.waker_of(rank_));
    probe_is_out_ = false;
    passed_request_ = false;
    probing_ = answer.may == availability::permission::probe;
    if (answer.may != availability::permission::wait)
        return true;
    until = std::min(answer.until, until);
    if (until != clock::time_point::max())
        lane_.wake_at(rank_, until);
    suspend(what);
    return false;
}

// Tells whether it has waited, so that everything is to be looked at again.
bool node::must_wait_for_it(const inlet& from, const detail::wait& wait)
{
    return !probing_ && from.has_packet(clock::now()) &&
           !may_go_on(wait.until, waiting::availability);
}

// Before a new instance is made, which may ask at once whether it is back; not when nothing is left to do.
void node::wait_until_back()
{
    while ((plan_.is_source || !inputs_exhausted()) &&
           !may_go_on(clock::time_point::max(), waiting::availability_or_packets))
        continue;
}

// A component that asks for more, and did not find it away, has found it. A probe is one packet, or one
// request.
void node::end_probe(const detail::wait& wait)
{
    if (probe_is_out_ && (!wait.stop_at_request_end || passed_request_))
        found();
}

void node::found()
{
    probing_ = false;
    probe_is_out_ = false;
    availability_->found();
}

void node::give_up_probe()
{
    probe_is_out_ = false;
    if (std::exchange(probing_, false))
        availability_->give_up();
}

} // namespace penstock::host
