// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/engine/versions.hpp"

#include "host/engine/receipt.hpp"
#include "host/lane/tap/tap.hpp"

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

std::optional<std::size_t> find_edge(const plan& of, std::string_view id)
{
    for (std::size_t i = 0; i < of.edges.size(); ++i)
        if (id_of(of.edges[i], of) == id)
            return i;
    return std::nullopt;
}

} // namespace

versions::versions(lane_owner& owner, node_health& health, const run_services& services,
                   deployment::offer_function offer, stuck_function stuck)
    : owner_(owner),
      health_(health),
      services_(services),
      offer_(std::move(offer)),
      stuck_function_(std::move(stuck))
{
}

versions::~versions() = default;

std::optional<std::string> versions::deploy(std::shared_ptr<const plan> plan, std::size_t lanes,
                                            std::chrono::milliseconds drain)
{
    std::lock_guard one(deploying_);
    {
        std::lock_guard lock(mutex_);
        starting_ = true;
    }
    auto made = std::make_shared<deployment>(next_deployment_id(), std::move(plan), lanes, owner_,
                                             services_, offer_);
    std::optional<std::string> error = made->start();
    if (error)
        made->release();
    bool has_old = false;
    {
        std::lock_guard lock(mutex_);
        starting_ = false;
        if (error)
            return error;
        const std::shared_ptr<deployment> old = std::exchange(current_, made);
        place_taps();
        ingress_plan_.reset();
        draining_ = false;
        has_old = old != nullptr;
        if (has_old)
            begin_retirement(old, drain);
    }
    join_retired();
    health_.hurry(); // the new version may know better where to find what is away
    made->go();
    if (!has_old)
        release_held();
    return std::nullopt;
}

// Under the lock.
void versions::begin_retirement(std::shared_ptr<deployment> old, std::chrono::milliseconds drain)
{
    waiting_.version_ends();
    retirement& each = retiring_.emplace_back();
    each.thread = std::thread(
        [this, old = std::move(old), drain, &each]
        {
            retire(old, std::chrono::steady_clock::now() + drain, true);
            std::lock_guard over(mutex_);
            each.is_over = true;
        });
}

void versions::retire(std::shared_ptr<deployment> old,
                      std::chrono::steady_clock::time_point deadline, bool has_successor)
{
    old->drain(has_successor);
    if (!old->wait_until(deadline))
    {
        old->cancel();
        if (!old->wait_until(std::chrono::steady_clock::now() + time_to_cancel))
        {
            stuck_function_(old->stuck_in());
            std::lock_guard lock(mutex_);
            stuck_.push_back(old);
        }
    }
    old->release();
    {
        std::lock_guard lock(mutex_);
        waiting_.version_ended();
    }
    health_.hurry();
    release_held();
}

void versions::join_retired()
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

void versions::pause(std::shared_ptr<const plan> ingress_plan, failed_node why)
{
    std::lock_guard lock(mutex_);
    if (current_ != nullptr)
        return;
    ingress_plan_ = std::move(ingress_plan);
    paused_for_ = std::move(why);
}

void versions::stop(std::chrono::steady_clock::time_point deadline,
                    const std::function<void()>& taken_in, const std::function<void()>& worked_off)
{
    std::lock_guard one(deploying_);
    {
        std::lock_guard lock(mutex_);
        draining_ = true;
    }
    taken_in();
    std::list<retirement> retiring;
    {
        std::lock_guard lock(mutex_);
        retiring.swap(retiring_);
    }
    for (retirement& each : retiring)
        each.thread.join(); // what they leave goes to the current version, which drains last
    if (current() != nullptr)
        worked_off();
    std::shared_ptr<deployment> old;
    {
        std::lock_guard lock(mutex_);
        old = std::exchange(current_, nullptr);
        ingress_plan_.reset();
        if (old != nullptr)
            waiting_.version_ends();
    }
    if (old != nullptr)
        retire(std::move(old), deadline, false);
    std::lock_guard lock(mutex_);
    draining_ = false;
}

