// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/net/tls/tls_identity.hpp"

#include <boost/asio/ssl/context.hpp>

#include <cerrno>
#include <optional>
#include <system_error>
#include <utility>

#include <sys/stat.h>

namespace penstock::host::http
{

namespace ssl = boost::asio::ssl;
using boost::system::error_code;

namespace
{

problem refusal_of(const std::string& file, const error_code& error, const char* expected)
{
    return {file, "", "cannot be used: " + error.message(), expected};
}

// The system's own reasons first: OpenSSL's do not tell a missing file from a strange one.
std::optional<problem> look_at(const std::string& file, bool is_secret)
{
    struct stat found
    {
    };
    if (::stat(file.c_str(), &found) != 0)
        return problem(file, "", "cannot be read: " + std::generic_category().message(errno),
                       "a PEM file was expected");
    if (is_secret && (found.st_mode & (S_IRWXO | S_IWGRP)) != 0)
        return problem(file, "", "is open to others", "mode 0600 or 0640 was expected");
    return std::nullopt;
}

std::optional<problem> look_at_all(const tls_files& files)
{
    if (auto wrong = look_at(files.certificate, false))
        return wrong;
    if (auto wrong = look_at(files.key, true))
        return wrong;
    return files.client_ca.empty() ? std::nullopt : look_at(files.client_ca, false);
}

std::optional<problem> fill(ssl::context& context, const tls_files& files)
{
    error_code error;
    context.use_certificate_chain_file(files.certificate, error);
    if (error)
        return refusal_of(files.certificate, error, "a certificate in PEM was expected");
    context.use_private_key_file(files.key, ssl::context::pem, error);
    if (error)
        return refusal_of(files.key, error,
                          "the certificate's own key in PEM, without a passphrase, was expected");
    if (::SSL_CTX_check_private_key(context.native_handle()) != 1)
        return problem(files.key, "", "is not the key of the certificate",
                       "the key of " + files.certificate + " was expected");
    if (files.client_ca.empty())
        return std::nullopt;
    context.load_verify_file(files.client_ca, error);
    if (error)
        return refusal_of(files.client_ca, error, "certificates in PEM were expected");
    context.set_verify_mode(ssl::verify_peer | ssl::verify_fail_if_no_peer_cert);
    ::SSL_CTX_set_client_CA_list(context.native_handle(),
                                 ::SSL_load_client_CA_file(files.client_ca.c_str()));
    return std::nullopt;
}

} // namespace

boost::system::result<std::shared_ptr<const tls_identity>, problem>
tls_identity::load(const tls_files& files)
{
    if (auto wrong = look_at_all(files))
        return *std::move(wrong);
    auto context = std::make_unique<ssl::context>(ssl::context::tls_server);
    ::SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
    // RFC 9325, 4.2: of TLS 1.2 only what authenticates as it encrypts, with keys that are
    // forgotten.
    ::SSL_CTX_set_cipher_list(context->native_handle(), "ECDHE+AESGCM:ECDHE+CHACHA20");
    context->set_options(ssl::context::no_compression | SSL_OP_NO_RENEGOTIATION |
                         SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
    // Sessions of clients that showed certificates are only taken up under the same name.
    constexpr unsigned char name[] = "penstock";
    ::SSL_CTX_set_session_id_context(context->native_handle(), name, sizeof name - 1);
    // Nobody is there to be asked for a passphrase.
    context->set_password_callback([](std::size_t, ssl::context::password_purpose)
                                   { return std::string(); });
    if (auto wrong = fill(*context, files))
        return *std::move(wrong);
    return std::make_shared<const tls_identity>(std::move(context));
}

tls_identity::tls_identity(std::unique_ptr<ssl::context> context) : context_(std::move(context)) {}

tls_identity::~tls_identity() = default;

} // namespace penstock::host::http
