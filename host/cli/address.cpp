// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/address.hpp"

#include "host/net/origin.hpp"
#include "host/store/token_reading.hpp"

#include <CLI/App.hpp>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <random>

#include <unistd.h>

namespace penstock::host::cli
{

namespace
{

constexpr std::string_view digits = "0123456789ABCDEF";

boost::system::result<std::string, problem> token_for(const host_address& to)
{
    if (!to.token_file.empty())
        return read_token(to.token_file);
    const char* given = std::getenv("PENSTOCK_TOKEN");
    if (given == nullptr || *given == '\0')
        return std::string();
    return checked_token(given, "PENSTOCK_TOKEN");
}

// An empty text: there is none.
std::string problem_with_address(const std::string& url)
{
    return http::parse_url(url) ? std::string() : quote(url) + " is no address of a host";
}

// However its address is written.
bool is_named_twice(const std::string& url, const std::vector<std::string>& all)
{
    const auto same =
        std::ranges::count_if(all, [wanted = http::parse_url(url)](const std::string& each)
                              { return wanted && http::parse_url(each) == wanted; });
    return same > 1;
}

void add_credentials(CLI::App& verb, std::string& token_file, std::string& ca)
{
    verb.add_option("--token-file", token_file, "a file with a token; default: $PENSTOCK_TOKEN")
        ->type_name("FILE");
    verb.add_option("--ca", ca, "a PEM file with those that vouch for the host")->type_name("FILE");
}

} // namespace

void add_address(CLI::App& verb, host_address& to)
{
    verb.add_option("--to", to.url, "the address of the host")
        ->type_name("URL")
        ->capture_default_str();
    add_credentials(verb, to.token_file, to.ca);
}

void add_addresses(CLI::App& verb, host_addresses& to)
{
    CLI::Option* const option =
        verb.add_option("--to", to.urls, "the address of a host; may be given more than once");
    option->type_name("URL")
        ->expected(1)
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->capture_default_str()
        ->check(problem_with_address)
        ->check(
            [option](const std::string& url) {
                return is_named_twice(url, option->results()) ? quote(url) + " is named twice"
                                                              : std::string();
            },
            "", "once");
    add_credentials(verb, to.token_file, to.ca);
}

std::vector<host_address> host_addresses::each() const
{
    std::vector<host_address> all;
    for (const std::string& url : urls)
        all.push_back({url, token_file, ca});
    return all;
}

boost::system::result<host_access, problem> reach(const host_address& to)
{
    const std::optional<http::url> host = http::parse_url(to.url);
    if (!host)
        return problem("--to", "", quote(to.url) + " is no address of a host",
                       "one as in http://127.0.0.1:8080 was expected");
    if (!to.ca.empty() && ::access(to.ca.c_str(), R_OK) != 0)
        return problem("--ca", "", quote(to.ca) + " cannot be read", "a PEM file was expected");
    auto token = token_for(to);
    if (!token)
        return token.error();
    if (!token->empty() && !host->secure && !http::is_loopback(host->host))
        return problem("--to", "", quote(to.url) + " would carry the token in the clear",
                       "an https address was expected");
    return host_access{*host, {*std::move(token), to.ca}};
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
