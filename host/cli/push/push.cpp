// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/push/push.hpp"

#include "host/base/printable.hpp"

#include <condition_variable>
#include <iostream>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

#include <sys/ioctl.h>
#include <unistd.h>

namespace penstock::host::cli
{

namespace
{

constexpr std::chrono::milliseconds between_pictures{100};
constexpr std::chrono::milliseconds long_wait{2000};

std::size_t terminal_columns()
{
    winsize size{};
    if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col < 2)
        return 79;
    return size.ws_col - 1U;
}

/// Sends with several threads and shows how far they are.
class pushing
{
public:
    pushing(parcel_source& source, const delivery& to) : source_(source), to_(to) {}

    push_result run(std::size_t connections)
    {
        const auto start = std::chrono::steady_clock::now();
        working_ = connections;
        std::vector<std::jthread> threads;
        for (std::size_t i = 0; i < connections; ++i)
            threads.emplace_back([this] { send_all(); });
        const bool is_shown = ::isatty(STDERR_FILENO) == 1;
        std::unique_lock lock(mutex_);
        while (!ended_.wait_for(lock, between_pictures, [this] { return working_ == 0; }))
            if (is_shown)
                draw(std::chrono::steady_clock::now() - start);
            else
                tell_long_wait();
        if (is_shown)
            draw(std::chrono::steady_clock::now() - start);
        if (is_shown)
            std::cerr << '\n';
        return {counts_, std::chrono::steady_clock::now() - start};
    }

private:
    void send_all()
    {
        sender each(to_, stopping_.get_token(),
                    [this](const std::string& why)
                    {
                        const std::lock_guard lock(mutex_);
                        waiting_for_ = printable(why);
                    });
        while (!stopping_.stop_requested())
        {
            const std::optional<parcel> next = source_.next();
            if (!next)
                break;
            const outcome result = each.send(*next);
            const std::lock_guard lock(mutex_);
            counts_.add(*next, result);
            if (result.is == outcome::kind::lost)
            {
                stopping_.request_stop(); // the rest would be lost too
                source_.stop();
            }
        }
        const std::lock_guard lock(mutex_);
        --working_;
        ended_.notify_all();
    }

    /// Where nobody sees a picture: why nothing moves, once.
    void tell_long_wait()
    {
        waited_ = waiting_for_.empty() ? std::chrono::milliseconds(0) : waited_ + between_pictures;
        if (waited_ < long_wait || std::exchange(has_told_, true))
            return;
        std::cerr << "waiting: " + waiting_for_ + "\n";
    }

    void draw(std::chrono::duration<double> time) const
    {
        const std::string line =
            progress_line(counts_, time, source_.total(), waiting_for_, terminal_columns());
        std::cerr << "\r" + line + "\x1b[K";
    }

    parcel_source& source_;
    const delivery& to_;
    std::stop_source stopping_;
    std::mutex mutex_;
    std::condition_variable ended_;
    std::size_t working_ = 0;
    tally counts_;
    std::string waiting_for_;
    std::chrono::milliseconds waited_{0};
    bool has_told_ = false;
};

} // namespace

push_result push(parcel_source& source, const delivery& to, std::size_t connections)
{
    return pushing(source, to).run(connections);
}

} // namespace penstock::host::cli
