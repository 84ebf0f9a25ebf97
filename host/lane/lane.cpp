// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/lane.hpp"

#include "host/base/problem.hpp"

#include "host/base/crash_stack.hpp"

#include <algorithm>
#include <pthread.h>
#include <unordered_set>
#include <utility>

namespace penstock::host
{

lane::lane(const host::plan& plan, std::size_t number, const lane_setting& setting)
    : lane_services(setting.owner, setting.resources, setting.limits, setting.data, plan.graph),
      plan_(plan),
      number_(number),
      blocking_pool_(setting.blocking),
      threads_(setting.threads),
      offer_(setting.offer)
{
    for (const planned_node& each : plan.nodes)
    {
        nodes_count_.push_back(std::make_unique<node_counters>());
        nodes_count_.back()->own = component_metrics(each.metrics);
    }
    for (std::size_t i = 0; i < plan.edges.size(); ++i)
        edges_count_.push_back(std::make_unique<edge_counters>());
}

lane::~lane()
{
    if (thread_.joinable())
        thread_.join();
}

std::optional<std::string> lane::start()
{
    auto outcome = started_.get_future();
    thread_ = std::thread([this] { run(); });
    return outcome.get();
}

void lane::go()
{
    mail_->post(
        [this]
        {
            going_ = true;
            wake_all();
        });
}

bool lane::submit(std::unique_ptr<lane_entry>& entry)
{
    load_.fetch_add(1, std::memory_order_relaxed);
    if (mail_->post(entry))
        return true;
    load_.fetch_sub(1, std::memory_order_relaxed);
    return false;
}

void lane::drain(bool has_successor)
{
    mail_->post(
        [this, has_successor]
        {
            draining_ = true;
            has_successor_ = has_successor;
            wake_all();
        });
}

void lane::cancel()
{
    mail_->post(
        [this]
        {
            cancelled_ = true;
            wake_all();
        });
}

void lane::add_tap(std::size_t edge, std::shared_ptr<tap> viewer)
{
    mail_->post([this, edge, viewer = std::move(viewer)]
                { edges_[edge]->add_tap(viewer); }); // those of the plan come first
}

bool lane::wait_until(std::chrono::steady_clock::time_point deadline)
{
    return end_.wait_until(deadline) == std::future_status::ready;
}

std::string lane::stuck_in() const
{
    const planned_node* node = in_blocking_.load(std::memory_order_relaxed);
    return node == nullptr ? std::string() : node->name;
}

void lane::run()
{
    const std::string name = "lane " + std::to_string(number_);
    pthread_setname_np(pthread_self(), name.c_str());
    const crash_stack stack_of_handler;
    worker_slot_ = make_worker_slot();
    worker_slot_->enter();
    fibers_ = std::make_unique<scheduler>(
        plan_.nodes.size() + 1, [this](scheduler::clock::time_point now) { return poll(now); },
        worker_slot_.get());
    build();
    mail_->open([this] { fibers_->notify(); });
    fibers_->spawn(feeder_rank, 256 * 1024, [this] { feed(); });
    to_start_ = static_cast<std::size_t>(
        std::ranges::count_if(nodes_, [](const auto& node) { return node != nullptr; }));
    for (std::size_t i = 0; i < nodes_.size(); ++i)
        if (nodes_[i] != nullptr)
            fibers_->spawn(i + 1, plan_.nodes[i].stack_bytes,
                           [node = nodes_[i].get()] { node->run(); });
    fibers_->join();
    timers_ = {}; // the nodes that they would wake are gone soon

    for (std::unique_ptr<lane_entry>& each : mail_->close())
        watcher_.abandoned(std::move(each));
    for (std::unique_ptr<lane_entry>& each : waiting_)
        watcher_.abandoned(std::move(each));
    waiting_.clear();
    nodes_.clear();
    edges_.clear();
    fibers_.reset();
    worker_slot_.reset();
    ended_.set_value();
}

std::unique_ptr<supervise::worker_slot> lane::make_worker_slot() const
{
    if (threads_ == nullptr)
        return std::make_unique<supervise::worker_slot>(plan_.nodes.size() + 1);
    std::vector<supervise::named_node> nodes;
    for (const planned_node& each : plan_.nodes)
        nodes.push_back({each.name, each.component});
    return threads_->make_lane(plan_.graph, nodes);
}

void lane::build()
{
    for (std::size_t i = 0; i < plan_.nodes.size(); ++i)
    {
        const planned_node& plan = plan_.nodes[i];
        nodes_.push_back(plan.is_source && number_ != 0
                             ? nullptr
                             : std::make_unique<node>(plan, i + 1, *this, *nodes_count_[i]));
    }
    for (std::size_t i = 0; i < plan_.edges.size(); ++i)
    {
        const planned_edge& plan = plan_.edges[i];
        const planned_node& from = plan_.nodes[plan.from_node];
        edges_.push_back(std::make_unique<edge>(plan.capacity, *edges_count_[i], plan.drops));
        edge* queue = edges_.back().get();
        node* to = nodes_[plan.to_node].get();
        if (from.is_source)
            ingresses_.push_back({queue, to, nullptr, &from, plan.from_port});
        else
            nodes_[plan.from_node]->add_output_edge(plan.from_port, {queue, to});
        to->add_input_edge(plan.to_port,
                           {queue, from.is_source ? nullptr : nodes_[plan.from_node].get()});
    }
    for (std::size_t i = 0; i < plan_.nodes.size(); ++i)
    {
        const planned_node& plan = plan_.nodes[i];
        if (plan.category != category::adapter || plan.is_source)
            continue;
        ingress_counters_.push_back(std::make_unique<edge_counters>());
        edges_.push_back(std::make_unique<edge>(256, *ingress_counters_.back()));
        edge* queue = edges_.back().get();
        nodes_[i]->add_input_edge(0, {queue, nullptr});
        ingresses_.push_back({queue, nodes_[i].get(), &plan, nullptr, 0});
    }
}

scheduler::clock::time_point lane::poll(scheduler::clock::time_point now)
{
    mail_->take(taken_entries_, taken_calls_);
    for (std::function<void()>& call : taken_calls_)
        call();
    taken_calls_.clear();
    if (!taken_entries_.empty())
    {
        std::ranges::move(taken_entries_, std::back_inserter(waiting_));
        taken_entries_.clear();
        if (feeder_waits_ && feeder_waits_for_room_ == nullptr)
            wake_feeder();
    }
    for (; !timers_.empty() && timers_.top().when <= now; timers_.pop())
        nodes_[timers_.top().rank - 1]->wake();
    const auto next_look = progress_.look(now, load() != 0);
    return timers_.empty() ? next_look : std::min(next_look, timers_.top().when);
}

std::uint64_t lane::packets_moved() const noexcept
{
    std::uint64_t moved = 0;
    for (const auto* const edges : {&edges_count_, &ingress_counters_})
        for (const auto& each : *edges)
            moved += each->entered.load(std::memory_order_relaxed) +
                     each->left.load(std::memory_order_relaxed);
    return moved;
}

// First those who are held up, then those on whom they wait, at whatever distance.
std::string lane::who_waits()
{
    std::string text;
    std::vector<std::size_t> ranks = waits_.who_waits();
    if (ranks.empty()) // all wait for packets
        for (std::size_t rank = nodes_.size(); rank != feeder_rank; --rank)
            if (nodes_[rank - 1] != nullptr)
                ranks.push_back(rank);
    for (const std::size_t rank : ranks)
    {
        text += text.empty() ? "" : "; ";
        std::vector<std::size_t> on;
        const fiber_wait wait = waits_for(rank, on);
        if (rank == feeder_rank)
        {
            text += wait.full == nullptr ? "the door waits for requests"
                                         : "the door waits for room before " +
                                               quote(feeder_waits_for_room_->to->plan().name);
            continue;
        }
        const node& waiting = *nodes_[rank - 1];
        text += quote(waiting.plan().name) + " " + waiting.fiber().text();
        for (std::size_t i = 0; i < on.size() && wait.full == nullptr; ++i)
            text += (i == 0 ? " from " : ", ") +
                    (on[i] == feeder_rank ? "the door" : quote(nodes_[on[i] - 1]->plan().name));
    }
    if (unrelieved_)
        text += "; no edge is doubled, as the packets on them take " +
                std::to_string(bytes_on_edges()) + " bytes, and the limit is " +
                std::to_string(limits().edge_memory) + " (edge_memory)";
    return text;
}

void lane::tell_standstill(const std::string& who)
{
    owner().log(severity::warning, {},
                "has work and has moved no packet for " +
                    std::to_string(limits().standstill.count()) + " ms: " + who);
}

fiber_wait lane::waits_for(std::size_t rank, std::vector<std::size_t>& on) const
{
    if (rank != feeder_rank)
        return nodes_[rank - 1] == nullptr ? fiber_wait() : nodes_[rank - 1]->fiber().waits_for(on);
    if (!feeder_waits_)
        return {.ends_by_itself = !feeder_ended_};
    if (feeder_waits_for_room_ == nullptr)
        return {}; // nobody knows when the next request will come
    on.push_back(feeder_waits_for_room_->to->rank());
    return {.full = feeder_waits_for_room_->queue};
}

void lane::relieve(std::size_t rank)
{
    if (const auto again = std::exchange(unrelieved_, std::nullopt); again && *again != rank)
        relieve(*again); // the others' packets may have left meanwhile
    while (const auto found = waits_.find_deadlock(rank))
    {
        const edge_end full = *found == feeder_rank ? edge_end{feeder_waits_for_room_->queue,
                                                               feeder_waits_for_room_->to}
                                                    : nodes_[*found - 1]->fiber().awaited_room();
        if (bytes_on_edges() >= limits().edge_memory)
        {
            unrelieved_ = rank;
            return; // the watch for standstills reports it
        }
        full.other->grow_input(*full.queue);
        owner().log(severity::information, full.other->plan().name,
                    "an edge to it was full while it waited, and doubled to " +
                        std::to_string(full.queue->capacity()) + " packets");
        if (*found == feeder_rank)
            wake_feeder();
        else
            nodes_[*found - 1]->wake();
    }
}

// Copies share a body, which is found out only where it matters: it takes a look-up for each packet.
std::uint64_t lane::bytes_on_edges() const
{
    std::uint64_t bytes = 0;
    for (const auto& each : edges_)
        bytes += each->bytes();
    if (bytes < limits().edge_memory)
        return bytes;
    std::unordered_set<const void*> counted;
    bytes = 0;
    for (const auto& each : edges_)
        bytes += each->bytes(counted);
    return bytes;
}

void lane::wake_all()
{
    wake_feeder();
    for (const auto& each : nodes_)
        if (each != nullptr && !each->has_ended())
            each->wake();
}

void lane::wake_at(std::size_t rank, scheduler::clock::time_point when)
{
    timers_.push({when, rank});
}

void lane::tell_blocking() noexcept
{
    in_blocking_.store(blocking_.empty() ? nullptr : &plan_.nodes[blocking_.front() - 1],
                       std::memory_order_relaxed);
}

void lane::run_blocking(std::function<void()> work, std::size_t rank, bool& done)
{
    blocking_.push_back(rank);
    tell_blocking();
    blocking_pool_.post(
        [this, mail = mail_, rank, &done, work = std::move(work)]
        {
            work();
            mail->post(
                [this, rank, &done]
                {
                    done = true;
                    std::erase(blocking_, rank);
                    tell_blocking();
                    fibers_->wake(rank);
                });
        },
        worker_slot_->number_of(rank));
}

bool lane::acquire(std::string_view resource, std::size_t rank, std::shared_ptr<bool> granted)
{
    return resources().acquire(resource,
                               [this, mail = mail_, rank, granted]
                               {
                                   mail->post(
                                       [this, rank, granted]
                                       {
                                           *granted = true;
                                           fibers_->wake(rank);
                                       });
                               });
}

std::function<void()> lane::waker_of(std::size_t rank)
{
    return [this, mail = mail_, rank] { mail->post([this, rank] { fibers_->wake(rank); }); };
}

void lane::abandon_all()
{
    cancelled_ = true;
    wake_all();
}

void lane::ingress_freed(const edge& queue, bool at_last) noexcept
{
    if (feeder_waits_ && feeder_waits_for_room_ != nullptr &&
        feeder_waits_for_room_->queue == &queue && (at_last ? !queue.full() : queue.half_empty()))
        wake_feeder();
}

void lane::started(std::string_view node, std::string_view error)
{
    if (!error.empty() && !start_error_)
    {
        start_error_ = std::string(node) + ": " + std::string(error);
        cancelled_ = true;
        wake_all();
    }
    if (--to_start_ == 0)
        started_.set_value(start_error_);
}

void lane::node_ended() noexcept
{
    if (feeder_waits_ && feeder_waits_for_room_ == nullptr)
        wake_feeder(); // it may wait for the sources to end
}

void lane::load_watcher::finished(std::unique_ptr<lane_entry> done, receipt_result result) noexcept
{
    lane_.load_.fetch_sub(1, std::memory_order_relaxed);
    lane_.owner().finished(std::move(done), std::move(result));
}

void lane::load_watcher::abandoned(std::unique_ptr<lane_entry> pending) noexcept
{
    lane_.load_.fetch_sub(1, std::memory_order_relaxed);
    lane_.owner().abandoned(std::move(pending));
}

} // namespace penstock::host
