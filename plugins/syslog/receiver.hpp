// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "frames.hpp"
#include "listen_address.hpp"
#include "socket.hpp"
#include "tls.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <poll.h>

namespace syslog_package
{

/// How a receiver listens.
struct receiver_settings
{
    std::vector<listen_address> addresses;
    std::size_t message_bytes = std::size_t{64} << 10; ///< of a message, that are kept
    std::size_t connections = 1000;                    ///< at once, at most
    std::size_t udp_buffer = std::size_t{4} << 20;     ///< bytes that the kernel is asked to keep
    tls_files tls{};
};

/// A message as it came.
struct received_message
{
    std::string text;
    bool is_cut = false;
    std::size_t listener = 0; ///< the place in `addresses` of the one that it came to
    std::string peer;
    std::time_t received = 0;
};

/// The sockets of a source: those that listen, and the connections of clients. It reads only while
/// it is asked to. [one thread at a time]
class receiver
{
public:
    /// Opens nothing yet.
    explicit receiver(receiver_settings with);
    receiver(const receiver&) = delete;
    receiver& operator=(const receiver&) = delete;
    ~receiver();

    /// Listens at each address, unless it does. Throws std::system_error for one that cannot be had,
    /// and std::invalid_argument for files that TLS cannot use.
    void open();

    /// Returns messages, after at most `most` from another read; all that was read and is whole is
    /// among them. Waits until there is one, for a time at most. Blocks.
    [[nodiscard]] std::vector<received_message> take(std::size_t most,
                                                     std::chrono::milliseconds time);

    /// Ends it: takes what is there, closes the sockets that listen, tells clients that no more is
    /// read, and takes what they send until they have heard of it: until they close, or send nothing
    /// for 300 ms, for two seconds or 64 MiB at most. Blocks.
    [[nodiscard]] std::vector<received_message> finish();

    /// What has happened so often.
    struct counts
    {
        std::uint64_t lost = 0;        ///< datagrams that the kernel has thrown away
        std::uint64_t connections = 0; ///< that were accepted
        std::uint64_t refused = 0;     ///< there were too many, or it was no TLS
    };

    [[nodiscard]] const counts& counted() const noexcept { return counted_; }

    [[nodiscard]] const receiver_settings& settings() const noexcept { return settings_; }

    /// The connections there are now.
    [[nodiscard]] std::size_t connections() const noexcept { return connections_.size(); }

private:
    using clock = std::chrono::steady_clock;
    struct listener;
    struct connection;

    bool await(std::chrono::milliseconds time);
    void read_connections(std::size_t most, std::vector<received_message>& into);
    void count_lost();
    void accept_all(const listener& from);
    bool receive_all(const listener& from, std::vector<received_message>& into);
    bool read(connection& from, std::vector<received_message>& into);
    static void give(const connection& from, frame&& what, std::vector<received_message>& into);

    const receiver_settings settings_;
    std::unique_ptr<tls_server> tls_;
    std::vector<std::unique_ptr<listener>> listeners_;
    std::vector<std::unique_ptr<connection>> connections_;
    std::vector<pollfd> polled_; // the listeners, then the connections
    std::size_t next_ = 0;       // the connection that is read first
    std::vector<char> buffer_;
    counts counted_;
};

} // namespace syslog_package
