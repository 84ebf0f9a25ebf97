// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/host/net/reserved_port.hpp"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <sys/types.h>

/// A server of a test, with a folder and a port of 127.0.0.1 of its own, which it has again when it
/// is started again. Killed with its object.
class local_server
{
public:
    /// Makes the folder. `owner` is whom Debian made for the server; empty: it may be root's.
    explicit local_server(std::string owner = {});
    ~local_server();
    local_server(const local_server&) = delete;
    local_server& operator=(const local_server&) = delete;

    /// Starts it, unless it runs, by a program and its arguments; returns when `is_ready`, and
    /// throws if it is not in time.
    void start(const std::vector<std::string>& arguments, const std::function<bool()>& is_ready);

    /// Ends it as a power cut would.
    void kill();

    /// Has it end, and returns when it has.
    void terminate();

    /// Has it hang, as of when it returns, and go on.
    void pause();
    void resume();

    [[nodiscard]] std::uint16_t port() const { return port_.number(); }

    /// Whether somebody listens at the port.
    [[nodiscard]] bool listens() const;

    /// The path of a file in its folder.
    [[nodiscard]] std::string path(const std::string& name) const { return folder_ + '/' + name; }

    /// Writes a file there, for it alone to read; returns its path.
    std::string write(const std::string& name, const std::string& content) const;

    /// Copies a file there, for it alone to read; returns the copy's path.
    [[nodiscard]] std::string take_copy(const std::string& file, const std::string& name) const;

private:
    std::string user_;
    std::string folder_;
    penstock::host::http::testing::reserved_port port_;
    pid_t process_ = -1;
};
