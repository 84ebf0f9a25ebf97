// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/node/node_probe.hpp"

#include <algorithm>
#include <utility>

namespace penstock::host
{

node_probe::node_probe(const node_setting& of, node_fiber& fiber, node_inputs& inputs)
    : of_(of),
      fiber_(fiber),
      inputs_(inputs),
      availability_(of.lane.owner().availability_of(of.plan.name))
{
}

void node_probe::lost(const std::string& why, std::chrono::milliseconds retry_after)
{
    const bool probed = std::exchange(probing_, false);
    is_out_ = false;
    if (availability_->lost(why, retry_after, of_.plan.retry, probed))
        of_.lane.owner().log(severity::warning, of_.plan.name,
                             "waits for what is unavailable: " + why);
    fiber_.check_stopped();
}

void node_probe::lost_at_start(const std::string& why, std::chrono::milliseconds retry_after)
{
    availability_->lost(why, retry_after, of_.plan.retry, std::exchange(probing_, false));
}

bool node_probe::may_go_on(clock::time_point until, waiting what)
{
    if (of_.lane.has_successor())
        of_.lane.abandon_all();
    fiber_.check_stopped();
    const availability::answer answer =
        availability_->ask(this, clock::now(), of_.lane.waker_of(of_.rank));
    is_out_ = false;
    passed_request_ = false;
    probing_ = answer.may == availability::permission::probe;
    if (answer.may != availability::permission::wait)
        return true;
    until = std::min(answer.until, until);
    fiber_.suspend(what, until);
    return false;
}

bool node_probe::must_wait(const input_queue& from, const detail::wait& wait)
{
    return !probing_ && from.has_packet(clock::now()) &&
           !may_go_on(wait.until, waiting::availability);
}

void node_probe::wait_until_back()
{
    while ((of_.plan.is_source || !inputs_.exhausted()) &&
           !may_go_on(clock::time_point::max(), waiting::availability_or_packets))
        continue;
}

void node_probe::asked_for_more(const detail::wait& wait)
{
    if (is_out_ && (!wait.stop_at_request_end || passed_request_))
        found();
}

void node_probe::delivered()
{
    if (probing_)
        found();
}

void node_probe::found()
{
    probing_ = false;
    is_out_ = false;
    availability_->found();
}

void node_probe::give_up()
{
    is_out_ = false;
    if (std::exchange(probing_, false))
        availability_->give_up();
}

} // namespace penstock::host
