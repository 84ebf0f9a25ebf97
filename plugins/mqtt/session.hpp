// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "../brokers/address.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include <mosquitto.h>

namespace mqtt_package
{

/// The exception of a broker that is away or refuses what it is asked for. The session is over
/// then.
class mqtt_error : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// How a session connects.
struct session_settings
{
    brokers::address to;
    std::string client;   ///< its id; empty: the broker makes one
    bool is_kept = false; ///< by the broker, with its subscriptions, for the next connection
    bool is_version_5 = true;
    std::string user;
    std::string password;    ///< never shown
    std::string authorities; ///< PEM, whom to trust; empty: as the system does
    std::string certificate; ///< PEM, what to show; empty: nothing
    std::string key;
    std::chrono::milliseconds connect_time;
    std::chrono::seconds keep_alive; ///< between two signs of life; 0: none
    std::size_t receive_maximum = 0; ///< the most messages that are not acknowledged; 0: any
};

/// What a session is told as it advances, on the thread that calls that.
struct session_events
{
    /// A message that came; the library acknowledges it when it is next let write.
    std::function<void(const mosquitto_message&, const mosquitto_property*)> message;

    /// A message of this id is acknowledged, with a reason code.
    std::function<void(int, int)> published;
};

/// A connection with a broker, on libmosquitto. [one thread at a time]
///
/// The library is told that threads are used, and its loop is not: so it writes, acknowledgements
/// too, only when advance() lets it.
class session
{
public:
    /// Connects and logs in. Blocks for the time of connecting, and the look-up of the name. Throws
    /// mqtt_error.
    session(const session_settings& with, session_events on);
    ~session();
    session(const session&) = delete;
    session& operator=(const session&) = delete;

    /// Whether the broker has kept the session since the last connection.
    [[nodiscard]] bool was_kept() const noexcept { return was_kept_; }

    /// Subscribes to topics at quality of service 1, where nothing that came is to be acknowledged
    /// yet: it writes. Messages that come meanwhile are told. Blocks for the time of connecting.
    /// Throws mqtt_error.
    void subscribe(const std::vector<std::string>& topics);

    /// Waits, for a time at most, until the broker has sent something, and reads that; writes
    /// before if it may, so nothing of what it reads is acknowledged. Throws mqtt_error.
    void advance(std::chrono::milliseconds time, bool may_write);

    /// Waits, for a time at most, until there is room to write, and writes; reads nothing, so
    /// nothing more is acknowledged than was read. Throws mqtt_error.
    void write(std::chrono::milliseconds time);

    /// Whether there is something to write.
    [[nodiscard]] bool wants_to_write() const;

    /// Tells the broker that it ends, and before what is to be written: the library acknowledges all
    /// that it has given out. Blocks until the broker has closed the connection, so has handled
    /// that, for a second at most.
    void leave() noexcept;

    [[nodiscard]] mosquitto* raw() const noexcept { return handle_.get(); }

    /// HOST:PORT of the broker.
    [[nodiscard]] const std::string& name() const noexcept { return name_; }

    /// Throws mqtt_error for a code of the library that is none of success.
    void require(int code) const;

private:
    void prepare(const session_settings& with);
    void await(const std::function<bool()>& what, bool may_write, const std::string& else_wrong);
    [[nodiscard]] int socket() const;

    static void on_connect(mosquitto*, void* self, int reason, int flags,
                           const mosquitto_property*);
    static void on_disconnect(mosquitto*, void* self, int reason, const mosquitto_property*);
    static void on_subscribe(mosquitto*, void* self, int id, int count, const int* granted,
                             const mosquitto_property*);
    static void on_message(mosquitto*, void* self, const mosquitto_message* message,
                           const mosquitto_property* properties);
    static void on_publish(mosquitto*, void* self, int id, int reason, const mosquitto_property*);

    const std::string name_;
    const bool is_version_5_;
    const std::chrono::milliseconds connect_time_;
    const session_events events_;
    bool is_connected_ = false;
    bool was_kept_ = false;
    std::size_t subscribed_ = 0; // how many topics
    std::string wrong_;          // what the broker refuses, or why it has ended
    std::unique_ptr<mosquitto, void (*)(mosquitto*)> handle_;
};

} // namespace mqtt_package
