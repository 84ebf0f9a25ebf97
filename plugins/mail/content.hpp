// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

namespace mail_package
{

/// What the fields Content-Type and Content-Disposition of a part tell (RFC 2045, 5; RFC 2183);
/// what they do not tell is empty.
struct content_type
{
    std::string mimetype; ///< in lower case, without parameters
    std::string boundary;
    std::string charset;
    std::string filename;    ///< without folders
    bool attachment = false; ///< whether the part is to be shown only if asked for

    /// Whether it is of a type, as `text`.
    [[nodiscard]] bool is(std::string_view type) const
    {
        return mimetype.size() > type.size() && mimetype.starts_with(type) &&
               mimetype[type.size()] == '/';
    }
};

/// Reads both fields, which may be empty; `fallback` is the type if none is told. Throws
/// message_error if one of them is longer than 16 KiB.
[[nodiscard]] content_type content_type_of(std::string_view type, std::string_view disposition,
                                           std::string_view fallback);

/// Decodes a content, by what the field Content-Transfer-Encoding tells (RFC 2045, 6). One that is
/// unknown is none; what is wrong in the content is left out.
[[nodiscard]] std::string decoded_content(std::string_view content, std::string_view encoding);

/// Decodes the value of a field that is free text, as Subject (RFC 2047).
[[nodiscard]] std::string subject_of(std::string_view value);

/// Returns a date (RFC 5322, 3.3) as RFC 3339 has it, in its own zone; empty if it is none.
[[nodiscard]] std::string date_of(std::string_view value);

/// Returns the id of a message (RFC 5322, 3.6.4) without its brackets; empty if there is none.
[[nodiscard]] std::string message_id_of(std::string_view value);

} // namespace mail_package
