// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/hosts/rollout_record.hpp"

#include "host/api/graphs/graph_file.hpp"
#include "host/base/timestamp.hpp"
#include "host/store/revision.hpp"

#include <algorithm>
#include <utility>

namespace penstock::host::api
{

using rollout::host_outcome;

rollout_record::rollout_record(rollout::new_graph graph, const std::vector<listed_host>& hosts)
    : graph_(std::move(graph))
{
    for (const listed_host& each : hosts)
        hosts_.push_back({.which = &each});
}

bool rollout_record::has_ended() const
{
    const std::lock_guard lock(mutex_);
    return !outcome_.empty();
}

void rollout_record::note(std::size_t host, std::string_view step)
{
    const std::lock_guard lock(mutex_);
    hosts_[host].step = step;
}

void rollout_record::note_before(std::size_t host, std::string before)
{
    const std::lock_guard lock(mutex_);
    hosts_[host].before = std::move(before);
}

void rollout_record::complain(std::optional<std::size_t> host, const problem& what)
{
    const std::lock_guard lock(mutex_);
    if (!host)
        return problems_.push_back(what);
    hosts_[*host].step = "refused";
    hosts_[*host].problems.push_back(what);
}

// A host that has refused, and was not changed, says so; the others only that they were not.
void rollout_record::end(const std::vector<host_outcome>& outcomes)
{
    const std::lock_guard lock(mutex_);
    for (std::size_t i = 0; i < outcomes.size(); ++i)
        if (outcomes[i] != host_outcome::unchanged || hosts_[i].problems.empty())
            hosts_[i].step = name_of(outcomes[i]);
    const auto has = [&](host_outcome which)
    { return std::ranges::find(outcomes, which) != outcomes.end(); };
    if (has(host_outcome::stuck))
        close(name_of(host_outcome::stuck));
    else if (has(host_outcome::restored))
        close(name_of(host_outcome::restored));
    else
        close(name_of(has(host_outcome::deployed) ? host_outcome::deployed
                                                  : host_outcome::unchanged));
}

void rollout_record::end_stop()
{
    const std::lock_guard lock(mutex_);
    const bool is_stuck =
        std::ranges::any_of(hosts_, [](const host_record& each) { return !each.problems.empty(); });
    close(is_stuck ? "stuck" : "stopped");
}

void rollout_record::give_up(const problem& why)
{
    const std::lock_guard lock(mutex_);
    problems_.push_back(why);
    const bool is_untouched =
        std::ranges::all_of(hosts_, [](const host_record& each) { return each.step == "waiting"; });
    close(is_untouched ? "unchanged" : "stuck");
}

void rollout_record::close(std::string_view outcome)
{
    outcome_ = outcome;
    ended_ = std::chrono::system_clock::now();
}

json::object rollout_record::told() const
{
    const std::lock_guard lock(mutex_);
    const bool is_stop = graph_.text.empty();
    json::array hosts;
    for (const host_record& each : hosts_)
        hosts.push_back({{"number", each.which->number},
                         {"address", each.which->address},
                         {"own", !each.which->at.has_value()},
                         {"step", each.step},
                         {"before", each.before},
                         {"problems", problems_json(each.problems)}});
    json::object told{{"graph", graph_.name},
                      {"action", is_stop ? "stop" : "deploy"},
                      {"revision", nullptr},
                      {"begun", timestamp(begun_)},
                      {"ended", nullptr},
                      {"outcome", nullptr},
                      {"problems", problems_json(problems_)},
                      {"hosts", std::move(hosts)}};
    if (!is_stop)
        told["revision"] = revision(graph_.text);
    if (!outcome_.empty())
    {
        told["ended"] = timestamp(ended_);
        told["outcome"] = outcome_;
    }
    return told;
}

} // namespace penstock::host::api
