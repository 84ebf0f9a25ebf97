// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session.hpp"

#include "../brokers/in_turn.hpp"

#include <penstock/parameter.hpp>
#include <penstock/problems.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace amqp_package
{

/// The parameters of a component that say which broker it talks to and as whom: `urls`, `user`,
/// `password`, `ca_file` and `connect_timeout`. A member of its component, which is told of in
/// check() and start().
class broker_access
{
public:
    /// Registers the parameters. [the owner's constructor]
    explicit broker_access(penstock::component& owner);

    /// Adds what is wrong with the parameters as a whole.
    void check(penstock::problems& found) const;

    /// Prepares the first connection. Throws std::invalid_argument if the certificates to trust
    /// cannot be read. [the owner's start()]
    void start();

    /// Connects with the first broker that answers and lets in. One that does not goes behind the
    /// others. `heartbeat` of 0: the broker is not asked for signs of life. Suspends, for
    /// `connect_timeout` and the look-up of a name at a time. Throws penstock::unavailable.
    [[nodiscard]] std::unique_ptr<session> connect(std::chrono::seconds heartbeat);

    /// Puts the broker that was connected with last behind the others: it is no good now.
    void put_back() { addresses_.put_back(); }

private:
    penstock::parameter<std::vector<std::string>> urls_;
    penstock::parameter<std::string> user_;
    penstock::parameter<penstock::secret> password_;
    penstock::parameter<std::string> ca_file_;
    penstock::parameter<std::chrono::milliseconds> connect_timeout_;
    brokers::in_turn<address> addresses_;
};

} // namespace amqp_package
