// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/app/signals.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>

#include <algorithm>
#include <chrono>
#include <deque>
#include <future>
#include <optional>
#include <thread>
#include <utility>

#include <signal.h>
#include <unistd.h>

namespace penstock::host
{

namespace
{

namespace asio = boost::asio;

constexpr std::chrono::milliseconds moment{300};

constexpr int signal_to_recover = SIGUSR1;
constexpr int instructions[] = {SIGTERM, SIGINT, SIGHUP, signal_to_recover};

instruction instruction_of(int signal)
{
    switch (signal)
    {
    case SIGHUP: return instruction::reload;
    case signal_to_recover: return instruction::recover;
    default: return instruction::stop;
    }
}

} // namespace

/// Queues the instructions. Signals are let through to the thread that waits for them, and only
/// then: a child between fork and exec would write what it gets into the pipe that Asio reads here.
class signals::listener
{
public:
    explicit listener(bool twice) : twice_(twice)
    {
        ::sigemptyset(&set_);
        for (const int each : instructions)
            ::sigaddset(&set_, each);
        ::pthread_sigmask(SIG_BLOCK, &set_, nullptr);
        for (const int each : instructions)
            caught_.add(each);
        listen();
    }

    /// Waits until an instruction has come, or somebody interrupts.
    void wait()
    {
        ::pthread_sigmask(SIG_UNBLOCK, &set_, nullptr);
        context_.run_one();
        ::pthread_sigmask(SIG_BLOCK, &set_, nullptr);
    }

    /// Ends one wait(), now or the next. [any thread]
    void interrupt()
    {
        asio::post(context_, [] {});
    }

    std::optional<instruction> take()
    {
        if (heard_.empty())
            return std::nullopt;
        const instruction next = heard_.front();
        heard_.pop_front();
        return next;
    }

    [[nodiscard]] std::ptrdiff_t stops() const
    {
        return std::ranges::count(heard_, instruction::stop);
    }

private:
    void listen()
    {
        caught_.async_wait(
            [this](boost::system::error_code error, int signal)
            {
                if (error)
                    return;
                hear(instruction_of(signal));
                listen();
            });
    }

    void hear(instruction told)
    {
        const bool counts = told == instruction::stop
                                ? !is_echo()
                                : std::ranges::find(heard_, told) == heard_.end();
        if (counts)
            heard_.push_back(told);
    }

    bool is_echo()
    {
        const auto now = std::chrono::steady_clock::now();
        if (twice_ && stopped_at_ && now - *stopped_at_ < moment)
            return true;
        stopped_at_ = now;
        return false;
    }

    const bool twice_;
    sigset_t set_;
    asio::io_context context_{1};
    asio::signal_set caught_{context_};
    std::deque<instruction> heard_;
    std::optional<std::chrono::steady_clock::time_point> stopped_at_;
};

signals::signals(bool twice) : listener_(std::make_shared<listener>(twice)) {}

signals::~signals() = default;

void signals::recover()
{
    ::kill(::getpid(), signal_to_recover);
}

instruction signals::wait()
{
    for (;;)
    {
        if (const std::optional<instruction> next = listener_->take())
            return *next;
        listener_->wait();
    }
}

bool signals::work(const std::function<void()>& work, int patience)
{
    std::packaged_task<void()> task(work);
    std::future<void> ended = task.get_future();
    std::thread working(
        [task = std::move(task), listening = listener_]() mutable
        {
            task();
            listening->interrupt();
        });
    while (ended.wait_for(std::chrono::seconds(0)) != std::future_status::ready)
    {
        if (listener_->stops() >= patience)
        {
            working.detach();
            return false;
        }
        listener_->wait();
    }
    working.join();
    ended.get();
    return true;
}

} // namespace penstock::host
