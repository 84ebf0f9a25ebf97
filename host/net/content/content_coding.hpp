// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/net/limits.hpp"
#include "host/net/message.hpp"
#include "host/net/refusal.hpp"

#include <string>
#include <string_view>

namespace penstock::host::http
{

/// Returns whether `decode_content` understands a `Content-Encoding` value: nothing, `identity`, or
/// exactly one of gzip, deflate and zstd. A list is refused: every coding on top of another
/// multiplies what a bomb can do.
bool is_known_coding(std::string_view content_encoding) noexcept;

/// Takes the content coding off a body; without one it is handed back unmoved. Stops as soon as
/// the output passes `decompressed` or the ratio: 415 unknown coding, 400 damaged, 413 too large.
checked<std::string> decode_content(std::string_view content_encoding, std::string body,
                                    const limits& bounds);

/// Returns whether the client takes a gzip answer (RFC 9110, 12.5.3).
bool accepts_gzip(const header_list& headers);

/// Compresses at a low level; meant for answers.
std::string gzip(std::string_view plain);

} // namespace penstock::host::http
