// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace penstock::bench
{

/// Sends requests over one connection, one after the other, at the cost of few instructions.
class connection
{
public:
    explicit connection(std::uint16_t port);
    ~connection();
    connection(const connection&) = delete;
    connection& operator=(const connection&) = delete;

    /// Sends data that is to be acknowledged so, as in `memory`.
    void send(std::string_view ack, std::string_view type, std::string_view body);

    /// Waits for the answer to what was sent; throws if it has another status, as in `202`.
    void receive(std::string_view status);

private:
    int socket_;
    std::string received_;
};

} // namespace penstock::bench
