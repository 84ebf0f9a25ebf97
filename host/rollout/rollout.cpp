// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/rollout/rollout.hpp"

#include <algorithm>
#include <cstddef>

namespace penstock::host::rollout
{

namespace
{

using clock = graph_on_host::clock;
using problems = graph_on_host::problems;

// A way back may have to wait for what a host still does of the deployment, and for a graph to stop.
constexpr std::chrono::minutes least_way_back{1};

bool complain(const graph_on_host& of, const problems& all, const rollout_options& options)
{
    for (const problem& each : all)
        options.complain(&of, each);
    return !all.empty();
}

void begin(const graph_on_host& with, host_step step, const rollout_options& options)
{
    if (options.begin)
        options.begin(with, step);
}

bool is_interrupted(const rollout_options& options)
{
    if (!options.is_interrupted())
        return false;
    options.complain(nullptr, {"deploy", "", "is interrupted", ""});
    return true;
}

// All are asked, so that everything wrong is told at once.
bool may_begin(std::deque<graph_on_host>& hosts, const rollout_options& options)
{
    const auto wait = options.check_wait.count() == 0 ? options.wait : options.check_wait;
    bool may = true;
    for (graph_on_host& each : hosts)
    {
        begin(each, host_step::checking, options);
        const auto deadline = clock::now() + wait;
        problems wrong = each.validate(deadline);
        if (wrong.empty())
            wrong = each.note(deadline);
        const bool is_refused = complain(each, wrong, options);
        if (!is_refused)
            begin(each, host_step::ready, options);
        may = may && !is_refused;
    }
    return may && !is_interrupted(options);
}

void go_back(std::deque<graph_on_host>& hosts, std::vector<host_outcome>& outcomes,
             const rollout_options& options)
{
    const std::chrono::milliseconds time =
        std::max<std::chrono::milliseconds>(options.wait, least_way_back);
    for (std::size_t i = hosts.size(); i-- > 0;)
    {
        if (!hosts[i].is_touched())
            continue;
        begin(hosts[i], host_step::going_back, options);
        const bool is_stuck = complain(hosts[i], hosts[i].go_back(clock::now() + time), options);
        outcomes[i] = is_stuck ? host_outcome::stuck : host_outcome::restored;
        options.tell(hosts[i], outcomes[i]);
    }
}

} // namespace

std::string_view name_of(host_outcome outcome) noexcept
{
    switch (outcome)
    {
    case host_outcome::deployed: return "deployed";
    case host_outcome::restored: return "restored";
    case host_outcome::stuck: return "stuck";
    case host_outcome::unchanged: break;
    }
    return "unchanged";
}

std::vector<host_outcome> roll_out(std::deque<graph_on_host>& hosts, const rollout_options& options)
{
    std::vector<host_outcome> outcomes(hosts.size(), host_outcome::unchanged);
    if (!may_begin(hosts, options))
        return outcomes;
    for (std::size_t i = 0; i < hosts.size(); ++i)
    {
        begin(hosts[i], host_step::deploying, options);
        const bool is_refused =
            complain(hosts[i], hosts[i].deploy(clock::now() + options.wait, options.is_interrupted),
                     options);
        if (is_interrupted(options) || is_refused)
        {
            go_back(hosts, outcomes, options);
            return outcomes;
        }
        outcomes[i] = host_outcome::deployed;
        options.tell(hosts[i], outcomes[i]);
    }
    return outcomes;
}

} // namespace penstock::host::rollout
