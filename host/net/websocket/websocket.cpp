// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "websocket.hpp"

#include "host/net/characters.hpp"
#include "host/net/message.hpp"

#include <boost/uuid/detail/sha1.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace penstock::host::http
{

namespace
{

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

// The hash is 20 bytes long: six groups of three, and one of two.
std::string base64_of_hash(const std::array<unsigned char, 20>& hash)
{
    std::string text;
    for (std::size_t at = 0; at < hash.size(); at += 3)
    {
        std::uint32_t group = 0;
        for (std::size_t i = at; i < at + 3; ++i)
            group = group << 8 | (i < hash.size() ? hash[i] : 0U);
        for (int shift = 18; shift >= 0; shift -= 6)
            text += alphabet[group >> shift & 63U];
    }
    text.back() = '=';
    return text;
}

// A key is the base64 of 16 bytes.
bool is_key(std::string_view text)
{
    return text.size() == 24 && text.ends_with("==") &&
           std::ranges::all_of(text.substr(0, 22),
                               [](char c) { return alphabet.find(c) != std::string_view::npos; });
}

bool lists(std::string_view list, std::string_view wanted)
{
    bool found = false;
    each_of_list(list, [&](std::string_view each) { found = found || same_token(each, wanted); });
    return found;
}

response refuse(unsigned status, std::string_view why)
{
    response made = response::problem(status, {}, why);
    made.headers.add("Upgrade", "websocket");
    made.headers.add("Sec-WebSocket-Version", "13");
    return made;
}

} // namespace

std::string websocket_accept(std::string_view key)
{
    constexpr std::string_view suffix = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"; // of the RFC
    boost::uuids::detail::sha1 hash;
    hash.process_bytes(key.data(), key.size());
    hash.process_bytes(suffix.data(), suffix.size());
    boost::uuids::detail::sha1::digest_type words;
    hash.get_digest(words);
    std::array<unsigned char, 20> bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<unsigned char>(words[i / 4] >> (24 - 8 * (i % 4)));
    return base64_of_hash(bytes);
}

response upgrade_to_websocket(const request& asked, std::shared_ptr<websocket_handler> handler,
                              std::string_view protocol)
{
    const header_list& headers = asked.headers;
    if (asked.head_only || asked.version < 11 || asked.has_body ||
        !lists(headers.value("Upgrade"), "websocket") ||
        !lists(headers.value("Connection"), "upgrade"))
        return refuse(426, "a WebSocket was expected: Upgrade: websocket");
    if (headers.value("Sec-WebSocket-Version") != "13")
        return refuse(426, "sec-websocket-version: unknown; 13 was expected");
    const std::string_view key = headers.value("Sec-WebSocket-Key");
    if (!is_key(key))
        return refuse(400, "sec-websocket-key: not 16 bytes in base64; expected such a key");
    response made{.status = 101, .headers = {}, .body = {}, .upgrade = std::move(handler)};
    made.headers.add("Sec-WebSocket-Accept", websocket_accept(key));
    if (lists(headers.value("Sec-WebSocket-Protocol"), protocol))
        made.headers.add("Sec-WebSocket-Protocol", protocol);
    return made;
}

} // namespace penstock::host::http
