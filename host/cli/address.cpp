// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/cli/address.hpp"

#include <CLI/App.hpp>

#include <random>

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

} // namespace

void add_address(CLI::App& verb, std::string& url)
{
    url = "http://127.0.0.1:8080";
    verb.add_option("--to", url, "the address of the host")
        ->type_name("URL")
        ->capture_default_str();
}

boost::system::result<http::url, problem> parse_address(const std::string& text)
{
    if (std::optional<http::url> parsed = http::parse_url(text))
        return *std::move(parsed);
    return problem("--to", "", quote(text) + " is no address of a host",
                   "one as in http://127.0.0.1:8080 was expected");
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
