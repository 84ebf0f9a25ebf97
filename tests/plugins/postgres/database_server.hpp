// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/host/net/reserved_port.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

/// The files that a server shows itself with.
struct database_certificate
{
    std::string file;
    std::string key;
};

/// A server of PostgreSQL with a database of its own in a folder of its own, on a socket there.
/// Started by start(), ended with its object.
class database_server
{
public:
    database_server();
    /// The same, and on a port of 127.0.0.1 too, where it shows itself with copies of the files.
    explicit database_server(const database_certificate& shown);
    /// A standby of a server that runs, by the name `standby`.
    explicit database_server(const database_server* primary);
    ~database_server();
    database_server(const database_server&) = delete;
    database_server& operator=(const database_server&) = delete;

    /// Starts it, unless it runs; with what it had when it was stopped.
    void start();

    /// Ends it as a power cut would.
    void kill();

    /// How to connect, as libpq takes it.
    [[nodiscard]] std::string connection() const;

    /// The same as a URL.
    [[nodiscard]] std::string address() const;

    /// The port, which the name of the socket has too.
    [[nodiscard]] std::uint16_t port() const { return port_; }

    /// Runs statements as the owner of the database, and returns the first column of the rows.
    std::vector<std::string> ask(const std::string& statements) const;

private:
    std::string folder_;
    std::vector<std::string> arguments_;
    std::string primary_;       // how to connect with it; empty: there is none
    std::uint16_t port_ = 5432; // of the socket alone, unless it listens
    std::optional<penstock::host::http::testing::reserved_port> held_port_; // if it listens
    bool is_made_ = false;
    pid_t process_ = -1;
};
