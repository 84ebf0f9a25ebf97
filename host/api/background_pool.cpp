// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/background_pool.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/thread_pool.hpp>

#include <utility>

namespace penstock::host::api
{

background_pool::background_pool(std::size_t threads, std::size_t most,
                                 std::function<void(std::string_view)> report)
    : most_(most),
      report_(std::move(report)),
      threads_(std::make_unique<boost::asio::thread_pool>(threads))
{
}

background_pool::~background_pool()
{
    {
        const std::lock_guard lock(mutex_);
        has_ended_ = true;
    }
    threads_->stop();
    threads_->join();
}

bool background_pool::take(std::function<void()> job)
{
    if (waiting_.fetch_add(1) >= most_)
    {
        waiting_.fetch_sub(1);
        return false;
    }
    boost::asio::post(*threads_,
                      [this, job = std::move(job)]
                      {
                          waiting_.fetch_sub(1);
                          run(job);
                      });
    return true;
}

void background_pool::run(const std::function<void()>& job)
{
    {
        const std::lock_guard lock(mutex_);
        if (has_ended_)
            return;
        ++in_hand_;
    }
    job();
    const std::lock_guard lock(mutex_);
    --in_hand_;
    idle_.notify_all();
}

bool background_pool::end(std::chrono::steady_clock::time_point deadline)
{
    std::unique_lock lock(mutex_);
    has_ended_ = true;
    return idle_.wait_until(lock, deadline, [this] { return in_hand_ == 0; });
}

void background_pool::report(std::string_view text) const
{
    if (report_)
        report_(text);
}

} // namespace penstock::host::api
