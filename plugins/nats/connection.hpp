// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "../brokers/address.hpp"

#include <chrono>
#include <memory>
#include <stdexcept>
#include <string>

#include <nats/nats.h>

namespace nats_package
{

/// The exception of a server that is away or refuses what it is asked for.
class nats_error : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// Throws nats_error, with what the library says, for a status that is none of success.
void require(natsStatus status);

/// The same of JetStream, with its error code.
void require(natsStatus status, jsErrCode code);

/// Objects of the library.
using message_handle = std::unique_ptr<natsMsg, void (*)(natsMsg*)>;
using subscription_handle = std::unique_ptr<natsSubscription, void (*)(natsSubscription*)>;
using jetstream_handle = std::unique_ptr<jsCtx, void (*)(jsCtx*)>;

/// How a connection is made.
struct connection_settings
{
    brokers::address to;
    std::string user;        ///< empty, with a password: that is a token
    std::string password;    ///< never shown
    std::string authorities; ///< PEM, whom to trust; empty: as the system does
    std::string certificate; ///< PEM, what to show; empty: nothing
    std::string key;
    std::chrono::milliseconds connect_time;
};

/// A connection with a server, by the library and its threads, without their connecting anew. No
/// callback of theirs calls anything of this package. [any thread]
class connection
{
public:
    /// Connects and logs in. Blocks, for the time of connecting and the look-up of the name. Throws
    /// nats_error.
    explicit connection(const connection_settings& with);

    /// What JetStream is asked by.
    [[nodiscard]] jetstream_handle jetstream() const;

    /// Asks whether a stream has a subject; also one that has no leader now. Blocks, for the time of
    /// connecting. Throws nats_error.
    [[nodiscard]] bool has_stream(const std::string& subject) const;

    /// Why it is over; empty: it is not.
    [[nodiscard]] std::string why_lost() const;

    [[nodiscard]] natsConnection* raw() const noexcept { return handle_.get(); }

    /// HOST:PORT of the server.
    [[nodiscard]] const std::string& name() const noexcept { return name_; }

private:
    const std::string name_;
    const std::chrono::milliseconds connect_time_;
    std::unique_ptr<natsConnection, void (*)(natsConnection*)> handle_;
};

/// A subject that nobody else has, with a dot behind it.
[[nodiscard]] std::string fresh_inbox();

} // namespace nats_package
