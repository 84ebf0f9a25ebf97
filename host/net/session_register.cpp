// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "session_register.hpp"

#include "session.hpp"

#include "host/base/network.hpp"

#include <utility>

namespace penstock::host::http
{

void session_register::add(std::shared_ptr<session> opened, const boost::asio::ip::address& from)
{
    const std::lock_guard lock{mutex_};
    ++per_network_[network_of(from.to_string())];
    open_.insert(std::move(opened));
}

void session_register::remove(const std::shared_ptr<session>& closed,
                              const boost::asio::ip::address& from)
{
    const std::lock_guard lock{mutex_};
    open_.erase(closed);
    const auto counted = per_network_.find(network_of(from.to_string()));
    if (--counted->second == 0)
    {
        per_network_.erase(counted);
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
    if (bounds.connections_per_address == 0 || from.is_loopback())
    {
        return true;
    }
    const auto counted = per_network_.find(network_of(from.to_string()));
    return counted == per_network_.end() || counted->second < bounds.connections_per_address;
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

void session_register::conclude_all() const
{
    const std::lock_guard lock{mutex_};
    for (const auto& open : open_)
    {
        open->conclude();
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
