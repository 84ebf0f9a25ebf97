// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/access/credentials.hpp"

#include "tests/host/api/access/guarded.hpp"

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(bulk_tokens)

using namespace penstock::host::http::testing;
using penstock::host::scope;

namespace
{

// RFC 4648, 4.
std::string base64(std::string_view text)
{
    constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string made;
    for (std::size_t at = 0; at < text.size(); at += 3)
    {
        std::uint32_t bits = 0;
        for (std::size_t i = 0; i < 3; ++i)
            bits =
                bits << 8 | (at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U);
        for (std::size_t i = 0; i < 4; ++i)
            made += at + i <= text.size() ? digits[bits >> (18 - 6 * i) & 63U] : '=';
    }
    return made;
}

} // namespace

BOOST_AUTO_TEST_CASE(who_sends_to_bulk_may_give_the_token_as_a_password_or_key)
{
    guarded host;
    const std::string token = host.give("one", {scope::ingest});
    BOOST_TEST(!host.authentication.read().has_value());
    const auto asks = [&](const char* target, const std::string& scheme, const std::string& pair)
    {
        return status(
            host,
            make_request("POST", target, {}, {{"Authorization", scheme + ' ' + base64(pair)}}),
            scope::ingest);
    };
    for (const char* scheme : {"Basic", "basic", "ApiKey"})
        for (const char* target : {"/_bulk", "/books/_bulk", "/graphs/g/_bulk"})
            BOOST_TEST(asks(target, scheme, "anybody:" + token) == 0U, target);
    BOOST_TEST(asks("/data", "Basic", "anybody:" + token) == 401U);
    for (const char* other :
         {"/_bulk/x", "/data/_bulk", "/api/graphs/_bulk", "/graphs/g/data/_bulk"})
        BOOST_TEST(asks(other, "Basic", "anybody:" + token) == 401U, other);
    BOOST_TEST(asks("/_bulk", "Basic", "anybody:" + token + "x") == 401U);
    BOOST_TEST(asks("/_bulk", "Basic", token) == 401U);
    BOOST_TEST(asks("/_bulk", "Digest", "anybody:" + token) == 401U);
    BOOST_TEST(status(host, make_request("POST", "/_bulk", {}, {{"Authorization", "Basic !"}}),
                      scope::ingest) == 401U);
}

BOOST_AUTO_TEST_SUITE_END()
