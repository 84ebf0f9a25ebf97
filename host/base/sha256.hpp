// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace penstock::host
{

/// The 256 bits by which a text is known where it is kept: the same in every version and build.
using sha256_digest = std::array<unsigned char, 32>;

/// Computes the digest of a text (FIPS 180-4). Throws std::runtime_error when the library has no
/// such hash.
[[nodiscard]] sha256_digest sha256(std::string_view text);

/// The bytes of a digest, as they are kept. Valid as long as the digest.
[[nodiscard]] std::string_view view_of(const sha256_digest& digest) noexcept;

/// The digest with these bytes; nothing unless there are 32.
[[nodiscard]] std::optional<sha256_digest> digest_of(std::string_view bytes) noexcept;

/// Writes a digest as 64 hexadecimal digits.
[[nodiscard]] std::string to_hex(const sha256_digest& digest);

} // namespace penstock::host
