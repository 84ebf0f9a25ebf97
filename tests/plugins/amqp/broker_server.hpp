// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/host/net/reserved_port.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include <sys/types.h>

/// What makes a broker a node of a cluster, whose nodes start one after the other.
struct cluster_membership
{
    std::string name = "penstock"; ///< of the node, before the @
    std::string first = {};        ///< the node that it joins; empty: it is the first
    std::uint16_t names_port = 0;  ///< of the epmd of the first; 0: its own
};

/// A broker, RabbitMQ, of its own in a folder of its own, on a port of 127.0.0.1. Started by
/// start(), ended with its object, with the epmd that knows its name.
class broker_server
{
public:
    broker_server() : broker_server(cluster_membership()) {}
    explicit broker_server(cluster_membership membership);
    ~broker_server();
    broker_server(const broker_server&) = delete;
    broker_server& operator=(const broker_server&) = delete;

    /// Adds lines to its configuration, for the next start.
    void configure(const std::string& lines) { more_ += lines; }

    /// Starts it, unless it runs, with what it had when it was ended; returns when it lets in.
    void start();

    /// Begins the same, without waiting for that; start() waits then.
    void begin_start();

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

    /// The text that an expression of Erlang has in it.
    [[nodiscard]] std::string text_of(const std::string& expression) const;

    /// The port of its epmd.
    [[nodiscard]] std::uint16_t names_port() const { return names_port_; }

    /// The end of what it has said.
    [[nodiscard]] std::string log() const;

private:
    void start_names();
    [[nodiscard]] std::string node() const { return membership_.name + "@localhost"; }

    const cluster_membership membership_;
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
