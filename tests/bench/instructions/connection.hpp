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

    /// Sends data with `ack=processed` and waits for the answer; throws if it is not 200.
    void post(std::string_view type, std::string_view body);

private:
    int socket_;
    std::string received_;
};

} // namespace penstock::bench
