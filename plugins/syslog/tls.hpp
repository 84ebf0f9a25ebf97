// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include <openssl/types.h>

namespace syslog_package
{

/// The files that a server of TLS shows itself with, and whom it trusts.
struct tls_files
{
    std::string certificate; ///< PEM, with its chain; empty: there is no TLS
    std::string key;         ///< PEM
    std::string clients;     ///< PEM: who signs the certificates of clients; empty: they need none
};

/// What all connections with TLS have in common: version 1.2 or later, no renegotiation. [any thread]
class tls_server
{
public:
    /// Throws std::invalid_argument for files that cannot be used.
    explicit tls_server(const tls_files& files);

    [[nodiscard]] SSL_CTX* context() const noexcept { return context_.get(); }

private:
    struct context_end
    {
        void operator()(SSL_CTX* context) const noexcept;
    };

    std::unique_ptr<SSL_CTX, context_end> context_;
};

/// The TLS of one connection that a client began. [one thread at a time]
class tls_session
{
public:
    /// The socket does not block, and outlives it.
    tls_session(const tls_server& server, int socket);

    /// Reads some bytes, and shakes hands before. Returns their number, 0 at the end; nothing, until
    /// there are more. Throws std::runtime_error for what is no TLS, and for a client without a
    /// certificate that is trusted.
    [[nodiscard]] std::optional<std::size_t> read(std::span<char> into);

    /// Whether hands were shaken.
    [[nodiscard]] bool is_open() const;

    /// Whether it waits until the socket can be written to.
    [[nodiscard]] bool waits_to_write() const noexcept { return waits_to_write_; }

    /// Whether it has bytes that poll() does not see.
    [[nodiscard]] bool has_more() const;

private:
    struct session_end
    {
        void operator()(SSL* session) const noexcept;
    };

    std::unique_ptr<SSL, session_end> session_;
    bool waits_to_write_ = false;
};

} // namespace syslog_package
