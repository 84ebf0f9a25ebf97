// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/engine.hpp"

#include "host/graph/warn.hpp"

#include <algorithm>
#include <thread>
#include <utility>

namespace penstock::host
{

engine::engine(catalogue& components, host::journal& kept, engine_options options)
    : components_(components),
      options_(std::move(options)),
      journal_(kept),
      receipts_(kept),
      blocking_(options_.blocking_threads, options_.threads)
{
    for (pending_of_graph& each : kept.kept().pending())
        left_.emplace(each.graph, each);
}

engine::~engine()
{
    std::lock_guard lock(mutex_);
    graphs_.clear();
}

std::vector<problem> engine::check(const graph_spec& graph)
{
    return host::check(graph, components_, options_.resolve);
}

std::vector<problem> engine::warn(const graph_spec& graph)
{
    return host::warn(graph, components_);
}

void engine::keep(const graph_spec& graph)
{
    std::lock_guard lock(mutex_);
    kept_graph& kept = find_or_make(graph);
    kept.spec = graph;
    kept.is_attempt = false;
}

void engine::defer_left()
{
    std::lock_guard lock(mutex_);
    defers_left_ = true;
}

void engine::drain_left()
{
    std::lock_guard lock(mutex_);
    defers_left_ = false;
    for (const auto& each : graphs_)
        each.second.running->drain_left();
}

void engine::judge_crashes()
{
    auto policies = host::judge_crashes(journal_.kept().blames());
    std::lock_guard lock(mutex_);
    crash_policies_ = std::move(policies);
}

std::vector<problem> engine::begin(const graph_spec& graph)
{
    crash_policy crashes;
    {
        std::lock_guard lock(mutex_);
        if (const auto found = crash_policies_.find(graph.name); found != crash_policies_.end())
            crashes = found->second;
    }
    if (crashes.pause_reason.empty())
        return deploy(graph, crashes);
    std::vector<problem> problems = check(graph);
    if (problems.empty())
        pause(graph, make_plan(graph, components_, options_.resolve),
              {crashes.paused_node, crashes.pause_reason, std::chrono::system_clock::now()});
    return problems;
}

void engine::pause(const graph_spec& graph, const std::string& why)
{
    pause(graph, make_open_plan(graph), {{}, why, std::chrono::system_clock::now()});
}

void engine::pause(const graph_spec& graph, std::shared_ptr<const plan> ingress_plan,
                   failed_node why)
{
    if (options_.log)
        options_.log(severity::error, graph.name, why.node, "is not run: " + why.reason);
    std::lock_guard lock(mutex_);
    kept_graph& kept = find_or_make(graph);
    kept.spec = graph;
    kept.is_attempt = false;
    kept.running->pause(std::move(ingress_plan), std::move(why));
}

std::vector<problem> engine::deploy(const graph_spec& graph)
{
    components_.rescan(); // who has just installed a package means that one
    clear_suspects(graph);
    return deploy(graph, {});
}

void engine::clear_suspects(const graph_spec& graph)
{
    {
        std::lock_guard lock(mutex_);
        crash_policies_.erase(graph.name);
    }
    try
    {
        journal_.kept().clear_suspects(graph.name);
    }
    catch (const journal_error& error)
    {
        if (options_.log)
            options_.log(severity::warning, graph.name, {},
                         std::string("crashes of earlier runs stay on record: ") + error.what());
    }
}

std::vector<problem> engine::deploy(const graph_spec& graph, const crash_policy& crashes)
{
    std::vector<problem> problems = check(graph);
    if (!problems.empty())
        return problems;
    if (options_.log)
        for (const problem& each : warn(graph))
            options_.log(severity::warning, graph.name, {}, to_string(each));
    std::size_t lanes = graph.lanes.value_or(0);
    if (lanes == 0)
        lanes = options_.lanes != 0 ? options_.lanes
                                    : std::max(1U, std::thread::hardware_concurrency());
    auto plan = make_plan(graph, components_, options_.resolve, crashes.quarantine);
    const std::shared_ptr<running_graph> running = attempt(graph);
    const auto error = running->deploy(std::move(plan), lanes, options_.drain);
    if (!error && is_ending())
    {
        static_cast<void>(running->stop(options_.drain)); // stop_all() may have passed it already
        problems.emplace_back("", "/name", "the host is stopping",
                              "a host that goes on was expected");
        return problems;
    }
    if (error)
    {
        give_up_attempt(graph);
        const std::size_t end_of_node = error->find(": ");
        problems.emplace_back("", "/nodes/" + error->substr(0, end_of_node),
                              "does not start: " + error->substr(end_of_node + 2), "");
        return problems;
    }
    std::lock_guard lock(mutex_);
    const auto found = graphs_.try_emplace(graph.name, kept_graph{graph, graph, running}).first;
    if (found->second.running != running) // forgotten, and made again by somebody else
    {
        problems.emplace_back("", "/name", quote(graph.name) + " was deleted meanwhile", "");
        return problems;
    }
    found->second.spec = graph;
    found->second.deployed = graph;
    found->second.is_attempt = false;
    attempted_.erase(graph.name);
    return problems;
}

std::shared_ptr<running_graph> engine::attempt(const graph_spec& graph)
{
    std::lock_guard lock(mutex_);
    const bool is_new = !graphs_.contains(graph.name);
    if (const auto left = left_.find(graph.name); left != left_.end())
        attempted_.insert_or_assign(graph.name, left->second);
    kept_graph& kept = find_or_make(graph);
    kept.is_attempt = kept.is_attempt || is_new;
    return kept.running;
}

// Of a graph that has not been before its first deployment, nothing is left when that fails. What
// an earlier run left for it is in the journal, and is left again.
void engine::give_up_attempt(const graph_spec& graph)
{
    std::shared_ptr<running_graph> gone; // after the lock
    std::lock_guard lock(mutex_);
    const auto found = graphs_.find(graph.name);
    if (found == graphs_.end() || !found->second.is_attempt)
        return;
    gone = std::move(found->second.running);
    graphs_.erase(found);
    if (const auto taken_up = attempted_.extract(graph.name); !taken_up.empty())
        left_.emplace(graph.name, taken_up.mapped());
}

// Under the lock.
kept_graph& engine::find_or_make(const graph_spec& graph)
{
    const auto found = graphs_.find(graph.name);
    if (found != graphs_.end())
        return found->second;
    const auto taken_up = left_.extract(graph.name);
    const pending_of_graph left =
        taken_up.empty() ? pending_of_graph{.graph = graph.name} : taken_up.mapped();
    auto made = std::make_shared<running_graph>(
        graph.name, options_.pending,
        graph_services{journal_,
                       receipts_,
                       {blocking_, resources_, options_.threads, options_.limits, options_.data},
                       options_.log},
        left, suspicion_of(left));
    if (defers_left_)
        made->defer_left();
    return graphs_.emplace(graph.name, kept_graph{graph, std::nullopt, made}).first->second;
}

// Only what is left can be suspected, whatever the worker before has noted.
supervise::suspicion engine::suspicion_of(const pending_of_graph& left) const
{
    const auto found =
        std::ranges::find(options_.suspicions, left.graph, &supervise::suspicion::graph);
    if (found == options_.suspicions.end())
        return {};
    supervise::suspicion known = *found;
    known.last = std::min<std::uint64_t>(known.last, left.last);
    known.single = std::min<std::uint64_t>(known.single, left.last);
    return known;
}

std::optional<std::size_t> engine::stop(std::string_view graph)
{
    const std::optional<kept_graph> found = find(graph);
    if (!found)
        return std::nullopt;
    return found->running->stop(options_.drain);
}

std::optional<std::size_t> engine::discard(std::string_view graph)
{
    const std::shared_ptr<running_graph> found = running(graph);
    if (found == nullptr)
        return std::nullopt;
    return found->discard();
}

std::optional<std::size_t> engine::forget(std::string_view graph)
{
    const std::optional<kept_graph> found = find(graph);
    if (!found)
        return std::nullopt;
    for (;;)
    {
        if (const std::size_t left = found->running->stop(options_.drain); left != 0)
            return left;
        std::lock_guard lock(mutex_);
        const auto kept = graphs_.find(graph);
        if (kept == graphs_.end() || kept->second.running != found->running)
            return 0;
        if (found->running->current_plan() != nullptr) // deployed meanwhile
            continue;
        graphs_.erase(kept); // `found` goes after the lock
        return 0;
    }
}

bool engine::is_ending() const
{
    std::lock_guard lock(mutex_);
    return is_ending_;
}

std::size_t engine::stop_all()
{
    {
        std::lock_guard lock(mutex_);
        is_ending_ = true;
    }
    const std::vector<kept_graph> graphs = all();
    std::vector<std::size_t> left(graphs.size());
    std::vector<std::thread> stopping;
    for (std::size_t i = 0; i < graphs.size(); ++i)
        stopping.emplace_back([&, i] { left[i] = graphs[i].running->stop(options_.drain); });
    std::size_t all_left = 0;
    for (std::size_t i = 0; i < graphs.size(); ++i)
    {
        stopping[i].join();
        all_left += left[i];
    }
    return all_left;
}

std::vector<pending_of_graph> engine::left() const
{
    std::lock_guard lock(mutex_);
    std::vector<pending_of_graph> list;
    for (const auto& each : left_)
        list.push_back(each.second);
    return list;
}

std::optional<kept_graph> engine::find(std::string_view graph) const
{
    std::lock_guard lock(mutex_);
    const auto found = graphs_.find(graph);
    if (found == graphs_.end())
        return std::nullopt;
    return found->second;
}

std::shared_ptr<running_graph> engine::running(std::string_view graph) const
{
    std::lock_guard lock(mutex_);
    const auto found = graphs_.find(graph);
    return found == graphs_.end() ? nullptr : found->second.running;
}

std::shared_ptr<running_graph> engine::first() const
{
    std::lock_guard lock(mutex_);
    return graphs_.empty() ? nullptr : graphs_.begin()->second.running;
}

std::vector<kept_graph> engine::all() const
{
    std::lock_guard lock(mutex_);
    std::vector<kept_graph> list;
    for (const auto& each : graphs_)
        list.push_back(each.second);
    return list;
}

} // namespace penstock::host
