// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/background_pool.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include <atomic>
#include <utility>

namespace penstock::host::api
{

namespace asio = boost::asio;

// A job until it is begun or has waited too long; either of the two happens, once.
struct background_pool::waiting_job
{
    waiting_job(asio::thread_pool& clock, std::function<void()> what, std::function<void()> if_late)
        : job(std::move(what)), late(std::move(if_late)), timer(clock)
    {
    }

    [[nodiscard]] bool take() noexcept { return !is_taken.exchange(true); }

    std::function<void()> job;
    std::function<void()> late;
    asio::steady_timer timer; // used by the clock's only thread
    std::atomic<bool> is_taken{false};
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
    static_cast<void>(end(std::chrono::steady_clock::now()));
    threads_->stop();
    clock_->stop();
    threads_->join();
    clock_->join();
}

bool background_pool::take(std::function<void()> job, std::function<void()> late)
{
    {
        const std::lock_guard lock(mutex_);
        if (has_ended_ || waiting_ >= options_.most + options_.threads - in_hand_)
            return false;
        ++waiting_;
    }
    auto next = std::make_shared<waiting_job>(*clock_, std::move(job), std::move(late));
    asio::post(*clock_, [this, next] { watch(next, options_.patience); });
    asio::post(*threads_, [this, next] { begin(next); });
    return true;
}

void background_pool::begin(const std::shared_ptr<waiting_job>& next)
{
    if (!next->take())
        return;
    {
        const std::lock_guard lock(mutex_);
        --waiting_;
        if (has_ended_)
            return;
        ++in_hand_;
    }
    asio::post(*clock_, [next] { next->timer.cancel(); });
    std::exchange(next->job, {})();
    const std::lock_guard lock(mutex_);
    --in_hand_;
    idle_.notify_all();
}

// Of what comes first, a thread that is free is about to begin it.
void background_pool::watch(const std::shared_ptr<waiting_job>& next,
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
                if (in_hand_ < options_.threads)
                    return watch(next, soon);
                if (!next->take())
                    return;
                --waiting_;
            }
            if (next->late)
                next->late();
        });
}

bool background_pool::end(std::chrono::steady_clock::time_point deadline)
{
    std::unique_lock lock(mutex_);
    has_ended_ = true;
    return idle_.wait_until(lock, deadline, [this] { return in_hand_ == 0; });
}

void background_pool::report(std::string_view text) const
{
    if (options_.report)
        options_.report(text);
}

} // namespace penstock::host::api
