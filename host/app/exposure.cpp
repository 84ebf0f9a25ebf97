// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/app/exposure.hpp"

#include "host/net/origin.hpp"
#include "host/net/server.hpp"
#include "host/store/token_file.hpp"

#include <algorithm>
#include <chrono>

namespace penstock::host
{

namespace
{

bool has_valid_token(const token_list& tokens)
{
    return tokens &&
           std::ranges::any_of(*tokens, [](const token_record& each)
                               { return !each.is_expired(std::chrono::system_clock::now()); });
}

} // namespace

bool is_exposed(const settings& wanted)
{
    const auto address = http::parse_listen_address(wanted.listen);
    return !address || !http::is_loopback(address->address);
}

std::vector<problem> refuse_exposure(const settings& wanted, const std::filesystem::path& data)
{
    std::vector<problem> problems;
    if (wanted.tls_certificate.empty() && !(wanted.tls_key + wanted.tls_client_ca).empty())
        problems.emplace_back("tls_certificate", "", "is missing", "a PEM file was expected");
    if (!wanted.tls_certificate.empty() && wanted.tls_key.empty())
        problems.emplace_back("tls_key", "", "is missing",
                              "the key of " + wanted.tls_certificate + " was expected");
    if (!problems.empty() || !is_exposed(wanted))
        return problems;
    const token_file file(data);
    const auto tokens = file.read();
    if (!tokens)
        problems.push_back(tokens.error());
    else if (!has_valid_token(*tokens))
        problems.emplace_back("listen", "",
                              wanted.listen +
                                  " can be reached by others, and there is no token in " +
                                  file.path().string(),
                              "one of penstock token new was expected");
    if (wanted.tls_certificate.empty())
        problems.emplace_back("listen", "",
                              wanted.listen + " can be reached by others, and there is no TLS",
                              "tls_certificate and tls_key were expected");
    return problems;
}

} // namespace penstock::host
