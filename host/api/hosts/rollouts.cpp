// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/hosts/rollouts.hpp"

#include "host/rollout/graph_answer.hpp"
#include "host/rollout/graph_on_host.hpp"

#include <algorithm>
#include <deque>
#include <exception>
#include <utility>

namespace penstock::host::api
{

namespace
{

using rollout::graph_on_host;
using rollout::host_outcome;
using rollout::host_step;

constexpr std::size_t most_records = 64;

// For what a host has to say of a graph before anything is changed.
constexpr std::chrono::seconds check_wait{30};

std::string_view name_of(host_step step)
{
    switch (step)
    {
    case host_step::checking: return "checking";
    case host_step::ready: return "ready";
    case host_step::deploying: return "deploying";
    case host_step::going_back: break;
    }
    return "going back";
}

problem because(std::string_view why)
{
    return {"rollout", "", std::string(why), ""};
}

} // namespace

rollouts::rollouts(const host_list& hosts, background_pool& pool, std::chrono::milliseconds wait)
    : hosts_(hosts), pool_(pool), wait_(wait)
{
}

std::shared_ptr<const rollout_record>
rollouts::deploy(rollout::new_graph graph, const std::string& expected_tag, const caller& who)
{
    return begin(std::move(graph), "deploy",
                 [this, expected_tag, who](rollout_record& into)
                 { deploy_now(into, expected_tag, who); });
}

std::shared_ptr<const rollout_record> rollouts::stop(const std::string& graph, const caller& who)
{
    return begin({graph, {}}, "stop", [this, who](rollout_record& into) { stop_now(into, who); });
}

std::shared_ptr<rollout_record> rollouts::find(std::string_view graph) const
{
    const std::lock_guard lock(mutex_);
    const auto found =
        std::ranges::find_if(all_, [&](const record& each) { return each->graph().name == graph; });
    return found == all_.end() ? nullptr : *found;
}

// In place of the last one of the graph. Null if that goes on.
rollouts::record rollouts::add(rollout::new_graph graph)
{
    const std::lock_guard lock(mutex_);
    const auto before = std::ranges::find_if(all_, [&](const record& each)
                                             { return each->graph().name == graph.name; });
    if (before != all_.end())
    {
        if (!(*before)->has_ended())
            return nullptr;
        all_.erase(before);
    }
    if (all_.size() >= most_records)
        if (const auto old =
                std::ranges::find_if(all_, [](const record& each) { return each->has_ended(); });
            old != all_.end())
            all_.erase(old);
    return all_.emplace_back(std::make_shared<rollout_record>(std::move(graph), hosts_.all()));
}

void rollouts::remove(const record& which)
{
    const std::lock_guard lock(mutex_);
    std::erase(all_, which);
}

rollouts::record rollouts::begin(rollout::new_graph graph, std::string_view verb,
                                 const std::function<void(rollout_record&)>& act)
{
    const record made = add(std::move(graph));
    if (made == nullptr)
        return nullptr;
    background_job job{.name = std::string(verb) + " " + made->graph().name + " on all hosts"};
    const auto is_begun = std::make_shared<std::atomic<bool>>(false);
    job.run = [made, act, is_begun]
    {
        *is_begun = true;
        try
        {
            act(*made);
        }
        catch (const std::exception& error) // of a file with authorities, or for memory
        {
            made->give_up(because(error.what()));
        }
    };
    job.refuse = [made, is_begun](std::string_view why)
    {
        if (!*is_begun) // else it goes on
            made->give_up(because(why));
    };
    if (pool_.take(std::move(job)))
        return made;
    remove(made);
    return nullptr;
}

void rollouts::deploy_now(rollout_record& into, const std::string& expected_tag,
                          const caller& who) const
{
    std::deque<graph_on_host> hosts;
    for (const listed_host& each : hosts_.all())
        hosts.emplace_back(each.address, hosts_.reach(each, who), into.graph(),
                           each.at ? std::string() : expected_tag);
    const auto place = [&](const graph_on_host& of)
    {
        const auto found =
            std::ranges::find_if(hosts, [&](const graph_on_host& each) { return &each == &of; });
        return static_cast<std::size_t>(found - hosts.begin());
    };
    into.end(rollout::roll_out(
        hosts, {.wait = wait_,
                .check_wait = check_wait,
                .is_interrupted = [&] { return into.is_interrupted() || hosts_.is_ending(); },
                .complain = [&](const graph_on_host* of, const problem& what)
                { into.complain(of == nullptr ? std::nullopt : std::optional(place(*of)), what); },
                .tell = [&](const graph_on_host& of, host_outcome outcome)
                { into.note(place(of), rollout::name_of(outcome)); },
                .begin =
                    [&](const graph_on_host& of, host_step step)
                {
                    into.note(place(of), name_of(step));
                    if (step == host_step::ready)
                        into.note_before(place(of), of.before());
                }}));
}

void rollouts::stop_now(rollout_record& into, const caller& who) const
{
    const std::string target = "/api/graphs/" + http::percent_encoded(into.graph().name) + "/stop";
    for (std::size_t i = 0; i < hosts_.all().size(); ++i)
    {
        const listed_host& each = hosts_.all()[i];
        into.note(i, "stopping");
        const auto link = hosts_.reach(each, who);
        link->end_by(std::chrono::steady_clock::now() + wait_);
        const auto answer = link->send("POST", target, {}, {});
        if (!answer)
            into.complain(i, {each.address, "", "does not answer: " + answer.error().message(),
                              "a host that runs was expected"});
        else if (answer->status == 404)
            into.note(i, "unchanged");
        else if (!rollout::is_success(*answer))
            into.complain(i, rollout::problems_in(*answer, each.address).front());
        else
            into.note(i, "stopped");
    }
    into.end_stop();
}

} // namespace penstock::host::api
