// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/run/running_graph.hpp"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <utility>

namespace penstock::host
{

namespace
{

constexpr auto time_to_cancel = std::chrono::seconds(5);

std::uint64_t next_deployment_id() noexcept
{
    static std::atomic<std::uint64_t> last{0};
    return ++last;
}

} // namespace

std::string_view name_of(graph_state state) noexcept
{
    switch (state)
    {
    case graph_state::stopped:
        return "stopped";
    case graph_state::starting:
        return "starting";
    case graph_state::running:
        return "running";
    case graph_state::failed:
        return "failed";
    case graph_state::draining:
        return "draining";
    }
    return "unknown";
}

running_graph::running_graph(std::string name, budget_limits limits, graph_services services)
    : name_(std::move(name)), services_(std::move(services)), budget_(limits)
{
}

running_graph::~running_graph()
{
    stop(std::chrono::milliseconds(0));
}

std::optional<std::string> running_graph::deploy(std::shared_ptr<const host::plan> plan,
                                                 std::size_t lanes,
                                                 std::chrono::milliseconds drain)
{
    std::lock_guard one(deploying_);
    {
        std::lock_guard lock(mutex_);
        starting_ = true;
    }
    auto made = std::make_shared<deployment>(next_deployment_id(), std::move(plan), lanes,
                                             *this, services_.run);
    std::optional<std::string> error = made->start();
    std::shared_ptr<deployment> old;
    {
        std::lock_guard lock(mutex_);
        starting_ = false;
        if (error)
            return error;
        old = std::exchange(current_, made);
        draining_ = false;
        failed_nodes_.clear();
        if (old != nullptr)
        {
            ++old_versions_;
            retirement& each = retiring_.emplace_back();
            each.thread = std::thread(
                [this, old, drain, &each]
                {
                    retire(old, std::chrono::steady_clock::now() + drain);
                    std::lock_guard over(mutex_);
                    each.is_over = true;
                });
        }
    }
    join_retired();
    made->go();
    if (old == nullptr)
        release_held();
    return std::nullopt;
}

void running_graph::retire(std::shared_ptr<deployment> old,
                           std::chrono::steady_clock::time_point deadline)
{
    old->drain();
    if (!old->wait_until(deadline))
    {
        old->cancel();
        if (!old->wait_until(std::chrono::steady_clock::now() + time_to_cancel))
        {
            log(severity::error, old->stuck_in(),
                "does not return from blocking work, so an old version of the graph stays in "
                "memory until it does");
            std::lock_guard lock(mutex_);
            stuck_.push_back(old);
        }
    }
    old->release();
    {
        std::lock_guard lock(mutex_);
        --old_versions_;
    }
    release_held();
}

void running_graph::join_retired()
{
    std::list<retirement> over;
    {
        std::lock_guard lock(mutex_);
        for (auto each = retiring_.begin(); each != retiring_.end();)
        {
            const auto next = std::next(each);
            if (each->is_over)
                over.splice(over.end(), retiring_, each);
            each = next;
        }
    }
    for (retirement& each : over)
        each.thread.join();
}

std::size_t running_graph::stop(std::chrono::milliseconds drain)
{
    std::lock_guard one(deploying_);
    const auto deadline = std::chrono::steady_clock::now() + drain;
    std::shared_ptr<deployment> old;
    std::list<retirement> retiring;
    {
        std::lock_guard lock(mutex_);
        draining_ = true;
        retiring.swap(retiring_);
    }
    for (retirement& each : retiring)
        each.thread.join(); // what they leave goes to the current version, which drains last
    {
        std::lock_guard lock(mutex_);
        old = std::exchange(current_, nullptr);
        if (old != nullptr)
            ++old_versions_;
    }
    if (old != nullptr)
        retire(std::move(old), deadline);
    std::lock_guard lock(mutex_);
    draining_ = false;
    return budget_.entries(); // those held, and those in a version that is stuck
}

admission running_graph::submit(std::unique_ptr<entry>& request,
                                std::shared_ptr<const receipt>* issued)
{
    if (request->bytes > budget_.limits().bytes)
        return admission::too_large;
    {
        std::lock_guard lock(mutex_);
        if (current_ == nullptr || draining_)
            return admission::closed;
    }
    if (!budget_.reserve(request->bytes))
    {
        refused_.fetch_add(1, std::memory_order_relaxed);
        return admission::full;
    }
    request->receipt = services_.receipts.open(name_);
    request->id = request->receipt->id();
    if (issued != nullptr)
        *issued = request->receipt;
    for (std::size_t i = 0; i < request->packets.size(); ++i)
        detail::packet_access::set_id(request->packets[i].content,
                                      detail::packet_access::child_id(request->id, 0, i));
    const packet_id id = request->id;
    const std::size_t bytes = request->bytes;
    if (!hand_over(request, false))
    {
        budget_.release(bytes);
        services_.receipts.forget(id);
        return admission::closed;
    }
    accepted_.fetch_add(1, std::memory_order_relaxed);
    return admission::accepted;
}

// Gives an entry to the current version; false, and the entry kept, if there is none. Entries of one
// key stay in order: unless it is the turn of this one, it waits behind those that came before it,
// in an old version or on their way from there.
bool running_graph::hand_over(std::unique_ptr<entry>& request, bool in_turn)
{
    for (;;)
    {
        std::shared_ptr<deployment> to;
        {
            std::lock_guard lock(mutex_);
            if (current_ == nullptr)
                return false;
            if (!request->key.empty())
            {
                if (in_turn && old_versions_ != 0)
                    return false;
                if (!in_turn && (old_versions_ != 0 || releasing_ || !abandoned_.empty() ||
                                 !held_.empty()))
                {
                    held_.push_back(std::move(request));
                    return true;
                }
            }
            to = current_;
        }
        if (to->submit(request))
            return true;
        // That version has just ended; the next look finds its successor, or none.
        std::lock_guard lock(mutex_);
        if (current_ == to)
            return false;
    }
}

// Gives what waits to the current version, once nothing is left in older ones: until all of it is
// there, what comes in goes on waiting behind it.
void running_graph::release_held()
{
    std::unique_lock lock(mutex_);
    if (releasing_)
        return;
    releasing_ = true;
    while (old_versions_ == 0 && current_ != nullptr && !(abandoned_.empty() && held_.empty()))
    {
        std::vector<std::unique_ptr<entry>> waiting = std::exchange(abandoned_, {});
        std::ranges::move(held_, std::back_inserter(waiting));
        held_.clear();
        lock.unlock();
        auto next = waiting.begin();
        while (next != waiting.end() && hand_over(*next, true))
            ++next;
        lock.lock();
        held_.insert(held_.begin(), std::move_iterator(next), std::move_iterator(waiting.end()));
    }
    releasing_ = false;
}

void running_graph::finished(std::unique_ptr<entry> done, receipt_result result) noexcept
{
    {
        std::lock_guard lock(totals_mutex_);
        ++totals_.done;
        totals_.delivered += result.delivered;
        totals_.dropped += result.dropped;
        totals_.failed += result.failed;
        totals_.dead += result.dead_count;
    }
    budget_.release(done->bytes);
    done->receipt->finish(std::move(result));
    if (done->done)
        done->done(*done->receipt);
}

void running_graph::abandoned(std::unique_ptr<entry> pending) noexcept
{
    {
        // Kept until the version that had it has ended, then given to its successor in order.
        std::lock_guard lock(mutex_);
        abandoned_.push_back(std::move(pending));
    }
    release_held(); // at once, if that version was stuck for so long that nobody waits for its end
}

bool running_graph::offer(const std::string& source, std::size_t port, packet& packet)
{
    constexpr std::size_t bytes_of_a_packet = 512; // about what a small one takes
    if (!detail::packet_access::is_unique(packet))
        packet = packet_from_json(to_json(packet)); // bodies are counted per lane: share none
    auto request = std::make_unique<entry>();
    request->source = source;
    request->source_port = port;
    request->bytes = bytes_of_a_packet + packet.data().size();
    request->packets.push_back({std::move(packet), {}});
    if (submit(request) == admission::accepted)
        return true;
    packet = std::move(request->packets.front().content);
    return false;
}

std::string running_graph::bury(dead_letter letter)
{
    letter.graph = name_;
    return services_.dead_letters.add(std::move(letter));
}

void running_graph::log(severity level, std::string_view node, std::string_view text) noexcept
{
    if (services_.log)
        services_.log(level, name_, node, text);
}

void running_graph::node_failed(std::string_view node, std::string_view reason)
{
    log(severity::error, node, "has given up: " + std::string(reason));
    std::lock_guard lock(mutex_);
    failed_nodes_.push_back(
        {std::string(node), std::string(reason), std::chrono::system_clock::now()});
}

graph_state running_graph::state() const
{
    std::lock_guard lock(mutex_);
    if (draining_)
        return graph_state::draining;
    if (current_ == nullptr)
        return starting_ ? graph_state::starting : graph_state::stopped;
    return failed_nodes_.empty() ? graph_state::running : graph_state::failed;
}

std::vector<failed_node> running_graph::failed_nodes() const
{
    std::lock_guard lock(mutex_);
    return failed_nodes_;
}

graph_totals running_graph::totals() const
{
    std::lock_guard lock(totals_mutex_);
    graph_totals totals = totals_;
    totals.accepted = accepted_.load(std::memory_order_relaxed);
    totals.refused = refused_.load(std::memory_order_relaxed);
    return totals;
}

std::shared_ptr<deployment> running_graph::current() const
{
    std::lock_guard lock(mutex_);
    return current_;
}

std::shared_ptr<const host::plan> running_graph::current_plan() const
{
    const std::shared_ptr<deployment> now = current();
    if (now == nullptr)
        return nullptr;
    return {now, &now->plan()};
}

json::object running_graph::stats() const
{
    json::object nodes;
    json::array edges;
    json::array lanes;
    if (const std::shared_ptr<deployment> now = current())
    {
        const host::plan& plan = now->plan();
        for (std::size_t i = 0; i < plan.nodes.size(); ++i)
        {
            std::uint64_t received = 0, sent = 0, delivered = 0, dropped = 0, failed = 0;
            std::uint64_t restarts = 0, retries = 0;
            for (const auto& lane : now->lanes())
            {
                const node_counters& each = lane->of_node(i);
                received += each.received.value();
                sent += each.sent.value();
                delivered += each.delivered.value();
                dropped += each.dropped.value();
                failed += each.failed.value();
                restarts += each.restarts.value();
                retries += each.retries.value();
            }
            nodes[plan.nodes[i].name] = {{"received", received}, {"sent", sent},
                                         {"delivered", delivered}, {"dropped", dropped},
                                         {"failed", failed}, {"restarts", restarts},
                                         {"retries", retries}};
        }
        for (std::size_t i = 0; i < plan.edges.size(); ++i)
        {
            const planned_edge& edge = plan.edges[i];
            std::uint64_t entered = 0, left = 0, capacity = 0;
            for (const auto& lane : now->lanes())
            {
                const edge_counters& each = lane->of_edge(i);
                left += each.left.load(std::memory_order_relaxed);
                entered += each.entered.load(std::memory_order_relaxed);
                capacity += each.capacity.load(std::memory_order_relaxed);
            }
            const planned_node& from = plan.nodes[edge.from_node];
            const planned_node& to = plan.nodes[edge.to_node];
            edges.emplace_back(json::object{
                {"from", from.name + "."
                             + (edge.from_port == error_port ? "error"
                                                             : from.outputs[edge.from_port])},
                {"to", to.name + "." + to.inputs[edge.to_port]},
                {"packets", entered},
                {"depth", entered > left ? entered - left : 0},
                {"capacity", capacity}});
        }
        for (const auto& lane : now->lanes())
            lanes.emplace_back(json::object{{"pending", lane->load()}});
    }
    const graph_totals all = totals();
    return {{"graph", name_},
            {"state", name_of(state())},
            {"accepted", all.accepted},
            {"done", all.done},
            {"refused", all.refused},
            {"delivered", all.delivered},
            {"dropped", all.dropped},
            {"failed", all.failed},
            {"dead", all.dead},
            {"pending", {{"entries", budget_.entries()}, {"bytes", budget_.bytes()}}},
            {"nodes", std::move(nodes)},
            {"edges", std::move(edges)},
            {"lanes", std::move(lanes)}};
}

} // namespace penstock::host
