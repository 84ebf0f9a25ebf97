// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/host/net/reserved_port.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include <sys/types.h>

/// A broker, RabbitMQ, of its own in a folder of its own, on a port of 127.0.0.1. Started by
/// start(), ended with its object, with the epmd that knows its name.
class broker_server
{
public:
    broker_server();
    ~broker_server();
    broker_server(const broker_server&) = delete;
    broker_server& operator=(const broker_server&) = delete;

    /// Adds lines to its configuration, for the next start.
    void configure(const std::string& lines) { more_ += lines; }

    /// Starts it, unless it runs, with what it had when it was ended; returns when it lets in.
    void start();

    /// Ends it as a power cut would.
    void kill();

    /// Has it hang, as of when it returns, and go on.
    void pause();
    void resume();

    [[nodiscard]] std::uint16_t port() const { return port_; }

    /// A free port of 127.0.0.1 that nobody else is given meanwhile.
    [[nodiscard]] std::uint16_t other_port() const { return other_port_; }

    /// Copies a file to its folder, for it alone to read; returns the copy's path.
    [[nodiscard]] std::string take_copy(const std::string& file, const std::string& name) const;

    /// Runs an expression of Erlang in it.
    void evaluate(const std::string& expression) const;

private:
    void start_names();

    std::string folder_;
    std::string more_;
    std::vector<penstock::host::http::testing::reserved_port> held_;
    std::uint16_t port_ = 0;
    std::uint16_t other_port_ = 0;
    std::uint16_t names_port_ = 0;      // of epmd
    std::uint16_t neighbours_port_ = 0; // of nodes among themselves
    pid_t names_ = -1;
    pid_t process_ = -1;
};

/// The port of the broker that the tests of a run share, if ctest has begun it, else of one of this
/// program, which is started and runs until the program ends.
[[nodiscard]] std::uint16_t shared_broker_port();

/// Its address, without that it is started.
[[nodiscard]] std::string shared_broker_url();
