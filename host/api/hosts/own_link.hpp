// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/net/handler.hpp"
#include "host/rollout/host_link.hpp"

#include <chrono>
#include <string>
#include <string_view>

namespace penstock::host::api
{

/// For whom other hosts are asked: with what token, empty if none is needed, and from what address.
struct caller
{
    std::string token;
    std::string peer;
};

/// A link to the own host: its routes answer as over HTTP, with the caller's rights. For one thread.
class own_link final : public rollout::host_link
{
public:
    /// `routes` outlives this object, and the requests that its send() has not waited for.
    own_link(http::handler& routes, const caller& who) : routes_(routes), who_(who) {}

    void end_by(std::chrono::steady_clock::time_point deadline) override { deadline_ = deadline; }

    boost::system::result<http::response> send(std::string_view method, const std::string& target,
                                               const http::header_list& headers,
                                               const std::string& body) override;

private:
    [[nodiscard]] http::request made(std::string_view method, const std::string& target,
                                     const http::header_list& headers,
                                     const std::string& body) const;

    http::handler& routes_;
    const caller who_;
    std::chrono::steady_clock::time_point deadline_ = std::chrono::steady_clock::time_point::max();
};

} // namespace penstock::host::api
