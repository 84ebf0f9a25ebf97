// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/net/tls/tls_trust.hpp"

#include <boost/asio/ip/address.hpp>

namespace penstock::host::http
{

namespace asio = boost::asio;

std::shared_ptr<asio::ssl::context> trust_for(const url& host, const client_identity& who)
{
    if (!host.secure)
        return nullptr;
    auto made = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_client);
    ::SSL_CTX_set_min_proto_version(made->native_handle(), TLS1_2_VERSION);
    if (who.ca.empty())
        made->set_default_verify_paths();
    else
        made->load_verify_file(who.ca);
    return made;
}

void name_host(SSL* connection, const url& host)
{
    boost::system::error_code is_name;
    asio::ip::make_address(host.host, is_name);
    if (is_name)
        ::SSL_set_tlsext_host_name(connection, host.host.c_str());
}

} // namespace penstock::host::http
