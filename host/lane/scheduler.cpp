// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/lane/scheduler.hpp"

#include "host/lane/noted_stack.hpp"
#include "host/lane/own_exceptions.hpp"
#include "host/lane/rank_set.hpp"
#include "host/lane/wake_signal.hpp"

#include <boost/fiber/algo/algorithm.hpp>
#include <boost/fiber/context.hpp>
#include <boost/fiber/fiber.hpp>
#include <boost/fiber/operations.hpp>
#include <boost/fiber/type.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace penstock::host
{

namespace
{

using boost::fibers::context;

constexpr unsigned picks_between_polls = 32;
constexpr auto time_between_polls = std::chrono::milliseconds(1);
constexpr std::chrono::nanoseconds time_between_looks = std::chrono::microseconds(100);
constexpr unsigned most_yields_a_look = 16;

} // namespace

class scheduler::algorithm final : public boost::fibers::algo::algorithm
{
public:
    algorithm(std::size_t ranks, poll_function poll, supervise::worker_slot* told)
        : ready_(ranks),
          contexts_(ranks, nullptr),
          poll_(std::move(poll)),
          exceptions_(abi::__cxa_get_globals()),
          untold_(told == nullptr ? ranks : 0),
          told_(told == nullptr ? &untold_ : told)
    {
    }

    [[nodiscard]] supervise::worker_slot& told() noexcept { return *told_; }

    // Boost keeps this object until the thread ends, and asks it for fibers even then.
    void retire() noexcept
    {
        told_ = &untold_;
        poll_ = [](clock::time_point) { return clock::time_point::max(); };
    }

    void expect(std::size_t rank) noexcept { expected_ = rank; }

    void awakened(context* ctx) noexcept override
    {
        if (ctx->is_context(boost::fibers::type::dispatcher_context))
            dispatcher_ = ctx;
        else if (ctx->is_context(boost::fibers::type::main_context))
            main_ = ctx;
        else
        {
            contexts_[expected_] = ctx; // a new fiber; all others are woken by rank
            ready_.insert(expected_);
        }
    }

    context* pick_next() noexcept override
    {
        if (++picks_ >= picks_between_polls)
            poll_if_due(clock::now());
        const std::size_t rank = next_rank();
        // A fiber that the poll has just woken while it suspends cannot resume itself: Boost's
        // dispatcher, which is ready whenever a fiber runs, does it.
        if (main_ != nullptr || rank == rank_set::none || rank == running_)
        {
            running_ = rank_set::none;
            told_->rest();
            return std::exchange(main_ != nullptr ? main_ : dispatcher_, nullptr);
        }
        ready_.erase(rank);
        running_ = rank;
        told_->run(rank);
        return contexts_[rank];
    }

    [[nodiscard]] bool has_ready_fibers() const noexcept override
    {
        return main_ != nullptr || ready_.highest() != rank_set::none;
    }

    // Called by Boost's dispatcher when nothing is ready.
    void suspend_until(const clock::time_point& until) noexcept override
    {
        const clock::time_point due = std::min(poll(clock::now()), until);
        if (has_ready_fibers())
            return;
        wake_.wait_until(due);
        poll(clock::now());
    }

    void notify() noexcept override { wake_.notify(); }

    void wake(std::size_t rank) noexcept
    {
        if (contexts_[rank] != nullptr)
            ready_.insert(rank);
    }

    // The fiber of this rank is about to end: a late wake must not resume it.
    void end(std::size_t rank) noexcept
    {
        contexts_[rank] = nullptr;
        ready_.erase(rank);
    }

    // A wake that came while the fiber ran ends its next suspension at once.
    [[nodiscard]] bool take_own_wake() noexcept
    {
        if (running_ == rank_set::none || !ready_.contains(running_))
            return false;
        ready_.erase(running_);
        return true;
    }

    [[nodiscard]] bool should_yield() noexcept
    {
        told_->beat();
        if (++unclocked_ >= yields_a_look_ || picks_ >= picks_between_polls)
            poll_if_due(look_at_clock());
        const std::size_t highest = ready_.highest();
        return main_ != nullptr ||
               (highest != rank_set::none && (is_turn_due_ || highest > running_));
    }

    // As Boost's context::suspend() does, which comes here by two calls into its library.
    void suspend()
    {
        own_exceptions keep(exceptions_);
        pick_next()->resume();
    }

    void suspend_ready()
    {
        ready_.insert(running_);
        suspend();
    }

private:
    // After each poll a rank gets its turn, from the highest down: those that always have work
    // would keep lower ones from running.
    std::size_t next_rank() noexcept
    {
        if (!std::exchange(is_turn_due_, false))
            return ready_.highest();
        std::size_t rank = ready_.highest_below(last_turn_);
        if (rank == rank_set::none)
            rank = ready_.highest();
        if (rank != rank_set::none)
            last_turn_ = rank;
        return rank;
    }

    clock::time_point poll(clock::time_point now) noexcept
    {
        picks_ = 0;
        last_poll_ = now;
        is_turn_due_ = true;
        return poll_(now);
    }

    // A look costs as much as a hop, so those who yield often do so together for one.
    clock::time_point look_at_clock() noexcept
    {
        const clock::time_point now = clock::now();
        const auto apart = (now - last_look_) / std::exchange(unclocked_, 0U);
        yields_a_look_ = static_cast<unsigned>(std::clamp<std::int64_t>(
            time_between_looks / std::max(apart, clock::duration(1)), 1, most_yields_a_look));
        last_look_ = now;
        return now;
    }

    void poll_if_due(clock::time_point now) noexcept
    {
        if (picks_ >= picks_between_polls || now - last_poll_ >= time_between_polls)
            poll(now);
    }

    rank_set ready_;
    std::vector<context*> contexts_;
    poll_function poll_;
    abi::__cxa_eh_globals* const exceptions_; // the thread's
    supervise::worker_slot untold_;
    supervise::worker_slot* told_;
    context* main_ = nullptr;
    context* dispatcher_ = nullptr;
    std::size_t expected_ = 0;
    std::size_t running_ = rank_set::none;
    std::size_t last_turn_ = 0;
    bool is_turn_due_ = false;
    unsigned picks_ = 0;
    clock::time_point last_poll_{};
    clock::time_point last_look_{};
    unsigned unclocked_ = 0; // yields since
    unsigned yields_a_look_ = 1;

    wake_signal wake_;
};

struct fibers
{
    std::vector<boost::fibers::fiber> list;
};

scheduler::scheduler(std::size_t ranks, poll_function poll, supervise::worker_slot* told)
    : fibers_(std::make_unique<fibers>()), algorithm_(nullptr)
{
    auto owned = boost::intrusive_ptr<algorithm>(new algorithm(ranks, std::move(poll), told));
    algorithm_ = owned.get();
    context::active()->get_scheduler()->set_algo(owned);
}

scheduler::~scheduler()
{
    algorithm_->retire();
}

void scheduler::spawn(std::size_t rank, std::size_t stack_bytes, std::function<void()> body)
{
    algorithm_->expect(rank);
    fibers_->list.emplace_back(boost::fibers::launch::post, std::allocator_arg,
                               noted_stack(stack_bytes, algorithm_->told().record(rank)),
                               [this, rank, body = std::move(body)]
                               {
                                   body();
                                   algorithm_->end(rank);
                               });
}

void scheduler::join()
{
    for (boost::fibers::fiber& each : fibers_->list)
        each.join();
    fibers_->list.clear();
}

void scheduler::suspend()
{
    if (!algorithm_->take_own_wake())
        algorithm_->suspend();
}

void scheduler::wake(std::size_t rank) noexcept
{
    algorithm_->wake(rank);
}

bool scheduler::yield()
{
    if (!algorithm_->should_yield())
        return false;
    algorithm_->suspend_ready();
    return true;
}

void scheduler::notify() noexcept
{
    algorithm_->notify();
}

} // namespace penstock::host
