// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "client.hpp"

#include "../brokers/tls_files.hpp"

#include <penstock/parameter.hpp>
#include <penstock/problems.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace kafka_package
{

/// The parameters of a component that say which brokers it talks to and as whom. A member of its
/// component, which is told of in check().
class broker_access
{
public:
    /// Registers the parameters. [the owner's constructor]
    explicit broker_access(penstock::component& owner);

    /// Adds what is wrong with the parameters as a whole.
    void check(penstock::problems& found) const;

    /// Throws std::invalid_argument if a file that is named cannot be read. [the owner's start()]
    void start() const { files_.start(); }

    /// The properties of a client that follow from the parameters, the password among them.
    [[nodiscard]] client_settings settings() const;

    /// How long connecting may take.
    [[nodiscard]] std::chrono::milliseconds time() const { return *connect_timeout_; }

    /// The brokers, as messages name them.
    [[nodiscard]] std::string name() const;

private:
    penstock::parameter<std::vector<std::string>> brokers_;
    penstock::parameter<bool> tls_;
    brokers::tls_files files_;
    penstock::parameter<std::string> user_;
    penstock::parameter<penstock::secret> password_;
    penstock::parameter<std::string> mechanism_;
    penstock::parameter<std::chrono::milliseconds> connect_timeout_;
};

} // namespace kafka_package
