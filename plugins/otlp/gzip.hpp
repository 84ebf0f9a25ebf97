// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace otlp_package
{

/// Unpacks gzip (RFC 1952). [any thread] Throws std::invalid_argument if it is none, and
/// std::length_error if there are more than so many bytes in it.
[[nodiscard]] std::string unpacked(std::string_view bytes, std::size_t most);

/// Packs bytes as gzip. [any thread] Throws std::bad_alloc.
[[nodiscard]] std::string packed(std::string_view bytes);

} // namespace otlp_package
