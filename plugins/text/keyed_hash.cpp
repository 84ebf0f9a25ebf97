// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "keyed_hash.hpp"

#include <array>
#include <cstddef>
#include <stdexcept>

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace text_package
{

std::string keyed_hash(std::string_view key, std::string_view text)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
    unsigned size = 0;
    if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
             reinterpret_cast<const unsigned char*>(text.data()), text.size(), hash.data(),
             &size) == nullptr)
        throw std::runtime_error("OpenSSL: no hash could be made; HMAC with SHA-256 was expected");
    constexpr std::string_view digits = "0123456789abcdef";
    std::string made;
    for (std::size_t n = 0; n < 16; ++n)
        made.append(1, digits[hash[n] / 16]).append(1, digits[hash[n] % 16]);
    return made;
}

} // namespace text_package
