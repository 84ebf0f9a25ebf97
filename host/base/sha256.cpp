// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "host/base/sha256.hpp"

#include <algorithm>
#include <stdexcept>

#include <openssl/sha.h>

namespace penstock::host
{

sha256_digest sha256(std::string_view text)
{
    sha256_digest digest{};
    if (::SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data()) ==
        nullptr)
        throw std::runtime_error("sha-256: OpenSSL cannot compute it");
    return digest;
}

std::string_view view_of(const sha256_digest& digest) noexcept
{
    return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

std::optional<sha256_digest> digest_of(std::string_view bytes) noexcept
{
    sha256_digest digest{};
    if (bytes.size() != digest.size())
        return std::nullopt;
    std::ranges::copy(bytes, digest.begin());
    return digest;
}

std::string to_hex(const sha256_digest& digest)
{
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const unsigned char byte : digest)
        text.append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
    return text;
}

} // namespace penstock::host
