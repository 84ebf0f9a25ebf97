// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/address.hpp"

#include "host/base/file_text.hpp"
#include "host/net/origin.hpp"
#include "host/store/token.hpp"

#include <CLI/App.hpp>

#include <cstdlib>
#include <optional>
#include <random>

#include <sys/stat.h>
#include <unistd.h>

namespace penstock::host::cli
{

namespace
{

constexpr std::string_view digits = "0123456789ABCDEF";

bool is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.' || c == '_' || c == '~';
}

// The problem with a token names where it comes from, never the token.
boost::system::result<std::string, problem> checked_token(std::string token,
                                                          const std::string& where)
{
    if (is_token_text(token))
        return token;
    return problem(where, "", "holds no token", "what penstock token new printed was expected");
}

boost::system::result<std::string, problem> read_token(const host_address& to)
{
    const char* given = std::getenv("PENSTOCK_TOKEN");
    if (to.token_file.empty() && (given == nullptr || *given == '\0'))
        return std::string();
    if (to.token_file.empty())
        return checked_token(given, "PENSTOCK_TOKEN");
    struct stat found
    {
    };
    if (::stat(to.token_file.c_str(), &found) == 0 && S_ISREG(found.st_mode) &&
        (found.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return problem(to.token_file, "", "is open to others", "mode 0600 was expected");
    auto text = read_text(to.token_file);
    if (!text)
        return text.error();
    while (text->ends_with('\n') || text->ends_with('\r')) // which editors leave
        text->pop_back();
    return checked_token(*std::move(text), to.token_file);
}

} // namespace

void add_address(CLI::App& verb, host_address& to)
{
    verb.add_option("--to", to.url, "the address of the host")
        ->type_name("URL")
        ->capture_default_str();
    verb.add_option("--token-file", to.token_file, "a file with a token; default: $PENSTOCK_TOKEN")
        ->type_name("FILE");
    verb.add_option("--ca", to.ca, "a PEM file with those that vouch for the host")
        ->type_name("FILE");
}

boost::system::result<host_access, problem> reach(const host_address& to)
{
    const std::optional<http::url> host = http::parse_url(to.url);
    if (!host)
        return problem("--to", "", quote(to.url) + " is no address of a host",
                       "one as in http://127.0.0.1:8080 was expected");
    if (!to.ca.empty() && ::access(to.ca.c_str(), R_OK) != 0)
        return problem("--ca", "", quote(to.ca) + " cannot be read", "a PEM file was expected");
    auto token = read_token(to);
    if (!token)
        return token.error();
    if (!token->empty() && !host->secure && !http::is_loopback(host->host))
        return problem("--to", "", quote(to.url) + " would carry the token in the clear",
                       "an https address was expected");
    return host_access{*host, {*std::move(token), to.ca}};
}

std::string percent_encoded(std::string_view text)
{
    std::string encoded;
    for (const char c : text)
    {
        const auto byte = static_cast<unsigned char>(c);
        if (is_unreserved(c))
            encoded += c;
        else
            encoded.append("%").append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
    }
    return encoded;
}

std::string random_key()
{
    std::random_device source;
    std::string key;
    for (int i = 0; i < 32; ++i)
        key += digits[source() & 15];
    return key;
}

} // namespace penstock::host::cli
