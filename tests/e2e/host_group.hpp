// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "balancer.hpp"
#include "live_host.hpp"

#include "tests/host/net/certificate.hpp"
#include "tests/host/net/reserved_port.hpp"

#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::e2e
{

/// Three hosts that are peers of each other, with TLS and tokens, and a balancer before them. Hosts
/// are counted from 0, their numbers from 1.
class host_group
{
public:
    static constexpr std::size_t size = 3;

    host_group();

    /// Ends a host without warning.
    void kill(std::size_t which);

    /// Starts it again, on its port and with its data.
    void start(std::size_t which);

    /// Stops a host where it is, so that it answers nothing; its connections stay.
    void freeze(std::size_t which);

    [[nodiscard]] const scratch& home() const noexcept { return home_; }
    [[nodiscard]] std::string data_of(std::size_t which) const;

    /// Asks through the balancer, on a connection of its own; throws if there is no answer in time.
    [[nodiscard]] response ask(std::string_view method, std::string_view target,
                               const header_fields& fields = {}, std::string_view body = {},
                               std::chrono::milliseconds within = std::chrono::seconds(30)) const;

    /// Asks one host, with a body of JSON if there is one.
    [[nodiscard]] response ask_host(std::size_t which, std::string_view method,
                                    std::string_view target, std::string_view body = {}) const;

    /// The same with the token of the peers, which may only read.
    [[nodiscard]] response ask_host_as_reader(std::size_t which, std::string_view method,
                                              std::string_view target,
                                              std::string_view body = {}) const;

    /// Runs a verb with all hosts as its `--to`, and what it needs to talk to them.
    [[nodiscard]] ended run(std::vector<std::string> words) const;

private:
    struct member
    {
        scratch home;
        host::http::testing::reserved_port port;
        std::unique_ptr<program> host;
    };

    [[nodiscard]] std::string url_of(std::size_t which) const;
    void make_tokens();
    [[nodiscard]] response ask_host_with(const std::string& token, std::size_t which,
                                         std::string_view method, std::string_view target,
                                         std::string_view body) const;

    scratch home_;
    const host::http::testing::certificate shown_;
    std::string token_;
    std::string token_file_;
    std::string peer_token_;
    std::string peer_token_file_;
    std::deque<member> members_;
    std::optional<balancer> balancer_;
};

/// Which host accepted the request with this receipt.
[[nodiscard]] std::size_t host_of(const std::string& receipt);

} // namespace penstock::e2e
