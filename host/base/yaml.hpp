// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace penstock::host
{

/// The bytes that aliases may add to a document, in JSON.
inline constexpr std::size_t greatest_repetition = std::size_t{4} << 20;

/// How deep lists and objects may be nested, aliases replaced by what they stand for.
inline constexpr std::size_t greatest_yaml_depth = 64;

/// The same value as a YAML document, in JSON. [any thread] Throws json_error with the line and the
/// column in the document.
///
/// Plain scalars mean what the core schema of YAML 1.2 has, but for numbers with leading zeros, which
/// are texts: `no`, `on` and `0123` are texts, `0x1F` is 31. Numbers keep their digits. An alias
/// stands for a copy. Tags, merge keys, keys that are no scalars, keys that stand twice, numbers that
/// JSON has not, a second document, and characters that control terminals are refused.
[[nodiscard]] std::string yaml_as_json(std::string_view text);

} // namespace penstock::host
