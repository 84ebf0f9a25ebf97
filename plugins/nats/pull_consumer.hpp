// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "connection.hpp"
#include "received_message.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace nats_package
{

/// How a consumer reads; what is said beside the names is for one that is made.
struct consumer_settings
{
    std::string stream;
    std::string name;
    std::string subject; ///< of messages to read; empty: all
    bool begins_at_end = false;
    std::chrono::milliseconds ack_wait;
    std::chrono::milliseconds time; ///< that asking may take
};

/// A durable consumer of a stream, which is asked for messages. All calls block, and throw
/// nats_error. [one thread at a time, unless said otherwise]
class pull_consumer
{
public:
    /// Makes the consumer, unless it is there, and subscribes to what it will be asked for.
    pull_consumer(std::unique_ptr<connection> with, consumer_settings how);
    ~pull_consumer();
    pull_consumer(const pull_consumer&) = delete;
    pull_consumer& operator=(const pull_consumer&) = delete;

    /// Takes messages, at most so many; waits until there is one, for a time at most.
    [[nodiscard]] std::vector<received_message> take(std::size_t most,
                                                     std::chrono::milliseconds time);

    /// Acknowledges messages by their handles; returns when the server has done it.
    void acknowledge(const std::vector<std::string>& handles);

    /// Has the server give messages out again at once, by their handles. Blocks for half a second at
    /// most.
    void give_back(const std::vector<std::string>& handles) noexcept;

    /// Gives a sign of life of messages, by their handles, and any connection. Blocks until the
    /// server has read it. Throws nats_error. [any thread]
    static void keep(const connection& by, const std::vector<std::string>& handles);

    /// How long the consumer gives no sign of a message, until it is given out again.
    [[nodiscard]] std::chrono::milliseconds ack_wait() const noexcept { return ack_wait_; }

    /// HOST:PORT of the server.
    [[nodiscard]] const std::string& name() const noexcept { return connection_->name(); }

private:
    void make();
    void subscribe();
    [[nodiscard]] bool look();
    void ask(std::size_t most, std::chrono::milliseconds time, bool waits);
    void read(std::vector<received_message>& into, std::size_t most,
              std::chrono::milliseconds time);

    std::unique_ptr<connection> connection_;
    const consumer_settings how_;
    jetstream_handle jetstream_;
    std::chrono::milliseconds ack_wait_{0};
    const std::string inbox_;   // with a dot behind it
    std::uint64_t request_ = 0; // the number of the last
    subscription_handle subscription_;
};

} // namespace nats_package
