// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session.hpp"

#include <penstock/json.hpp>

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace amqp_package
{

/// A message as the broker has delivered it.
struct delivered_message
{
    std::uint64_t tag = 0;
    bool is_redelivered = false;
    std::string exchange;
    std::string routing_key;
    std::string id; ///< empty: it has none
    penstock::json::object headers;
    penstock::json::object further; ///< properties by the names of meta: `correlation_id`
    std::string type;               ///< of the content, as it was told; empty: it was not
    std::string body;
};

/// How a consumer reads.
struct consumer_settings
{
    std::string queue;
    std::string name;       ///< which the broker shows
    std::uint16_t prefetch; ///< the most messages that are not acknowledged
};

/// The consumer of a queue, on a session of its own that a thread of its own attends to: whatever
/// becomes of the messages, the broker hears signs of life. [the thread that made it]
class consumer
{
public:
    /// Begins to consume, and then the thread. Blocks as the session does. Throws broker_error.
    consumer(std::unique_ptr<session> with, consumer_settings how);
    /// Ends the session, at once: what is not acknowledged goes back to the queue.
    ~consumer();
    consumer(const consumer&) = delete;
    consumer& operator=(const consumer&) = delete;

    /// Takes messages that were delivered, at most so many; waits until there is one, for a time at
    /// most. Throws broker_error once the session is over: deliveries are void then.
    [[nodiscard]] std::vector<delivered_message> take(std::size_t most,
                                                      std::chrono::milliseconds time);

    /// Acknowledges all deliveries up to one. Never blocks. Throws broker_error as take() does.
    void acknowledge(std::uint64_t last);

    /// Waits until the broker has handled all acknowledgements, for a time at most; returns whether
    /// it has. Throws broker_error as take() does.
    [[nodiscard]] bool await_acknowledged(std::chrono::milliseconds time);

    /// HOST:PORT of the broker.
    [[nodiscard]] const std::string& name() const noexcept { return session_->name(); }

private:
    void work();
    void attend();
    [[nodiscard]] bool receive();
    void wait() const;
    void send_acknowledgements();
    void wake() const;
    void require_session() const;

    const std::unique_ptr<session> session_;
    const consumer_settings how_;
    int wake_up_ = -1; // an eventfd

    mutable std::mutex mutex_;
    std::condition_variable news_;
    std::deque<delivered_message> messages_;
    std::uint64_t delivered_ = 0;      // the last delivery tag
    std::uint64_t to_acknowledge_ = 0; // the delivery tag up to which it is to be done
    std::uint64_t acknowledged_ = 0;   // up to which the broker has handled it
    bool is_awaited_ = false;          // that the broker has handled all of them
    bool ends_ = false;
    std::optional<std::string> why_lost_;

    std::uint64_t last_sent_ = 0; // of the acknowledgements [the own thread]
    std::thread thread_;          // last: it uses the rest
};

} // namespace amqp_package
