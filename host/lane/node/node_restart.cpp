// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/node/node_restart.hpp"

#include <penstock/unavailable.hpp>

#include <chrono>
#include <exception>
#include <optional>
#include <utility>

namespace penstock::host
{

node_restart::node_restart(const node_setting& of, node_instance& instance, node_fiber& fiber,
                           node_probe& probe, node_retry& retry)
    : of_(of), instance_(instance), fiber_(fiber), probe_(probe), retry_(retry)
{
}

void node_restart::make_anew(std::string reason, bool blamed)
{
    retry_.start_anew();
    for (;;)
    {
        if (!blamed)
            pause(reason);
        of_.counters.restarts.add();
        std::optional<std::chrono::milliseconds> retry_after; // of what is unavailable
        try
        {
            instance_.make();
            return;
        }
        catch (const unavailable& error)
        {
            reason = error.what();
            retry_after = error.retry_after();
        }
        catch (const std::exception& error)
        {
            reason = error.what();
            if (probe_.is_away())
                retry_after.emplace(0);
        }
        catch (const stopped&)
        {
            throw;
        }
        catch (...)
        {
            reason = "threw something that is no std::exception";
        }
        instance_.end();
        reason = of_.reason(std::move(reason));
        blamed = retry_after.has_value();
        if (!retry_after)
            continue;
        probe_.lost_at_start(reason, *retry_after);
        probe_.wait_until_back();
    }
}

void node_restart::pause(const std::string& reason)
{
    const auto until = pauses_.failed(clock::now());
    if (!until)
        stay_failed(reason);
    of_.lane.owner().log(severity::warning, of_.plan.name,
                         "failed without a packet and starts anew: " + reason);
    while (clock::now() < *until)
        fiber_.suspend(waiting::restart, *until);
}

void node_restart::stay_failed(const std::string& reason)
{
    of_.counters.is_failed.store(true, std::memory_order_relaxed);
    of_.lane.node_failed(of_.plan.name, reason);
    for (;;)
        fiber_.suspend(waiting::deployment);
}

} // namespace penstock::host
