// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "replay.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <ctime>
#include <system_error>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace penstock::bench
{

namespace
{

constexpr double pause_after_refusal = 0.02;
constexpr double longest_wait = 0.005; // pauses end at most so late

double seconds_now()
{
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

int checked(int result, const char* what)
{
    if (result < 0)
        throw std::system_error(errno, std::generic_category(), what);
    return result;
}

} // namespace

replay::replay(const order& what, const std::vector<request>& requests)
    : what_(what),
      requests_(requests),
      poll_(checked(epoll_create1(EPOLL_CLOEXEC), "epoll")),
      idle_(what.connections),
      connections_(what.connections)
{
    found_.answer_times.reserve(requests.size());
    if (!what.accepted.empty())
        list_.open(what.accepted);
}

replay::~replay()
{
    for (connection& each : connections_)
        close(each);
    ::close(poll_);
}

outcome replay::run()
{
    begin_ = seconds_now();
    double now = begin_;
    start_idle(now);
    while (done_ < requests_.size() && now - begin_ < what_.seconds)
    {
        const int count = wait_for_events();
        for (int i = 0; i < count; ++i)
            serve(connections_[ready_[static_cast<std::size_t>(i)]]);
        now = seconds_now();
        start_idle(now);
    }
    found_.seconds = now - begin_;
    return std::move(found_);
}

double replay::due(std::size_t number) const
{
    return what_.rate <= 0 ? begin_
                           : begin_ + static_cast<double>(number * what_.batch) / what_.rate;
}

int replay::wait_for_events()
{
    std::array<epoll_event, 256> events;
    double wait = longest_wait;
    if (what_.rate > 0 && next_ < requests_.size())
        wait = std::clamp(due(next_) - seconds_now(), 0.0, longest_wait);
    const timespec most{0, static_cast<long>(wait * 1e9)};
    const int count = epoll_pwait2(poll_, events.data(), events.size(), &most, nullptr);
    ready_.clear();
    for (int i = 0; i < count; ++i)
        ready_.push_back(events[static_cast<std::size_t>(i)].data.u32);
    return count;
}

// Idle connections take what is due; found by turns, so that all of them are used.
void replay::start_idle(double now)
{
    for (std::size_t i = 0; i < connections_.size() && idle_ > 0; ++i)
    {
        if (again_.empty() && (next_ == requests_.size() || due(next_) > now))
            return;
        turn_ = (turn_ + 1) % connections_.size();
        connection& each = connections_[turn_];
        if (each.sends == nullptr && take_next(each, now))
            send(each);
    }
}

bool replay::take_next(connection& of, double now)
{
    if (now < of.pauses_until)
        return false;
    of.since = now;
    if (!again_.empty())
    {
        of.sends = again_.front();
        again_.pop_front();
    }
    else if (next_ < requests_.size() && due(next_) <= now)
    {
        if (what_.rate > 0)
            of.since = due(next_);
        of.sends = &requests_[next_++];
    }
    else
        return false;
    --idle_;
    of.sent = 0;
    of.received.clear();
    return true;
}

void replay::send(connection& of)
{
    if (of.socket < 0)
        open(of);
    const std::string& text = of.sends->text;
    while (of.sent < text.size())
    {
        const ssize_t some =
            ::send(of.socket, text.data() + of.sent, text.size() - of.sent, MSG_NOSIGNAL);
        if (some < 0)
            return; // it goes on, or the end is heard of, with the next event
        of.sent += static_cast<std::size_t>(some);
    }
}

void replay::open(connection& of)
{
    of.socket = checked(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0), "socket");
    const int yes = 1;
    ::setsockopt(of.socket, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    sockaddr_in to{};
    to.sin_family = AF_INET;
    to.sin_port = htons(what_.port);
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    ::connect(of.socket, reinterpret_cast<const sockaddr*>(&to), sizeof to);
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT | EPOLLET;
    event.data.u32 = static_cast<std::uint32_t>(&of - connections_.data());
    checked(epoll_ctl(poll_, EPOLL_CTL_ADD, of.socket, &event), "epoll");
}

void replay::close(connection& of)
{
    if (of.socket >= 0)
        ::close(of.socket);
    of.socket = -1;
}

void replay::serve(connection& of)
{
    if (of.socket < 0)
        return;
    const bool ended = receive(of);
    bool closes = ended;
    if (of.sends != nullptr)
        if (const auto whole = take_answer(of.received, ended))
        {
            closes = closes || whole->closes;
            finish(of, *whole);
        }
    if (closes)
    {
        close(of);
        if (of.sends != nullptr)
        {
            ++found_.resets;
            refuse(of);
        }
    }
    if (of.sends != nullptr || take_next(of, seconds_now()))
        send(of);
}

// Takes what there is; returns whether the connection has ended.
bool replay::receive(connection& of)
{
    std::array<char, 65536> part;
    for (;;)
    {
        const ssize_t some = ::recv(of.socket, part.data(), part.size(), 0);
        if (some > 0)
            of.received.append(part.data(), static_cast<std::size_t>(some));
        else
            return some == 0 || (errno != EAGAIN && errno != EINTR);
        if (some < static_cast<ssize_t>(part.size()))
            return false;
    }
}

void replay::finish(connection& of, answer with)
{
    ++found_.statuses[with.status];
    if (with.status / 100 != 2)
        return refuse(of);
    const double now = seconds_now();
    found_.answer_times.push_back(now - of.since);
    found_.seconds_to_last_accept = now - begin_;
    found_.accepted += of.sends->count;
    if (list_.is_open())
        list_ << of.sends->first << ' ' << of.sends->count << '\n';
    of.sends = nullptr;
    ++idle_;
    ++done_;
}

void replay::refuse(connection& of)
{
    if (what_.retry)
    {
        ++found_.retries;
        again_.push_back(of.sends);
        of.pauses_until = seconds_now() + pause_after_refusal;
    }
    else
    {
        found_.failed += of.sends->count;
        ++done_;
    }
    of.sends = nullptr;
    ++idle_;
}

} // namespace penstock::bench
