// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "tests/host/cli/program.hpp"
#include "tests/host/net/reserved_port.hpp"

#include <cstdint>
#include <string>
#include <vector>

#include <sys/types.h>

namespace penstock::e2e
{

/// HAProxy with the configuration of the examples, on a port of its own, before hosts on ports of
/// this machine. Ended with its object.
class balancer
{
public:
    /// `authority` vouches for the hosts, which stand for host1, host2 and host3 of the example.
    /// Throws if HAProxy is not installed, or does not take the configuration.
    balancer(const host::cli::testing::scratch& home, const std::vector<std::uint16_t>& hosts,
             const std::string& authority);
    ~balancer();
    balancer(const balancer&) = delete;
    balancer& operator=(const balancer&) = delete;

    [[nodiscard]] std::uint16_t port() const noexcept { return port_.number(); }

private:
    host::http::testing::reserved_port port_;
    pid_t process_ = -1;
};

} // namespace penstock::e2e
