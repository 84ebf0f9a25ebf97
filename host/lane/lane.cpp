// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/lane.hpp"

#include "host/base/crash_stack.hpp"

#include <algorithm>
#include <pthread.h>
#include <utility>

namespace penstock::host
{

lane::lane(const host::plan& plan, std::size_t number, const lane_setting& setting)
    : lane_services(setting.owner, setting.resources, setting.limits, setting.data, plan.graph),
      plan_(plan),
      number_(number),
      blocking_pool_(setting.blocking),
      threads_(setting.threads),
      failed_(setting.failed),
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
        ranks(), [this](scheduler::clock::time_point now) { return poll(now); },
        worker_slot_.get());
    build();
    mail_->open([this] { fibers_->notify(); });
    fibers_->spawn(lane_ingress::rank, 256 * 1024, [this] { ingress_.run(); });
    to_start_ = static_cast<std::size_t>(
        std::ranges::count_if(nodes_, [](const auto& node) { return node != nullptr; }));
    for (std::size_t i = 0; i < nodes_.size(); ++i)
        if (nodes_[i] != nullptr)
            fibers_->spawn(i + 1, plan_.nodes[i].stack_bytes,
                           [node = nodes_[i].get()] { node->run(); });
    fibers_->join();

    for (std::unique_ptr<lane_entry>& each : mail_->close())
        watcher_.abandoned(std::move(each));
    for (std::unique_ptr<lane_entry>& each : ingress_.take_unfed())
        watcher_.abandoned(std::move(each));
    nodes_.clear();
    edges_.clear();
    fibers_.reset();
    worker_slot_.reset();
    ended_.set_value();
}

std::unique_ptr<supervise::worker_slot> lane::make_worker_slot() const
{
    if (threads_ == nullptr)
        return std::make_unique<supervise::worker_slot>(ranks());
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
            ingress_.add_edge_of_source(*queue, *to, from, plan.from_port);
        else
            nodes_[plan.from_node]->add_output_edge(plan.from_port, {queue, to});
        to->add_input_edge(plan.to_port,
                           {queue, from.is_source ? nullptr : nodes_[plan.from_node].get()});
    }
    for (std::size_t i = 0; i < plan_.nodes.size(); ++i)
        if (plan_.nodes[i].entry)
            edges_.push_back(ingress_.add_edge_to(*nodes_[i]));
}

scheduler::clock::time_point lane::poll(scheduler::clock::time_point now)
{
    mail_->take(taken_entries_, taken_calls_);
    for (std::function<void()>& call : taken_calls_)
        call();
    taken_calls_.clear();
    ingress_.take(taken_entries_);
    // Before those are woken that wait with a deadline.
    const auto next_look = std::min(relief_.look(now), progress_.look(now, load() != 0));
    times_.wake_due(now, [this](std::size_t rank) { nodes_[rank - 1]->wake(); });
    return std::min(next_look, times_.next());
}

std::uint64_t lane::packets_moved() const noexcept
{
    std::uint64_t moved = ingress_.packets_moved();
    for (const auto& each : edges_count_)
        moved += each->entered.load(std::memory_order_relaxed) +
                 each->left.load(std::memory_order_relaxed);
    for (const auto& each : nodes_count_) // a reader may fail all of a long body
        moved += each->failed.value();
    return moved;
}

void lane::tell_standstill(const std::string& who)
{
    owner().log(severity::warning, {},
                "has work and has moved no packet for " +
                    std::to_string(limits().standstill.count()) + " ms: " + who);
}

void lane::wake_all()
{
    ingress_.wake();
    for (const auto& each : nodes_)
        if (each != nullptr && !each->has_ended())
            each->wake();
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
    ingress_.node_ended();
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

const std::shared_ptr<byte_budget>& lane::load_watcher::answer_room() const noexcept
{
    return lane_.owner().answer_room();
}

} // namespace penstock::host
