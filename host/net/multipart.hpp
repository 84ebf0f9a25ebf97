// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "limits.hpp"
#include "media_type.hpp"
#include "refusal.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host::http
{

struct part
{
    std::string name;

    /// Without any folder, whatever the client sent before it; empty when the part is no file.
    std::string filename;

    /// As sent; nothing is guessed.
    std::optional<media_type> type;

    /// A view of the body that was parsed.
    std::string_view content;
};

/// Splits a `multipart/form-data` body (RFC 7578) with the boundary of its media type. Strict: no
/// preamble, no nested or transfer-encoded parts, every part named, the end present. The body must
/// outlive the parts.
checked<std::vector<part>> parse_multipart(const media_type& type, std::string_view body,
                                           const limits& bounds);

} // namespace penstock::host::http
