// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <gmime/gmime.h>

namespace mail_package
{

/// The options that GMime reads header fields with: lenient, and for bytes that name no encoding
/// UTF-8, else Windows-1252. The first call starts GMime, which then stays in the process: GLib
/// knows its types for ever. They are only read. [any thread]
[[nodiscard]] GMimeParserOptions* gmime_options();

/// Releases what GMime allocated.
struct free_text
{
    void operator()(char* text) const { g_free(text); }
};

/// Releases an object of GMime.
struct release_object
{
    void operator()(void* object) const { g_object_unref(object); }
};

/// A text that GMime allocated.
using gmime_text = std::unique_ptr<char, free_text>;

/// An object of GMime.
template <class Type>
using gmime_object = std::unique_ptr<Type, release_object>;

/// Returns a header field's value as GMime may read it: on one line (RFC 5322, 2.2.3), without
/// NULs, and with no encodings in encoded words (RFC 2047) but those that are known. Another is
/// replaced by Windows-1252, which nearly any bytes are: GMime keeps each name that it meets, for
/// ever.
[[nodiscard]] std::string readable(std::string_view value);

/// The same for a field with parameters, which may name encodings too (RFC 2231).
[[nodiscard]] std::string readable_parameters(std::string_view value);

/// Takes a text of GMime over, as UTF-8 whatever it is; empty for null.
[[nodiscard]] std::string taken(char* text);

} // namespace mail_package
