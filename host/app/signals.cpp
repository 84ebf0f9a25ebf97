// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/app/signals.hpp"

#include <cerrno>
#include <ctime>
#include <future>
#include <thread>
#include <utility>

#include <unistd.h>

namespace penstock::host
{

namespace
{

// A signal cannot be waited for together with a thread's end: we look for both in turn.
constexpr std::chrono::milliseconds between_looks{20};
constexpr std::chrono::milliseconds moment{300};

constexpr int signal_to_recover = SIGUSR1;

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

signals::signals(bool twice) : twice_(twice)
{
    ::sigemptyset(&set_);
    for (const int each : {SIGTERM, SIGINT, SIGHUP, signal_to_recover})
        ::sigaddset(&set_, each);
    ::pthread_sigmask(SIG_BLOCK, &set_, nullptr);
}

void signals::recover()
{
    ::kill(::getpid(), signal_to_recover);
}

instruction signals::wait()
{
    while (true)
    {
        const int signal = ::sigwaitinfo(&set_, nullptr);
        if (signal > 0 && !is_echo(instruction_of(signal)))
            return instruction_of(signal);
    }
}

std::optional<instruction> signals::wait_for(std::chrono::milliseconds time)
{
    const std::timespec patience{.tv_sec = 0, .tv_nsec = time.count() * 1'000'000};
    const int signal = ::sigtimedwait(&set_, nullptr, &patience);
    if (signal > 0 && !is_echo(instruction_of(signal)))
        return instruction_of(signal);
    return std::nullopt;
}

bool signals::is_echo(instruction heard)
{
    if (!twice_ || heard != instruction::stop)
        return false;
    const auto now = std::chrono::steady_clock::now();
    if (stopped_at_ && now - *stopped_at_ < moment)
        return true;
    stopped_at_ = now;
    return false;
}

bool signals::work(const std::function<void()>& work, int patience)
{
    std::packaged_task<void()> task(work);
    std::future<void> ended = task.get_future();
    std::thread worker(std::move(task));
    int stops = 0;
    bool wants_reload = false;
    bool wants_recovery = false;
    while (ended.wait_for(std::chrono::seconds(0)) != std::future_status::ready)
    {
        const std::optional<instruction> heard = wait_for(between_looks);
        wants_reload |= heard == instruction::reload;
        wants_recovery |= heard == instruction::recover;
        stops += heard == instruction::stop ? 1 : 0;
        if (stops == patience)
        {
            worker.detach();
            return false;
        }
    }
    worker.join();
    if (wants_reload)
        ::kill(::getpid(), SIGHUP); // held back, so it waits there
    if (wants_recovery)
        recover();
    if (stops > 0)
    {
        stopped_at_.reset();
        ::kill(::getpid(), SIGTERM);
    }
    ended.get();
    return true;
}

} // namespace penstock::host
