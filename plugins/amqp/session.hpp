// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "address.hpp"
#include "broker_error.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include <amqp.h>
#include <amqp_framing.h>

namespace amqp_package
{

/// How a session connects.
struct session_settings
{
    address to;
    std::string user;
    std::string password; ///< never shown
    std::string ca_file;  ///< PEM, whom to trust; empty: as the system does
    std::chrono::milliseconds connect_time;
    std::chrono::seconds heartbeat; ///< between two signs of life; 0: none
};

/// A connection with a broker and a channel in it, on librabbitmq. [one thread at a time]
///
/// All calls but those that say otherwise block, at most for the time of `connect_time`, and belong
/// into `blocking` or on a thread of their own. They throw broker_error.
class session
{
public:
    static constexpr amqp_channel_t channel = 1;
    static constexpr std::size_t most_body = 16 * 1024; ///< a socket that is ready has room for it

    /// Connects, with TLS if the address says so, logs in and opens the channel. The look-up of the
    /// name takes as long as the system allows.
    explicit session(const session_settings& with);
    /// Tells the broker, if that can be done at once, and closes. Never blocks.
    ~session();
    session(const session&) = delete;
    session& operator=(const session&) = delete;

    /// Checks that there is such a queue, or such an exchange.
    void check_queue(const std::string& name);
    void check_exchange(const std::string& name);

    /// Whether there is such a queue.
    [[nodiscard]] bool has_queue(const std::string& name);

    /// Declares a quorum queue with so many members; nothing if there is the same.
    void declare_queue(const std::string& name, unsigned members);

    /// Whether the queue, which is there, outlives the broker. True too where the user may not ask.
    [[nodiscard]] bool is_durable(const std::string& queue);

    /// Whether the queue, which is there and durable, is a quorum queue. True too where the broker
    /// names another difference first, or the user may not ask.
    [[nodiscard]] bool may_be_quorum(const std::string& queue);

    /// Has the broker confirm what is published.
    void confirm_publishes();

    /// Sends the head of a message that comes back if nobody gets it. Its body follows, in parts of
    /// at most `most_body` bytes. Blocks only if the socket has no room.
    void send_head(const std::string& exchange, const std::string& routing_key,
                   const amqp_basic_properties_t& properties, std::size_t body_bytes);
    void send_body(std::string_view part);

    /// How many messages were sent: the delivery tag of the last one.
    [[nodiscard]] std::uint64_t sent() const noexcept { return sent_; }

    /// Has the broker deliver what is in a queue, at most so many messages that are not
    /// acknowledged. From then on answers come behind deliveries that are under way, and are waited
    /// for as long as the broker gives signs of life, or until the session is cut.
    void consume(const std::string& queue, const std::string& consumer, std::uint16_t prefetch);

    /// Returns when the broker has handled what was sent on the channel before. A quorum queue may
    /// lose an acknowledgement still, while it elects a leader: the message comes again then.
    void synchronize(std::uint16_t prefetch);

    /// Reads a frame of the channel that has come; false: none has. Never waits. The frame is valid
    /// until the next call.
    [[nodiscard]] bool read(amqp_frame_t& into);

    /// Waits until there is something to read, or, if asked, room to write; returns whether there
    /// is room.
    [[nodiscard]] bool wait(std::chrono::milliseconds time, bool for_room) const;

    /// Throws for a status of the library that is none of success.
    void require(int status) const;

    /// Why the broker takes nothing now, as it says: memory, a disk; empty: it does.
    [[nodiscard]] const std::string& blocked() const noexcept { return blocked_; }

    /// HOST:PORT of the broker.
    [[nodiscard]] const std::string& name() const noexcept { return name_; }

    [[nodiscard]] amqp_connection_state_t raw() const noexcept { return state_; }
    [[nodiscard]] int socket() const noexcept { return socket_; }

    /// Has nothing more be read: what waits for the broker ends, and the session is over. The broker
    /// is told when it is destroyed. [any thread]
    void stop_reading() const noexcept;

    /// The same, and the broker is not told: it finds the connection cut. [any thread]
    void cut() const noexcept;

private:
    void open(const session_settings& with);
    void log_in(const session_settings& with);
    void close() noexcept;
    void require_reply() const;
    [[nodiscard]] std::optional<broker_refusal>
    ask_aside(const std::function<void(amqp_channel_t)>& question);
    void notice(const amqp_frame_t& frame);

    amqp_connection_state_t state_;
    int socket_ = -1;      // a duplicate: the library closes its own when it finds the broker dead
    bool is_open_ = false; // and may be told that it ends
    std::string name_;
    std::string blocked_;
    std::uint64_t sent_ = 0;
};

/// A text as the library takes it, and the other way round; views.
[[nodiscard]] amqp_bytes_t bytes_of(std::string_view text) noexcept;
[[nodiscard]] std::string_view text_of(const amqp_bytes_t& bytes) noexcept;

} // namespace amqp_package
