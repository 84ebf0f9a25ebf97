// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "client.hpp"

#include <penstock/parameter.hpp>
#include <penstock/problems.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace curl
{

/// The parameters of a component that say how it connects with a server of HTTP and as whom: `user`,
/// `password`, a secret of another kind, `ca_file`, `verify`, `connect_timeout` and `timeout`. A
/// member of its component, which is told of in check() and start().
class server_access
{
public:
    /// The secret beside a user and password: `api_key`, sent as `Authorization: ApiKey …`.
    struct secret_kind
    {
        const char* name;
        const char* scheme;
        const char* help;
    };

    /// Registers the parameters; `timeout` is the usual one. [the owner's constructor]
    server_access(penstock::component& owner, const secret_kind& kind,
                  std::chrono::milliseconds timeout);

    /// Adds what is wrong with the parameters as a whole.
    void check(penstock::problems& found) const;

    /// Makes the settings of a client. Throws std::invalid_argument if the certificates to trust
    /// cannot be read.
    [[nodiscard]] settings make_settings() const;

    /// The header field of the secret; empty if there is none.
    [[nodiscard]] std::vector<std::string> headers() const;

    /// Whether there are credentials.
    [[nodiscard]] bool logs_in() const { return !key_->empty() || !user_->empty(); }

private:
    const char* const scheme_;
    penstock::parameter<std::string> user_;
    penstock::parameter<penstock::secret> password_;
    penstock::parameter<penstock::secret> key_;
    penstock::parameter<std::string> ca_file_;
    penstock::parameter<bool> verify_;
    penstock::parameter<std::chrono::milliseconds> connect_timeout_;
    penstock::parameter<std::chrono::milliseconds> timeout_;
};

} // namespace curl
