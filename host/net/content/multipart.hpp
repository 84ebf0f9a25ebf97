// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/net/content/media_type.hpp"
#include "host/net/limits.hpp"
#include "host/net/refusal.hpp"
#include "host/net/transfer_encoding.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host::http
{

/// One part of a body of several.
struct part
{
    /// Of the field of a form; other parts may have none.
    std::string name;

    /// Without any folder, whatever the client sent before it; may be empty.
    std::string filename;

    /// Whether a name of a file was sent, if only an empty one: a form says so where none was
    /// chosen.
    bool is_file = false;

    /// As sent; nothing is guessed.
    std::optional<media_type> type;

    /// The way in which the content is written.
    transfer_encoding encoding = transfer_encoding::identity;

    /// A view of the body that was parsed.
    std::string_view content;
};

/// Returns whether bodies of a type are split: `multipart/form-data`, `mixed` and `related`.
[[nodiscard]] bool is_multipart(const media_type& type) noexcept;

/// Splits such a body (RFC 2046, 7578) with the boundary of its media type. What stands before the
/// first boundary and behind the last is passed over; the end must be present, and every part of a
/// form named. A name that is not UTF-8 is ISO-8859-1. Parts are not split any further. The body
/// must outlive the parts. 400, or 413 for too many parts.
checked<std::vector<part>> parse_multipart(const media_type& type, std::string_view body,
                                           const limits& bounds);

} // namespace penstock::host::http
