// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

#include <sys/types.h>

namespace penstock::e2e
{

/// How rsyslog sends on what is appended to a file.
struct rsyslog_target
{
    std::string port;
    std::string protocol = "tcp"; ///< or udp
    std::string more{};           ///< further parameters of its action
    std::string settings{};       ///< further lines of its configuration
};

/// rsyslog, which reads a file in a folder and sends each line, by a queue on disk. Started by
/// start(), ended with its object.
class rsyslog_server
{
public:
    /// The folder is there, and outlives it.
    rsyslog_server(const std::string& folder, const rsyslog_target& to);
    rsyslog_server(const rsyslog_server&) = delete;
    rsyslog_server& operator=(const rsyslog_server&) = delete;
    ~rsyslog_server();

    /// Starts it, unless it runs; with what it had when it was stopped.
    void start();

    /// Ends it in order; what it has not sent it keeps.
    void stop();

    /// Appends a line to the file that it reads.
    void append(const std::string& line);

private:
    void end(int signal);

    const std::string folder_;
    pid_t process_ = -1;
};

} // namespace penstock::e2e
