// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/supervise/crash_report.hpp"

#include <cstring>

namespace penstock::host::supervise
{

std::string name_of_signal(int number)
{
    const char* const name = ::sigabbrev_np(number);
    return name == nullptr ? "signal " + std::to_string(number) : "SIG" + std::string(name);
}

namespace
{

std::string time_of(std::uint32_t milliseconds)
{
    constexpr std::uint32_t second = 1000;
    return milliseconds % second == 0 ? std::to_string(milliseconds / second) + " s"
                                      : std::to_string(milliseconds) + " ms";
}

std::string reason_of(const crash_note& note)
{
    switch (note.what)
    {
    case crash_note::stack_overflow: return name_of_signal(note.signal_number) + ", stack overflow";
    case crash_note::hang: return "ran for " + time_of(note.milliseconds);
    default: return name_of_signal(note.signal_number);
    }
}

} // namespace

std::optional<crash_report> last_crash(const shared_memory& from)
{
    const crash_note& note = from.head().crash;
    if (note.progress.load() != crash_note::written)
        return std::nullopt;
    crash_report report;
    report.who = inflight::name_of(from, note.record).value_or(node_name{});
    if (note.has_packet != 0 && !report.who.node.empty())
        report.packet = note.packet;
    report.reason = reason_of(note);
    return report;
}

std::vector<node_name> ran_at_the_end(const shared_memory& from)
{
    std::vector<node_name> found;
    for (std::size_t i = 0; i < from.head().slots_used.load() && i < shared_memory::slot_count; ++i)
        if (auto name = inflight::name_of(from, thread_slot::record_of(from.slot(i).slice.load())))
            found.push_back(*std::move(name));
    return found;
}

} // namespace penstock::host::supervise
