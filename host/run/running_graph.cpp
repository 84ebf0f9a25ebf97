// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/run/running_graph.hpp"

#include "host/run/completion_queue.hpp"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <utility>

namespace penstock::host
{

namespace
{

constexpr auto time_to_cancel = std::chrono::seconds(5);

std::shared_ptr<supervise::graph_record> record_of(const std::string& graph,
                                                   supervise::inflight* threads)
{
    return threads == nullptr ? std::make_shared<supervise::graph_record>()
                              : threads->make_graph(graph);
}

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
    case graph_state::stopped: return "stopped";
    case graph_state::starting: return "starting";
    case graph_state::running: return "running";
    case graph_state::failed: return "failed";
    case graph_state::draining: return "draining";
    }
    return "unknown";
}

running_graph::running_graph(std::string name, budget_limits limits, graph_services services,
                             const pending_of_graph& left, supervise::suspicion of)
    : name_(std::move(name)),
      services_(std::move(services)),
      leaves_to_journal_(services_.journal.durability() != "memory"),
      budget_(limits),
      suspects_(record_of(name_, services_.run.threads), std::move(of)),
      backlog_(services_.journal, name_, *this)
{
    totals_.left = left.records;
    budget_.add(left.records, left.bytes);
    backlog_.begin(left);
    if (left.records == 0)
        suspects_.all_let_in();
}

running_graph::~running_graph()
{
    stop(std::chrono::milliseconds(0));
}

std::optional<std::string> running_graph::deploy(std::shared_ptr<const host::plan> plan,
                                                 std::size_t lanes, std::chrono::milliseconds drain)
{
    std::lock_guard one(deploying_);
    {
        std::lock_guard lock(mutex_);
        starting_ = true;
    }
    auto made = std::make_shared<deployment>(next_deployment_id(), std::move(plan), lanes, *this,
                                             services_.run);
    std::optional<std::string> error = made->start();
    if (error)
        made->release();
    std::shared_ptr<deployment> old;
    {
        std::lock_guard lock(mutex_);
        starting_ = false;
        if (error)
            return error;
        old = std::exchange(current_, made);
        place_taps();
        door_.reset();
        draining_ = false;
        failed_nodes_.clear();
        if (old != nullptr)
        {
            ++old_versions_;
            retirement& each = retiring_.emplace_back();
            each.thread = std::thread(
                [this, old, drain, &each]
                {
                    retire(old, std::chrono::steady_clock::now() + drain, true);
                    std::lock_guard over(mutex_);
                    each.is_over = true;
                });
        }
    }
    join_retired();
    made->go();
    look_again();
    if (old == nullptr)
        release_held();
    backlog_.wake();
    return std::nullopt;
}

void running_graph::retire(std::shared_ptr<deployment> old,
                           std::chrono::steady_clock::time_point deadline, bool has_successor)
{
    old->drain(has_successor);
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
    look_again();
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

void running_graph::suspend(std::shared_ptr<const host::plan> door, failed_node why)
{
    std::lock_guard lock(mutex_);
    if (current_ != nullptr)
        return;
    door_ = std::move(door);
    suspended_for_ = std::move(why);
}

std::optional<failed_node> running_graph::suspended() const
{
    std::lock_guard lock(mutex_);
    if (door_ == nullptr)
        return std::nullopt;
    return suspended_for_;
}

std::size_t running_graph::stop(std::chrono::milliseconds drain)
{
    std::lock_guard one(deploying_);
    const auto deadline = std::chrono::steady_clock::now() + drain;
    std::shared_ptr<deployment> old;
    std::list<retirement> retiring;
    {
        std::unique_lock lock(mutex_);
        draining_ = true;
        appended_.wait(lock, [this] { return appending_ == 0; });
        retiring.swap(retiring_);
    }
    for (retirement& each : retiring)
        each.thread.join(); // what they leave goes to the current version, which drains last
    if (current() != nullptr)
        backlog_.wait_empty(deadline);
    {
        std::lock_guard lock(mutex_);
        old = std::exchange(current_, nullptr);
        door_.reset();
        if (old != nullptr)
            ++old_versions_;
    }
    if (old != nullptr)
        retire(std::move(old), deadline, false);
    std::lock_guard lock(mutex_);
    draining_ = false;
    return budget_.entries(); // those held, and those in a version that is stuck
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
                if (!in_turn &&
                    (old_versions_ != 0 || releasing_ || !abandoned_.empty() || !held_.empty()))
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
// there, what comes in goes on waiting behind it. A version that is cancelled abandons entries from
// wherever they are, so their numbers tell their order.
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
        std::ranges::stable_sort(waiting, {},
                                 [](const std::unique_ptr<entry>& each)
                                 { return each->receipt->number(); });
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
    host::receipt& receipt = *done->receipt;
    receipt.finish(std::move(result));
    services_.receipts.close(receipt.id());
    services_.journal.done({receipt.number(), done->keep, to_kept(receipt)});
    let_go(*done);
    if (done->completions != nullptr)
        done->completions->ended(done->completion, receipt.result().dead_count != 0);
    ended(*done);
    receipt.tell();
    backlog_.wake();
}

// What a source has made comes again from its upstream, when the next version has connected with that.
void running_graph::abandoned(std::unique_ptr<entry> pending) noexcept
{
    if (pending->completions != nullptr)
    {
        services_.receipts.forget(pending->id);
        accepted_.fetch_sub(1, std::memory_order_relaxed);
        let_go(*pending);
        ended(*pending);
        pending->completions->abandoned();
        return;
    }
    {
        // Kept until the version that had it has ended, then given to its successor in order.
        std::lock_guard lock(mutex_);
        abandoned_.push_back(std::move(pending));
    }
    release_held(); // at once, if that version was stuck for so long that nobody waits for its end
}

std::string running_graph::bury(letter what)
{
    what.graph = name_;
    if (what.receipts.size() == 1)
        what.entry = services_.receipts.number_of(what.receipts.front());
    return services_.journal.dead(std::move(what));
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

std::shared_ptr<availability> running_graph::availability_of(const std::string& node)
{
    const std::lock_guard lock(mutex_);
    std::shared_ptr<availability>& found = availabilities_[node];
    if (found == nullptr)
        found = std::make_shared<availability>();
    return found;
}

// A new version may know better where to find what is away.
void running_graph::look_again()
{
    std::map<std::string, std::shared_ptr<availability>> all;
    {
        const std::lock_guard lock(mutex_);
        all = availabilities_;
    }
    for (const auto& [node, each] : all)
        each->hurry();
}

graph_state running_graph::state() const
{
    std::lock_guard lock(mutex_);
    if (draining_)
        return graph_state::draining;
    if (door_ != nullptr)
        return graph_state::failed;
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
    std::lock_guard lock(mutex_);
    if (current_ == nullptr)
        return door_;
    return {current_, &current_->plan()};
}

} // namespace penstock::host
