// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/rollout/host_link.hpp"

namespace penstock::host::rollout
{

namespace
{

// Deadlines bound what is asked; the client's own limit only has to be longer.
constexpr std::chrono::minutes longest_call{30};

} // namespace

client_link::client_link(const http::url& host, const http::client_identity& who)
    : client_(host, {.timeout = longest_call, .who = who})
{
}

void client_link::end_by(std::chrono::steady_clock::time_point deadline)
{
    client_.end_by(deadline);
}

boost::system::result<http::response> client_link::send(std::string_view method,
                                                        const std::string& target,
                                                        const http::header_list& headers,
                                                        const std::string& body)
{
    return client_.send(method, target, headers, body);
}

} // namespace penstock::host::rollout
