// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/app/crash_watch.hpp"

#include "host/app/log.hpp"
#include "host/base/quantity.hpp"
#include "host/supervise/stack_report.hpp"

#include <penstock/detail/runtime.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>

namespace penstock::host
{

namespace
{

std::string about(const supervise::node_name& who)
{
    return who.graph + "/" + who.node;
}

supervise::watchdog_options options_of(bool may_end, std::chrono::milliseconds limit)
{
    supervise::watchdog_options options;
    options.limit = limit;
    options.warn = [](const supervise::node_name& who, const std::string& text)
    { log(severity::warning, about(who), who.component + " " + text); };
    if (may_end)
        options.end = [](const supervise::node_name& who, std::chrono::milliseconds time)
        {
            log(severity::error, about(who),
                who.component + " has kept its lane to itself for " + write_duration(time) +
                    ": ending the worker");
            std::abort();
        };
    return options;
}

// What is known of the end of the worker before.
std::optional<supervise::crash_report>
read_last_crash(const supervise::shared_memory& shared_memory)
{
    if (shared_memory.head().died_at.load() == 0 || shared_memory.head().died_of.load() == 0)
        return std::nullopt; // there was none, or it ended on its own account
    auto crash = supervise::last_crash(shared_memory);
    if (!crash)
    {
        for (const supervise::node_name& each : supervise::ran_at_the_end(shared_memory))
            log(severity::warning, about(each),
                each.component + " ran when the worker was killed, which is not held against it");
        return std::nullopt;
    }
    const bool known = !crash->who.node.empty();
    log(severity::error, known ? about(crash->who) : "",
        (known ? crash->who.component + " crashed the worker" : "the worker crashed") + ": " +
            crash->reason +
            (crash->packet == packet_id{} ? "" : ", with packet " + crash->packet.text()));
    return crash;
}

std::string read_end_of_last(const supervise::shared_memory& shared_memory,
                             const std::optional<supervise::crash_report>& crash)
{
    if (crash)
        return crash->reason;
    const int signal = shared_memory.head().died_of.load();
    return signal == 0 ? std::string() : supervise::name_of_signal(signal);
}

// How far the component has got that runs on this thread.
std::uint64_t packets_received() noexcept
{
    const detail::runtime* const running = detail::current();
    return running == nullptr ? 0 : running->received();
}

} // namespace

crash_watch::crash_watch(const std::optional<supervised>& worker,
                         std::chrono::milliseconds hang_limit)
    : crash_watch(worker ? &worker->shared_memory() : nullptr, worker && worker->intake_only(),
                  hang_limit)
{
    supervise::stack_report::install(packets_received);
    if (worker)
        supervise::crash_handler::install(shared_memory_);
}

crash_watch::crash_watch(supervise::shared_memory* shared_memory, bool intake_only,
                         std::chrono::milliseconds hang_limit)
    : shared_memory_(shared_memory != nullptr ? *shared_memory : own_.emplace()),
      intake_only_(intake_only),
      last_crash_(read_last_crash(shared_memory_)),
      suspicions_(supervise::suspicions(shared_memory_, last_crash_)),
      end_of_last_(read_end_of_last(shared_memory_, last_crash_)),
      threads_(shared_memory_),
      dog_(threads_, options_of(shared_memory != nullptr, hang_limit))
{
}

} // namespace penstock::host
