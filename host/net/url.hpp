// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace penstock::host::http
{

/// The parts of an address that a client needs.
struct url
{
    std::string host;
    std::uint16_t port = 80;

    /// What precedes every target, without a slash at its end; often empty.
    std::string prefix{};

    bool secure = false; ///< https

    friend bool operator==(const url&, const url&) = default;
};

/// Parses `http://127.0.0.1:8080/graphs/catalogue` or the same with https; nothing if it is another
/// kind of address.
std::optional<url> parse_url(std::string_view text);

/// Writes an address, with its port: `https://host:8443`.
std::string to_string(const url& address);

/// Writes a text as one segment of a path.
[[nodiscard]] std::string percent_encoded(std::string_view text);

} // namespace penstock::host::http
