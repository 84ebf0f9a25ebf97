// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace penstock::host::http
{

/// The way in which the bytes of a part are written (RFC 2045, 6).
enum class transfer_encoding
{
    identity, ///< as they are: 7bit, 8bit, binary
    base64,
    quoted_printable
};

/// Finds an encoding by its name in `Content-Transfer-Encoding`; nothing if it is unknown. [any
/// thread]
[[nodiscard]] std::optional<transfer_encoding>
find_transfer_encoding(std::string_view name) noexcept;

/// Decodes the bytes of a part; line ends between digits of base64 mean nothing. Nothing if they
/// are not written in that way. The result is no longer than the text. [any thread]
[[nodiscard]] std::optional<std::string> decode_transfer(transfer_encoding from,
                                                         std::string_view text);

} // namespace penstock::host::http
