// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace brokers
{

/// How the addresses of a kind of server are written.
struct address_form
{
    std::string_view scheme;
    std::string_view secure_scheme; ///< that of TLS; empty: there is none
    std::uint16_t port;
    std::uint16_t secure_port;
};

/// Where a server listens.
struct address
{
    std::string host;
    std::uint16_t port = 0;
    bool is_secure = false; ///< over TLS
    std::string path;       ///< what stands behind the slash

    /// HOST:PORT, as messages name it.
    [[nodiscard]] std::string text() const { return host + ':' + std::to_string(port); }
};

/// Reads `SCHEME://HOST[:PORT][/PATH]`; an address of version 6 stands in brackets. Throws
/// std::invalid_argument with what is wrong and what was expected.
[[nodiscard]] address address_of(std::string_view url, const address_form& form);

} // namespace brokers
