// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "transfer_encoding.hpp"

#include "characters.hpp"
#include "message.hpp"

#include <openssl/evp.h>

#include <limits>
#include <memory>
#include <new>

namespace penstock::host::http
{

namespace
{

std::optional<std::string> decode_base64(std::string_view text)
{
    // OpenSSL takes a hyphen for the end.
    if (text.size() > std::numeric_limits<int>::max() || text.find('-') != std::string_view::npos)
    {
        return std::nullopt;
    }
    const std::unique_ptr<EVP_ENCODE_CTX, decltype(&EVP_ENCODE_CTX_free)> context{
        EVP_ENCODE_CTX_new(), EVP_ENCODE_CTX_free};
    if (!context)
    {
        throw std::bad_alloc{};
    }
    EVP_DecodeInit(context.get());
    std::string decoded(text.size() + 3, '\0');
    auto* const to = reinterpret_cast<unsigned char*>(decoded.data());
    int count = 0;
    int last = 0;
    if (EVP_DecodeUpdate(context.get(), to, &count,
                         reinterpret_cast<const unsigned char*>(text.data()),
                         static_cast<int>(text.size())) < 0 ||
        EVP_DecodeFinal(context.get(), to + count, &last) < 0)
    {
        return std::nullopt;
    }
    decoded.resize(static_cast<std::size_t>(count) + static_cast<std::size_t>(last));
    return decoded;
}

std::optional<std::string> decode_quoted(std::string_view text)
{
    std::string decoded;
    decoded.reserve(text.size());
    while (!text.empty())
    {
        const auto mark = std::min(text.find('='), text.size());
        decoded += text.substr(0, mark);
        text.remove_prefix(mark);
        if (text.empty())
        {
            break;
        }
        text.remove_prefix(1);
        const auto line_end = text.starts_with(crlf) ? crlf.size() : text.starts_with('\n') ? 1 : 0;
        if (line_end != 0)
        {
            text.remove_prefix(line_end); // a soft one, which is none of the content
            continue;
        }
        const int high = text.size() < 2 ? -1 : hex_value(text[0]);
        const int low = text.size() < 2 ? -1 : hex_value(text[1]);
        if (high < 0 || low < 0)
        {
            return std::nullopt;
        }
        decoded += static_cast<char>(high * 16 + low);
        text.remove_prefix(2);
    }
    return decoded;
}

} // namespace

std::optional<transfer_encoding> find_transfer_encoding(std::string_view name) noexcept
{
    if (same_token(name, "base64"))
    {
        return transfer_encoding::base64;
    }
    if (same_token(name, "quoted-printable"))
    {
        return transfer_encoding::quoted_printable;
    }
    const bool plain =
        same_token(name, "7bit") || same_token(name, "8bit") || same_token(name, "binary");
    return plain ? std::optional{transfer_encoding::identity} : std::nullopt;
}

std::optional<std::string> decode_transfer(transfer_encoding from, std::string_view text)
{
    switch (from)
    {
    case transfer_encoding::base64: return decode_base64(text);
    case transfer_encoding::quoted_printable: return decode_quoted(text);
    case transfer_encoding::identity: break;
    }
    return std::string{text};
}

} // namespace penstock::host::http
