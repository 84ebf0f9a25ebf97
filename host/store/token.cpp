// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/store/token.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <stdexcept>

namespace penstock::host
{

namespace
{

constexpr std::string_view prefix = "pst_"; // so that a scanner of leaked secrets knows one
constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::size_t random_bytes = 32;
constexpr std::size_t random_digits = (random_bytes * 8 + 5) / 6;
constexpr std::size_t longest_name = 64;

// RFC 4648, section 5, without padding.
std::string base64url(const std::array<unsigned char, random_bytes>& bytes)
{
    std::string text((bytes.size() + 2) / 3 * 4, '=');
    ::EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), bytes.data(),
                      static_cast<int>(bytes.size())); // ends it with a zero, as the string does
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    text.resize(random_digits);
    return text;
}

} // namespace

std::string random_token()
{
    std::array<unsigned char, random_bytes> bytes{};
    if (::RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        throw std::runtime_error("no random bytes are to be had");
    return std::string(prefix) + base64url(bytes);
}

bool is_token_text(std::string_view text) noexcept
{
    return text.size() == prefix.size() + random_digits && text.starts_with(prefix) &&
           text.find_first_not_of(alphabet, prefix.size()) == std::string_view::npos;
}

const token_record* find_token(const std::vector<token_record>& among,
                               const token_hash& hash) noexcept
{
    const token_record* found = nullptr;
    for (const token_record& each : among)
        if (::CRYPTO_memcmp(each.hash.data(), hash.data(), hash.size()) == 0)
            found = &each;
    return found;
}

bool is_token_name(std::string_view name) noexcept
{
    const auto is_plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
    return !name.empty() && name.size() <= longest_name && is_plain(name.front()) &&
           std::ranges::all_of(name, [&](char c)
                               { return is_plain(c) || c == '_' || c == '.' || c == '-'; });
}

} // namespace penstock::host
