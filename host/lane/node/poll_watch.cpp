// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/node/poll_watch.hpp"

#include "host/base/problem.hpp"

#include <chrono>
#include <string>
#include <utility>

namespace penstock::host
{

namespace
{

constexpr unsigned many_polls = 10'000;
constexpr std::chrono::milliseconds short_time_of_polls{10'000}; // for so many

} // namespace

void poll_watch::asked_in_vain(const input& port, clock::time_point now)
{
    if (polls_ == 0)
        since_ = now;
    if (++polls_ < many_polls)
        return;
    polls_ = 0;
    const auto took = std::chrono::duration_cast<std::chrono::milliseconds>(now - since_);
    if (took > short_time_of_polls || std::exchange(is_noted_, true))
        return;
    const std::string what = "polls " + quote(port.name()) + ", " + std::to_string(many_polls) +
                             " times in " + std::to_string(took.count()) +
                             " ms without a packet: use receive_until with a later deadline";
    of_.counters.polling.set(what, took);
    if (!std::exchange(is_logged_, true))
        of_.lane.owner().log(severity::warning, of_.plan.name, what);
}

void poll_watch::waits()
{
    polls_ = 0;
    if (std::exchange(is_noted_, false))
        of_.counters.polling.clear();
}

} // namespace penstock::host
