// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "handler.hpp"
#include "host/net/tls/tls_identity.hpp"
#include "limits.hpp"
#include "listen_address.hpp"
#include "origin.hpp"

#include <boost/system/result.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

namespace penstock::host::http
{

/// Accepts connections and serves them on threads of its own.
class server
{
public:
    struct settings
    {
        limits bounds{};
        origin_rules rules{};
        unsigned threads = 1; ///< 0: one per core

        /// Called with the text of exceptions that left a route; the client receives 500. [server's
        /// threads]
        std::function<void(std::string_view)> report{};

        /// Called with what keeps the server from accepting, as that no descriptor is left or that
        /// there are as many connections as there may be, and with an empty text when it accepts
        /// again; see accept_trouble. May be empty. Must not block. [server's threads]
        std::function<void(std::string_view)> hears{};
    };

    /// The handler must outlive the server.
    server(handler& routes, settings with);

    /// Stops at once, unless `stop` did before.
    ~server();

    /// Starts to listen and returns the port that was bound; connections wait until `start`. The
    /// address becomes one of the hosts that clients may name. Call before `start`.
    boost::system::result<std::uint16_t> listen(const listen_address& where);

    /// Takes over a listening TCP socket that another process opened. Call before `start`.
    boost::system::result<std::uint16_t> adopt(int listening);

    /// Sets the TLS identity of connections accepted from now on. [any thread]
    void secure(std::shared_ptr<const tls_identity> identity);

    /// Starts the threads. Call once.
    void start();

    /// Closes each connection after its next answer from now on, and says so in it; goes on to
    /// accept. [any thread]
    void drain();

    /// Gives the answers that are due later now, see reply::at(). [any thread]
    void conclude();

    /// Stops to accept, closes idle connections, lets requests in hand be answered until the
    /// deadline and closes the rest. Joins all threads; true if nothing had to be cut off. The
    /// first call decides. Not from a thread of the server.
    bool stop(std::chrono::steady_clock::time_point deadline);

    /// Counts open connections. [any thread]
    std::size_t connections() const;

private:
    class engine;

    std::unique_ptr<engine> engine_;
};

} // namespace penstock::host::http
