// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/takeovers.hpp"

#include "host/engine/entry.hpp"

#include <exception>
#include <future>
#include <string>
#include <utility>

#include <pthread.h>

namespace penstock::host
{

namespace
{

constexpr std::chrono::milliseconds until_there_is_room{20};

std::vector<std::string> names_of_running(const engine& graphs)
{
    std::vector<std::string> names;
    for (const kept_graph& each : graphs.all())
        if (each.running->state() == graph_state::running)
            names.push_back(each.spec.name);
    return names;
}

} // namespace

takeovers::takeovers(engine& graphs, std::chrono::milliseconds pause)
    : engine_(graphs), pause_(pause), thread_([this] { run(); })
{
    ::pthread_setname_np(thread_.native_handle(), "takeovers");
}

takeovers::~takeovers()
{
    {
        std::lock_guard lock(mutex_);
        stops_ = true;
        changed_.notify_one();
    }
    thread_.join();
}

void takeovers::run()
{
    while (pause(pause_))
    {
        try
        {
            look();
        }
        catch (const journal_error&)
        {
            // The journal's own thread meets with it too, and tells.
        }
        catch (const std::exception& problem)
        {
            log(severity::error, {}, std::string("takeover: ") + problem.what());
        }
    }
}

// False once it is to end.
bool takeovers::pause(std::chrono::milliseconds time)
{
    std::unique_lock lock(mutex_);
    return !changed_.wait_for(lock, time, [this] { return stops_; });
}

void takeovers::look()
{
    const std::vector<std::string> names = names_of_running(engine_);
    if (names.empty())
        return;
    const std::unique_ptr<left_place> place = engine_.journal().take_place(names);
    if (place == nullptr)
        return;
    for (const pending_of_graph& each : place->pending())
        take(*place, each);
}

void takeovers::take(left_place& place, const pending_of_graph& left)
{
    const std::shared_ptr<running_graph> graph = engine_.running(left.graph);
    if (graph == nullptr || graph->state() != graph_state::running)
        return; // for a host where it runs
    log(severity::warning, left.graph,
        "takes over " + std::to_string(left.entries) + " requests of a host that is gone");
    for (entry_number after = 0; pause(std::chrono::milliseconds(0));) // until it is to end
    {
        const std::vector<journal_entry> some = place.next(left.graph, after);
        if (some.empty())
            return;
        for (const journal_entry& each : some)
            if (!admit(*graph, each, place.term()))
                return;
        after = some.back().number;
        if (!engine_.journal().flush()) // what was refused is read again
            return;
    }
}

// Returns whether to go on; waits until there is room.
bool takeovers::admit(running_graph& graph, const journal_entry& what, std::int64_t term)
{
    std::unique_ptr<entry> pending;
    try
    {
        pending = to_entry(what);
    }
    catch (const std::exception& problem)
    {
        log(severity::error, what.graph, "request " + what.id.text() + ": " + problem.what());
        return true;
    }
    pending->earlier = earlier_place{what.number, what.id, what.accepted, term};
    for (;;)
        switch (graph.submit(pending))
        {
        case admission::accepted: return true;
        case admission::full:
            if (!pause(until_there_is_room))
                return false;
            break;
        case admission::too_large: return true; // for a host with more room
        default: return false;
        }
}

void takeovers::log(severity level, std::string_view graph, const std::string& text) const
{
    if (engine_.options().log)
        engine_.options().log(level, graph, {}, text);
}

} // namespace penstock::host
