// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "session_register.hpp"

#include "session.hpp"

#include <utility>

namespace penstock::host::http
{

void session_register::add(std::shared_ptr<session> opened, const boost::asio::ip::address& from)
{
    const std::lock_guard lock{mutex_};
    ++per_address_[from];
    open_.insert(std::move(opened));
}

void session_register::remove(const std::shared_ptr<session>& closed,
                              const boost::asio::ip::address& from)
{
    const std::lock_guard lock{mutex_};
    open_.erase(closed);
    const auto counted = per_address_.find(from);
    if (--counted->second == 0)
    {
        per_address_.erase(counted);
    }
    if (open_.empty())
    {
        none_left_.notify_all();
    }
}

bool session_register::has_room(const boost::asio::ip::address& from, const limits& bounds) const
{
    const std::lock_guard lock{mutex_};
    if (bounds.connections > 0 && open_.size() >= bounds.connections)
    {
        return false;
    }
    const auto counted = per_address_.find(from);
    return bounds.connections_per_address == 0 || from.is_loopback() ||
           counted == per_address_.end() || counted->second < bounds.connections_per_address;
}

std::size_t session_register::size() const
{
    const std::lock_guard lock{mutex_};
    return open_.size();
}

void session_register::drain_all() const
{
    const std::lock_guard lock{mutex_};
    for (const auto& open : open_)
    {
        open->drain();
    }
}

void session_register::abort_all() const
{
    const std::lock_guard lock{mutex_};
    for (const auto& open : open_)
    {
        open->abort();
    }
}

bool session_register::wait_until_empty(std::chrono::steady_clock::time_point deadline)
{
    std::unique_lock lock{mutex_};
    return none_left_.wait_until(lock, deadline, [this] { return open_.empty(); });
}

} // namespace penstock::host::http
