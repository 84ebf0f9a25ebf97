// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "websocket.hpp"

#include "host/net/characters.hpp"
#include "host/net/message.hpp"

#include <algorithm>
#include <utility>

namespace penstock::host::http
{

namespace
{

// A key is the base64 of 16 bytes.
bool is_key(std::string_view text)
{
    constexpr std::string_view alphabet =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    return text.size() == 24 && text.ends_with("==") &&
           text.substr(0, 22).find_first_not_of(alphabet) == std::string_view::npos;
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
    auto granted = std::make_shared<websocket_upgrade>(
        websocket_upgrade{std::move(handler), std::string(key)});
    if (lists(headers.value("Sec-WebSocket-Protocol"), protocol))
        granted->protocol = protocol;
    return {.status = 101, .headers = {}, .body = {}, .upgrade = std::move(granted)};
}

} // namespace penstock::host::http
