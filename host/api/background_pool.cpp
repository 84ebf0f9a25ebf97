// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/background_pool.hpp"

#include "host/base/quantity.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include <atomic>
#include <utility>

namespace penstock::host::api
{

namespace asio = boost::asio;

// A job until it is begun or has waited too long, either of which happens once, and then until it
// has ended.
struct background_pool::taken_job
{
    taken_job(asio::thread_pool& clock, background_job of) : what(std::move(of)), timer(clock) {}

    [[nodiscard]] bool take() noexcept { return !is_taken.exchange(true); }

    background_job what;
    asio::steady_timer timer; // used by the clock's only thread
    std::atomic<bool> is_taken{false};
    std::chrono::system_clock::time_point begun{}; // set before the clock looks at it
    bool is_over = false;                          // guarded by the pool
};

background_pool::background_pool(pool_options options)
    : options_(std::move(options)),
      clock_(std::make_unique<asio::thread_pool>(1)),
      threads_(std::make_unique<asio::thread_pool>(options_.threads))
{
    const asio::steady_timer first(*clock_); // opens the descriptors of its timers
}

background_pool::~background_pool()
{
    static_cast<void>(close());
    threads_->stop();
    clock_->stop();
    threads_->join();
    clock_->join();
}

bool background_pool::take(background_job job)
{
    auto next = std::make_shared<taken_job>(*clock_, std::move(job));
    {
        const std::lock_guard lock(mutex_);
        if (has_ended_ || waiting_.size() >= options_.most + options_.threads - in_hand_.size())
            return false;
        waiting_.insert(next);
    }
    asio::post(*clock_, [this, next] { watch(next, options_.patience); });
    asio::post(*threads_, [this, next] { begin(next); });
    return true;
}

void background_pool::begin(const std::shared_ptr<taken_job>& next)
{
    {
        const std::lock_guard lock(mutex_);
        if (has_ended_ || !next->take())
            return;
        waiting_.erase(next);
        in_hand_.insert(next);
    }
    next->begun = std::chrono::system_clock::now();
    asio::post(*clock_, [this, next] { watch_in_hand(next); });
    std::exchange(next->what.run, {})();
    ended(next);
}

void background_pool::ended(const std::shared_ptr<taken_job>& which)
{
    bool was_overdue = false;
    {
        const std::lock_guard lock(mutex_);
        in_hand_.erase(which);
        which->is_over = true;
        was_overdue = overdue_.erase(which.get()) != 0;
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
            if (next->is_taken)
                return;
            {
                const std::lock_guard lock(mutex_);
                if (has_ended_)
                    return;
                if (in_hand_.size() < options_.threads)
                    return watch(next, soon);
                if (!next->take())
                    return;
                waiting_.erase(next);
            }
            if (next->what.refuse)
                next->what.refuse(
                    "the request has waited too long for others that block the host's threads");
        });
}

// Takes over the timer by which the job has waited.
void background_pool::watch_in_hand(const std::shared_ptr<taken_job>& which)
{
    which->timer.expires_after(options_.longest);
    which->timer.async_wait(
        [this, which](const boost::system::error_code& cancelled)
        {
            if (cancelled)
                return;
            {
                const std::lock_guard lock(mutex_);
                if (which->is_over)
                    return;
                overdue_.emplace(which.get(), overdue_job{which->what.name, which->begun});
            }
            const std::string bound = write_duration(options_.longest);
            warn(which->what.name + " has not ended within " + bound +
                 ", and keeps a thread until it does");
            if (which->what.refuse)
                which->what.refuse("the work for this request has not ended within " + bound +
                                   "; whether it will is not known, and /readyz names it until "
                                   "then");
        });
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
std::set<std::shared_ptr<background_pool::taken_job>> background_pool::close()
{
    const std::lock_guard lock(mutex_);
    has_ended_ = true;
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
