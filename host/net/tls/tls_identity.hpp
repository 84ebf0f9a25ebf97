// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/base/problem.hpp"

#include <boost/system/result.hpp>

#include <memory>
#include <string>

namespace boost::asio::ssl
{
class context;
} // namespace boost::asio::ssl

namespace penstock::host::http
{

/// Names the PEM files of a server's identity.
struct tls_files
{
    std::string certificate; ///< with those that vouch for it, in order
    std::string key;         ///< not to be read by others
    std::string client_ca{}; ///< if it is named, a client must show a certificate from there
};

/// Proves to clients whom they speak to, by TLS 1.2 or later. Immutable.
class tls_identity
{
public:
    [[nodiscard]] static boost::system::result<std::shared_ptr<const tls_identity>, problem>
    load(const tls_files& files);

    explicit tls_identity(std::unique_ptr<boost::asio::ssl::context> context);
    tls_identity(const tls_identity&) = delete;
    tls_identity& operator=(const tls_identity&) = delete;
    ~tls_identity();

    /// What connections are made with; they keep no reference to it.
    [[nodiscard]] boost::asio::ssl::context& context() const noexcept { return *context_; }

private:
    std::unique_ptr<boost::asio::ssl::context> context_;
};

} // namespace penstock::host::http
