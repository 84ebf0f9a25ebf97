// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

namespace matching
{

/// What an address may be in, as an expression: a group before the at sign, a group behind it.
inline constexpr const char* mail_address_candidate =
    R"re(([\pL\pN_.!#$%&'*+/=?^`{|}~-]+)@(\[[0-9.]+\]|[\pL\pN.-]+))re";

/// Returns the address of e-mail within what was found around an at sign of one text, a view of that
/// text, or nothing. The part before the sign is from the last two dots on, and without signs at its
/// begin that are no letter, digit or underscore; behind it is a name of a host with a dot, or an
/// IPv4 address in brackets. RFC 5321, §4.1.2 and §4.5.3.1, without quoted parts. [any thread]
[[nodiscard]] std::string_view mail_address_in(std::string_view local, std::string_view domain);

} // namespace matching
