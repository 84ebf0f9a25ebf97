// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "message.hpp"
#include "url.hpp"

#include <boost/system/result.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace boost::asio::ssl
{
class context;
} // namespace boost::asio::ssl

namespace penstock::host::http
{

/// The credentials of a client, and the authorities that it trusts.
struct client_identity
{
    std::string token{}; ///< sent as a bearer token; empty: none is
    std::string ca{};    ///< a PEM file with those that vouch for the host; empty: the system's
};

/// Sends requests to one host and waits for each answer. Keeps its connection as long as the host
/// does, and opens another when a kept one turns out to be closed. For one thread at a time.
class client
{
public:
    struct settings
    {
        /// For connecting, and again from a request's first byte to its answer's last.
        std::chrono::milliseconds timeout = std::chrono::seconds{60};
        std::size_t answer_limit = std::size_t{64} * 1024 * 1024;
        client_identity who{};
    };

    /// Throws boost::system::system_error if the settings name a file that cannot be used.
    client(const url& host, settings with);
    ~client();

    /// Sends one request and returns its answer, whatever its status. An answer that comes while
    /// the body is still on its way ends the sending. The header needs neither Host nor
    /// Content-Length.
    boost::system::result<response> send(std::string_view method, std::string_view target,
                                         const header_list& headers = {},
                                         std::string_view body = {});

    /// Sets when the next calls of send() are to have returned, whatever the timeout allows; only the
    /// resolution of a name may take longer.
    void end_by(std::chrono::steady_clock::time_point deadline) noexcept { deadline_ = deadline; }

private:
    class connection;

    url host_;
    settings with_;
    std::shared_ptr<boost::asio::ssl::context> trust_; // null: plain HTTP
    std::unique_ptr<connection> kept_;
    std::chrono::steady_clock::time_point deadline_ = std::chrono::steady_clock::time_point::max();
};

} // namespace penstock::host::http
