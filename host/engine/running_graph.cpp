// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/running_graph.hpp"

#include <utility>

namespace penstock::host
{

std::string_view name_of(graph_state state) noexcept
{
    switch (state)
    {
    case graph_state::stopped: return "stopped";
    case graph_state::starting: return "starting";
    case graph_state::running: return "running";
    case graph_state::failed: return "failed";
    case graph_state::draining: return "draining";
    }
    return "unknown";
}

running_graph::running_graph(std::string name, quota_limits limits, graph_services services,
                             const pending_of_graph& left, supervise::suspicion of)
    : name_(std::move(name)),
      services_(std::move(services)),
      answers_(std::make_shared<byte_budget>(limits.memory)),
      dead_letters_(name_, services_, limits.dead_letters),
      versions_(
          *this, health_, services_.run,
          [this](deployment& from, const source_packet& what) { return intake_.offer(from, what); },
          [this](const std::string& node)
          {
              log(severity::error, node,
                  "does not return from blocking work, so an old version of the graph stays "
                  "in memory until it does");
          }),
      intake_(name_, limits, services_, dead_letters_, versions_, left, std::move(of))
{
    dead_letters_.watch([this] { intake_.look_again(); });
}

running_graph::~running_graph()
{
    dead_letters_.watch({});
    stop(std::chrono::milliseconds(0));
    versions_.wait_for_stuck(); // their lanes give entries back
}

std::optional<std::string> running_graph::deploy(std::shared_ptr<const host::plan> plan,
                                                 std::size_t lanes, std::chrono::milliseconds drain)
{
    const std::optional<std::uint64_t> memory = plan->pending_memory;
    std::optional<std::string> error = versions_.deploy(std::move(plan), lanes, drain);
    if (!error)
    {
        limit_memory(memory);
        intake_.look_again();
    }
    return error;
}

void running_graph::pause(std::shared_ptr<const host::plan> ingress_plan, failed_node why)
{
    const std::optional<std::uint64_t> memory = ingress_plan->pending_memory;
    versions_.pause(std::move(ingress_plan), std::move(why));
    limit_memory(memory);
}

void running_graph::limit_memory(std::optional<std::uint64_t> wanted) noexcept
{
    intake_.limit_memory(wanted);
    answers_->set_most(pending().memory());
}

std::size_t running_graph::stop(std::chrono::milliseconds drain)
{
    const auto deadline = std::chrono::steady_clock::now() + drain;
    versions_.stop(
        deadline, [this] { intake_.wait_appended(); },
        [this, deadline]
        {
            if (!dead_letters_.room().is_full()) // else they stay in the journal
                intake_.wait_back(deadline);
        });
    return pending().entries(); // those held, and those in a version that is stuck
}

std::size_t running_graph::discard()
{
    intake_.discard(versions_.take_waiting());
    if (!services_.journal.flush())
        throw journal_error(
            "journal: what was discarded is not on disk: " + services_.journal.trouble().reason +
            "; a journal that takes entries in was expected");
    return pending().entries();
}

void running_graph::finished(std::unique_ptr<lane_entry> done, receipt_result result) noexcept
{
    intake_.complete(as_entry(std::move(done)), std::move(result));
}

void running_graph::abandoned(std::unique_ptr<lane_entry> pending) noexcept
{
    std::unique_ptr<entry> given = as_entry(std::move(pending));
    if (given->completions != nullptr)
        intake_.give_up(std::move(given));
    else
        versions_.abandoned(std::move(given));
}

void running_graph::log(severity level, std::string_view node, std::string_view text) noexcept
{
    if (services_.log)
        services_.log(level, name_, node, text);
}

std::shared_ptr<availability> running_graph::availability_of(const std::string& node)
{
    return health_.availability_of(node);
}

std::vector<retrying_node> running_graph::retrying_nodes() const
{
    const std::shared_ptr<deployment> now = versions_.current();
    if (!now)
        return {};
    std::vector<retrying_node> found = host::retrying_nodes(*now, health_);
    if (pending().entries() == 0) // the packets that were to be tried again have ended
        std::erase_if(found, [](const retrying_node& each) { return !each.is_away; });
    return found;
}

std::vector<waiting_node> running_graph::waiting_nodes() const
{
    const std::shared_ptr<deployment> now = versions_.current();
    return now ? host::waiting_nodes(*now) : std::vector<waiting_node>();
}

std::vector<waiting_node> running_graph::polling_nodes() const
{
    const std::shared_ptr<deployment> now = versions_.current();
    return now ? host::polling_nodes(*now) : std::vector<waiting_node>();
}

std::vector<wait_report> running_graph::standstills() const
{
    const std::shared_ptr<deployment> now = versions_.current();
    if (!now)
        return {};
    std::vector<wait_report> found = host::standstills(*now);
    // A component that holds packets until more come may hold as many as there is memory for.
    if (intake_.waits_for_memory())
        for (wait_report& each : found)
            each.what += "; other requests wait in the journal, as those in hand take " +
                         std::to_string(in_memory()) + " bytes, and are read back below half of " +
                         std::to_string(pending().memory()) + " (pending_memory)";
    return found;
}

json::object running_graph::stats() const
{
    const graph_totals all = totals();
    json::object found = {
        {"graph", name_},
        {"state", name_of(state())},
        {"accepted", all.accepted},
        {"done", all.done},
        {"refused", all.refused},
        {"left", all.left},
        {"delivered", all.delivered},
        {"dropped", all.dropped},
        {"failed", all.failed},
        {"dead", all.dead},
        {"pending", {{"entries", pending().entries()}, {"bytes", pending().bytes()}}}};
    for (auto& [key, value] : version_stats(versions_.current().get()))
        found[key] = std::move(value);
    return found;
}

graph_state running_graph::state() const
{
    const versions::status now = versions_.now();
    if (now.is_draining)
        return graph_state::draining;
    if (now.is_paused)
        return graph_state::failed;
    if (!now.is_running)
        return now.is_starting ? graph_state::starting : graph_state::stopped;
    return versions_.failed_nodes().empty() ? graph_state::running : graph_state::failed;
}

} // namespace penstock::host
