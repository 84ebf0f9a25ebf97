// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/net/client.hpp"
#include "host/net/message.hpp"

#include <boost/system/result.hpp>

#include <chrono>
#include <string>
#include <string_view>

namespace penstock::host::rollout
{

/// A way to ask one host: over HTTP, or the own host within the process. For one thread; blocks.
class host_link
{
public:
    virtual ~host_link() = default;

    /// Sets when the next calls of send() are to have returned; only the resolution of a name may take
    /// longer.
    virtual void end_by(std::chrono::steady_clock::time_point deadline) = 0;

    /// Sends one request and returns its answer, whatever its status; an error if there is none.
    [[nodiscard]] virtual boost::system::result<http::response>
    send(std::string_view method, const std::string& target, const http::header_list& headers,
         const std::string& body) = 0;
};

/// A link over HTTP.
class client_link final : public host_link
{
public:
    /// Throws boost::system::system_error for a file with authorities that cannot be used.
    client_link(const http::url& host, const http::client_identity& who);

    void end_by(std::chrono::steady_clock::time_point deadline) override;
    boost::system::result<http::response> send(std::string_view method, const std::string& target,
                                               const http::header_list& headers,
                                               const std::string& body) override;

private:
    http::client client_;
};

} // namespace penstock::host::rollout
