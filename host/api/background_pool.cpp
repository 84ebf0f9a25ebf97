// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/background_pool.hpp"

#include "host/base/quantity.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include <iterator>
#include <system_error>
#include <utility>

namespace penstock::host::api
{

namespace asio = boost::asio;

// A job until it is begun or has waited too long, either of which happens once, and then until it
// has ended.
struct background_pool::taken_job
{
    taken_job(asio::thread_pool& clock, background_job of) : what(std::move(of)), timer(clock) {}

    background_job what;
    asio::steady_timer timer; // used by the clock's only thread
    const std::chrono::steady_clock::time_point taken = std::chrono::steady_clock::now();
    std::chrono::system_clock::time_point begun{};
    bool is_taken = false; // these three are guarded by the pool
    bool is_over = false;
};

background_pool::background_pool(pool_options options)
    : options_(std::move(options)), clock_(std::make_unique<asio::thread_pool>(1))
{
    const asio::steady_timer first(*clock_); // opens the descriptors of its timers
    const std::lock_guard lock(mutex_);
    while (able_ < options_.threads)
        add_worker();
}

background_pool::~background_pool()
{
    static_cast<void>(close());
    clock_->stop();
    clock_->join(); // so that nothing more is replaced
    for (worker& each : workers_)
        each.thread.join();
}

// Under the lock.
void background_pool::add_worker()
{
    worker& made = workers_.emplace_back();
    try
    {
        made.thread = std::thread([this, &made] { work(made); });
    }
    catch (...)
    {
        workers_.pop_back();
        throw;
    }
    ++able_;
}

bool background_pool::take(background_job job)
{
    auto next = std::make_shared<taken_job>(*clock_, std::move(job));
    {
        const std::lock_guard lock(mutex_);
        if (has_ended_ || waiting_.size() >= options_.most + able_ - busy())
            return false;
        asio::post(*clock_, [this, next] { watch(next, options_.patience); }); // before it is begun
        waiting_.push_back(next);
    }
    work_.notify_one();
    return true;
}

void background_pool::work(worker& self)
{
    std::unique_lock lock(mutex_);
    while (!self.is_spare)
    {
        work_.wait(lock, [this] { return has_ended_ || !waiting_.empty(); });
        if (has_ended_)
            return;
        const std::shared_ptr<taken_job> next = std::move(waiting_.front());
        waiting_.pop_front();
        next->is_taken = true;
        next->begun = std::chrono::system_clock::now();
        in_hand_.insert(next);
        lock.unlock();
        run(next);
        ended(next, self);
        lock.lock();
    }
    self.has_left = true;
}

void background_pool::run(const std::shared_ptr<taken_job>& next)
{
    asio::post(*clock_, [this, next] { watch_in_hand(next); });
    std::exchange(next->what.run, {})();
}

void background_pool::ended(const std::shared_ptr<taken_job>& which, worker& self)
{
    bool was_overdue = false;
    {
        const std::lock_guard lock(mutex_);
        in_hand_.erase(which);
        which->is_over = true;
        if (const auto late = overdue_.extract(which.get()); !late.empty())
        {
            was_overdue = true;
            self.is_spare = able_ == options_.threads;
            if (self.is_spare)
                --replacements_;
            else
                ++able_;
        }
        idle_.notify_all();
    }
    asio::post(*clock_, [which] { which->timer.cancel(); }); // which lets go of the job
    if (was_overdue)
        warn(which->what.name + " has ended after all");
}

// Of what comes first, a thread that is free is about to begin it.
void background_pool::watch(const std::shared_ptr<taken_job>& next,
                            std::chrono::milliseconds patience)
{
    constexpr std::chrono::milliseconds soon{10};
    next->timer.expires_after(patience);
    next->timer.async_wait(
        [this, next](const boost::system::error_code&)
        {
            {
                const std::lock_guard lock(mutex_);
                if (next->is_taken || has_ended_)
                    return;
                if (busy() < able_)
                    return watch(next, soon);
                next->is_taken = true;
                std::erase(waiting_, next);
            }
            if (next->what.refuse)
                next->what.refuse(
                    "the request has waited too long for others that block the host's threads");
        });
}

// Takes over the timer by which the job has waited.
void background_pool::watch_in_hand(const std::shared_ptr<taken_job>& which)
{
    which->timer.expires_at(
        (options_.counts_waiting ? which->taken : std::chrono::steady_clock::now()) +
        options_.longest);
    which->timer.async_wait(
        [this, which](const boost::system::error_code& cancelled)
        {
            if (cancelled)
                return;
            const std::optional<overdue_job> late = note_late(which);
            if (!late)
                return;
            const std::string bound = write_duration(options_.longest);
            warn(late->name + " has not ended within " + bound + std::string(late->consequence()));
            if (which->what.refuse)
                which->what.refuse("the work for this request has not ended within " + bound +
                                   "; whether it will is not known, and /readyz names it until "
                                   "then");
        });
}

// Notes a job as overdue, unless it has ended in time after all.
std::optional<overdue_job> background_pool::note_late(const std::shared_ptr<taken_job>& which)
{
    const std::lock_guard lock(mutex_);
    if (which->is_over)
        return std::nullopt;
    --able_;
    const overdue_job late{which->what.name, which->begun, replace()};
    overdue_.emplace(which.get(), late);
    return late;
}

// Has a new thread take the place of one whose job is overdue; returns whether it does. Under the
// lock.
bool background_pool::replace()
{
    if (has_ended_ || replacements_ == options_.replacements)
        return false;
    for (auto each = workers_.begin(); each != workers_.end();)
    {
        const auto next = std::next(each);
        if (each->has_left)
        {
            each->thread.join();
            workers_.erase(each);
        }
        each = next;
    }
    try
    {
        add_worker();
    }
    catch (const std::system_error&) // of a machine that has no more threads
    {
        return false;
    }
    ++replacements_;
    return true;
}

std::vector<overdue_job> background_pool::overdue() const
{
    const std::lock_guard lock(mutex_);
    std::vector<overdue_job> all;
    for (const auto& [which, job] : overdue_)
        all.push_back(job);
    return all;
}

// Returns the jobs that have waited until now; nobody else takes them.
std::deque<std::shared_ptr<background_pool::taken_job>> background_pool::close()
{
    const std::lock_guard lock(mutex_);
    has_ended_ = true;
    work_.notify_all();
    return std::exchange(waiting_, {});
}

bool background_pool::end(std::chrono::steady_clock::time_point deadline)
{
    for (const std::shared_ptr<taken_job>& each : close())
    {
        if (each->what.refuse)
            each->what.refuse("the host is stopping, and has not begun the work for this request");
        asio::post(*clock_, [each] { each->timer.cancel(); }); // which lets go of the job
    }
    std::unique_lock lock(mutex_);
    return idle_.wait_until(lock, deadline, [this] { return in_hand_.empty(); });
}

void background_pool::leave_behind(std::string_view why)
{
    std::set<std::shared_ptr<taken_job>> left;
    {
        const std::lock_guard lock(mutex_);
        left = in_hand_;
    }
    for (const std::shared_ptr<taken_job>& each : left)
        if (each->what.refuse)
            each->what.refuse(why);
}

void background_pool::report(std::string_view text) const
{
    if (options_.report)
        options_.report(text);
}

void background_pool::warn(const std::string& text) const
{
    if (options_.warn)
        options_.warn(text);
}

} // namespace penstock::host::api
