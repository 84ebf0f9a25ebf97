// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

namespace text_package
{

/// Returns the HMAC of a text with SHA-256 (RFC 2104), the first 128 bits of it as 32 hexadecimal
/// digits: equal for equal texts, and of no use to guess them without the key. Throws
/// std::runtime_error if OpenSSL fails. [any thread]
[[nodiscard]] std::string keyed_hash(std::string_view key, std::string_view text);

} // namespace text_package
