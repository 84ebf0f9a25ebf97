// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "request_queue.hpp"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace otlp_package
{

/// How a listener takes requests.
struct listener_settings
{
    std::string address; ///< of an interface
    std::uint16_t port = 0;
    std::string token;           ///< that requests name in `Authorization: Bearer …`; empty: none
    std::size_t body_bytes = 0;  ///< of a body, packed or not; at most
    std::size_t connections = 0; ///< at most; further ones are closed
    std::chrono::milliseconds wait{0}; ///< how long a request may wait for the graph
};

/// A server of OTLP over HTTP/1.1, on a thread of its own: what it reads goes into a queue, and is
/// answered when it has ended.
class listener
{
public:
    /// Opens the port. Throws boost::system::system_error if it cannot. `to` outlives it.
    listener(const listener_settings& how, request_queue& to);
    /// Closes the port and all connections, and empties the queue; what was not answered never is.
    ~listener();
    listener(const listener&) = delete;
    listener& operator=(const listener&) = delete;

private:
    class server;

    std::unique_ptr<server> server_;
};

} // namespace otlp_package