void versions::wait_for_stuck()
{
    std::vector<std::shared_ptr<deployment>> stuck;
    {
        std::lock_guard lock(mutex_);
        stuck.swap(stuck_);
    }
    stuck.clear(); // joins their lanes
}

bool versions::dispatch(std::unique_ptr<entry>& pending)
{
    return hand_over(pending, false);
}

// An entry of a key waits behind those that came before it, unless it is the next in order.
bool versions::hand_over(std::unique_ptr<entry>& pending, bool in_order)
{
    for (;;)
    {
        std::shared_ptr<deployment> to;
        {
            std::lock_guard lock(mutex_);
            if (current_ == nullptr)
                return false;
            if (!pending->key.empty())
            {
                if (in_order && !waiting_.may_release())
                    return false;
                if (!in_order && waiting_.must_wait())
                {
                    waiting_.hold(std::move(pending));
                    return true;
                }
            }
            to = current_;
        }
        if (to->submit(pending))
            return true;
        // That version has just ended; the next look finds its successor, or none.
        std::lock_guard lock(mutex_);
        if (current_ == to)
            return false;
    }
}

void versions::hold(std::unique_ptr<entry> pending)
{
    std::lock_guard lock(mutex_);
    waiting_.hold(std::move(pending));
}

std::vector<std::unique_ptr<entry>> versions::take_waiting()
{
    std::lock_guard lock(mutex_);
    return waiting_.take_in_order();
}

// Gives what waits to the current version, once nothing is left in older ones: until all of it is
// there, what comes in goes on waiting behind it.
void versions::release_held()
{
    std::unique_lock lock(mutex_);
    if (!waiting_.begin_release())
        return;
    while (current_ != nullptr && waiting_.is_due())
    {
        std::vector<std::unique_ptr<entry>> waiting = waiting_.take_in_order();
        lock.unlock();
        std::size_t given = 0;
        while (given < waiting.size() && hand_over(waiting[given], true))
            ++given;
        lock.lock();
        waiting_.put_back(std::move(waiting), given);
    }
    waiting_.end_release();
}

void versions::abandoned(std::unique_ptr<entry> pending) noexcept
{
    {
        // Kept until the version that had it has ended, then given to its successor in order.
        std::lock_guard lock(mutex_);
        waiting_.come_back(std::move(pending));
    }
    release_held(); // at once, if that version was stuck for so long that nobody waits for its end
}

versions::status versions::now() const
{
    std::lock_guard lock(mutex_);
    return {.is_running = current_ != nullptr,
            .is_paused = ingress_plan_ != nullptr,
            .is_starting = starting_,
            .is_draining = draining_};
}

std::shared_ptr<deployment> versions::current() const
{
    std::lock_guard lock(mutex_);
    return current_;
}

std::shared_ptr<const plan> versions::current_plan() const
{
    std::lock_guard lock(mutex_);
    if (current_ == nullptr)
        return ingress_plan_;
    return {current_, &current_->plan()};
}

std::vector<failed_node> versions::failed_nodes() const
{
    const std::shared_ptr<deployment> running = current();
    return running == nullptr ? std::vector<failed_node>() : running->failed_nodes();
}

std::optional<failed_node> versions::paused() const
{
    std::lock_guard lock(mutex_);
    if (ingress_plan_ == nullptr)
        return std::nullopt;
    return paused_for_;
}

bool versions::add_tap(const std::string& edge, const std::shared_ptr<tap>& viewer)
{
    std::lock_guard lock(mutex_);
    std::erase_if(taps_, [](const placed_tap& each) { return each.viewer.expired(); });
    if (current_ != nullptr)
    {
        const auto place = find_edge(current_->plan(), edge);
        if (!place)
            return false;
        current_->add_tap(*place, viewer);
    }
    taps_.push_back({edge, viewer});
    return true;
}

// Under the lock, when a version becomes the current one.
void versions::place_taps()
{
    for (const placed_tap& each : taps_)
        if (const auto viewer = each.viewer.lock(); viewer != nullptr && !viewer->is_closed())
            if (const auto place = find_edge(current_->plan(), each.edge))
                current_->add_tap(*place, viewer);
}

} // namespace penstock::host
