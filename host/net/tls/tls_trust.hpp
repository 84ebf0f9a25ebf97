// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

// For client.cpp and websocket_client.cpp only: OpenSSL is heavy to compile.

#include "host/net/client.hpp"

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>

#include <memory>

namespace penstock::host::http
{

/// Makes what tells true hosts from false ones, for addresses that begin with https; nullptr for
/// the others. Throws boost::system::system_error for a file that cannot be read.
[[nodiscard]] std::shared_ptr<boost::asio::ssl::context> trust_for(const url& host,
                                                                   const client_identity& who);

/// Sets the name of the host in the handshake (SNI), unless that is a number.
void name_host(SSL* connection, const url& host);

/// Sets the host whose certificate a stream requires in its handshake.
template <class Next>
void expect_host(boost::asio::ssl::stream<Next>& stream, const url& host)
{
    stream.set_verify_mode(boost::asio::ssl::verify_peer);
    stream.set_verify_callback(boost::asio::ssl::host_name_verification(host.host));
    name_host(stream.native_handle(), host);
}

} // namespace penstock::host::http
