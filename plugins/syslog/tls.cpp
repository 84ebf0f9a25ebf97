// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "tls.hpp"

#include <array>
#include <new>
#include <stdexcept>

#include <openssl/err.h>
#include <openssl/ssl.h>

namespace syslog_package
{
namespace
{

std::string last_error()
{
    std::array<char, 256> text{};
    const unsigned long code = ERR_get_error();
    ERR_clear_error();
    if (code == 0)
        return "the connection was cut";
    ERR_error_string_n(code, text.data(), text.size());
    return text.data();
}

[[noreturn]] void refuse(const char* parameter, const std::string& file)
{
    throw std::invalid_argument(std::string(parameter) + ": " + file + " cannot be used, " +
                                last_error() + "; a PEM file was expected");
}

} // namespace

void tls_server::context_end::operator()(SSL_CTX* context) const noexcept
{
    SSL_CTX_free(context);
}

void tls_session::session_end::operator()(SSL* session) const noexcept
{
    SSL_free(session);
}

tls_server::tls_server(const tls_files& files) : context_(SSL_CTX_new(TLS_server_method()))
{
    ERR_clear_error();
    if (context_ == nullptr)
        throw std::bad_alloc();
    SSL_CTX* const made = context_.get();
    SSL_CTX_set_min_proto_version(made, TLS1_2_VERSION);
    SSL_CTX_set_options(made, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_TICKET);
    SSL_CTX_set_num_tickets(made, 0);
    SSL_CTX_set_session_cache_mode(made, SSL_SESS_CACHE_OFF);
    if (SSL_CTX_use_certificate_chain_file(made, files.certificate.c_str()) != 1)
        refuse("certificate_file", files.certificate);
    if (SSL_CTX_use_PrivateKey_file(made, files.key.c_str(), SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_check_private_key(made) != 1)
        refuse("key_file", files.key);
    if (files.clients.empty())
        return;
    if (SSL_CTX_load_verify_locations(made, files.clients.c_str(), nullptr) != 1)
        refuse("client_ca_file", files.clients);
    SSL_CTX_set_client_CA_list(made, SSL_load_client_CA_file(files.clients.c_str()));
    SSL_CTX_set_verify(made, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
}

tls_session::tls_session(const tls_server& server, int socket) : session_(SSL_new(server.context()))
{
    if (session_ == nullptr || SSL_set_fd(session_.get(), socket) != 1)
        throw std::bad_alloc();
    SSL_set_accept_state(session_.get());
}

std::optional<std::size_t> tls_session::read(std::span<char> into)
{
    ERR_clear_error();
    std::size_t count = 0;
    waits_to_write_ = false;
    if (SSL_read_ex(session_.get(), into.data(), into.size(), &count) == 1)
        return count;
    switch (SSL_get_error(session_.get(), 0))
    {
    case SSL_ERROR_WANT_WRITE: waits_to_write_ = true; return std::nullopt;
    case SSL_ERROR_WANT_READ: return std::nullopt;
    case SSL_ERROR_ZERO_RETURN: return 0;
    default: throw std::runtime_error(last_error());
    }
}

bool tls_session::is_open() const
{
    return SSL_is_init_finished(session_.get()) == 1;
}

bool tls_session::has_more() const
{
    return SSL_pending(session_.get()) > 0;
}

} // namespace syslog_package
