// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>

namespace amqp_package
{

/// Where a broker listens, and the virtual host there.
struct address
{
    std::string host;
    int port = 5672;
    std::string virtual_host = "/";
    bool is_secure = false; ///< over TLS

    /// HOST:PORT, as messages name it.
    [[nodiscard]] std::string text() const { return host + ':' + std::to_string(port); }
};

/// Reads `amqp://HOST[:PORT][/VIRTUAL_HOST]`, or the same with amqps. Throws std::invalid_argument
/// with what is wrong and what was expected.
[[nodiscard]] address address_of(const std::string& url);

} // namespace amqp_package
