// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

// For server.cpp only: Asio is heavy to compile.

#include "asio_types.hpp"
#include "handler.hpp"

#include <boost/asio/executor_work_guard.hpp>

#include <atomic>
#include <cstddef>
#include <thread>

namespace penstock::host::http
{

/// One thread of a server, and the connections that it serves. Nothing else runs there, so what
/// belongs to a connection needs no lock, and Asio no strand. Its thread runs until finish() and
/// the last event, or stop().
class event_loop
{
public:
    event_loop() = default;

    /// Waits for the thread.
    ~event_loop() = default;
    event_loop(const event_loop&) = delete;
    event_loop& operator=(const event_loop&) = delete;

    /// Starts the thread, once. The handler outlives this object.
    void start(handler& routes);

    [[nodiscard]] io_executor get_executor() noexcept { return context_.get_executor(); }
    [[nodiscard]] boost::asio::io_context& context() noexcept { return context_; }

    /// Ends the thread when there is nothing left to wait for. [any thread]
    void finish() noexcept { work_.reset(); }

    /// Ends the thread after the event at hand. [any thread]
    void stop() noexcept { context_.stop(); }

    /// Waits for the thread, which has been told to end. Not from itself.
    void join();

    /// How many connections it has; counted by the server.
    std::atomic<std::size_t> connections = 0;

private:
    boost::asio::io_context context_{1};
    boost::asio::executor_work_guard<io_executor> work_{context_.get_executor()};
    std::jthread thread_;
};

} // namespace penstock::host::http
