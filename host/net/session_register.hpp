// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

// For server.cpp and session_register.cpp only: Asio is heavy to compile.

#include "limits.hpp"

#include <boost/asio/ip/address.hpp>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_set>

namespace penstock::host::http
{

class session;

/// The open connections, which can be counted, drained and cut off here. [any thread]
class session_register
{
public:
    void add(std::shared_ptr<session> opened, const boost::asio::ip::address& from);
    void remove(const std::shared_ptr<session>& closed, const boost::asio::ip::address& from);

    [[nodiscard]] bool has_room(const boost::asio::ip::address& from, const limits& bounds) const;
    [[nodiscard]] std::size_t size() const;

    void drain_all() const;
    void conclude_all() const;
    void abort_all() const;

    /// Returns whether all had gone by the deadline.
    [[nodiscard]] bool wait_until_empty(std::chrono::steady_clock::time_point deadline);

private:
    mutable std::mutex mutex_;
    std::condition_variable none_left_;
    std::unordered_set<std::shared_ptr<session>> open_;
    std::map<std::string, std::size_t> per_network_; ///< see network_of()
};

} // namespace penstock::host::http
