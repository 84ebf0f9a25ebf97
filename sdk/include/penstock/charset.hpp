// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <penstock/export.hpp>

#include <stdexcept>
#include <string>
#include <string_view>

namespace penstock
{

/// The error of bytes that are no text in their encoding, or of an encoding that is unknown.
class PENSTOCK_EXPORT charset_error : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// Returns whether an encoding of that name, in any case, can be decoded: UTF-8, UTF-16, UTF-32,
/// those of ISO 8859, Windows and East Asia that browsers know, and cp437. As in browsers,
/// `us-ascii`, `iso-8859-1` and `latin1` are names of windows-1252, in which every byte is a
/// character (Encoding Standard, WHATWG, 4.2). [any thread]
[[nodiscard]] PENSTOCK_EXPORT bool is_charset(std::string_view name) noexcept;

/// Returns the encoding of a text, in lower case: the one that its byte order mark tells, or else
/// the one that is `named`. [any thread]
[[nodiscard]] PENSTOCK_EXPORT std::string charset_of(std::string_view text, std::string_view named);

/// Decodes text to UTF-8, without its byte order mark, which decides before the name does. UTF-16
/// and UTF-32 without one have the greater byte first, unless the name says otherwise. [any thread]
/// Throws charset_error with the offset of the first byte that is wrong, or with the name if it is
/// unknown.
[[nodiscard]] PENSTOCK_EXPORT std::string to_utf8(std::string_view text, std::string_view charset);

} // namespace penstock
