// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace text_package
{

/// The encodings that can be read.
enum class charset
{
    utf_8,
    us_ascii,
    iso_8859_1,
    windows_1252
};

/// Finds an encoding by one of its names, in any case.
std::optional<charset> charset_named(std::string_view name);

/// Reports bytes that are no text in their encoding.
class charset_error : public std::runtime_error
{
public:
    using std::runtime_error::runtime_error;
};

/// Decodes text to UTF-8, without a byte order mark. Throws charset_error with the offset of the
/// first byte that is wrong.
std::string to_utf8(std::string_view text, charset from);

} // namespace text_package
