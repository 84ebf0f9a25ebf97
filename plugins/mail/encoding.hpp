// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

namespace mail_package
{

/// Whether an encoding of that name, in any case, can be decoded: those of penstock::is_charset,
/// and those with states that mail still has.
[[nodiscard]] bool is_mail_charset(std::string_view name);

/// Decodes text to UTF-8 from the encoding that is named. If it is unknown, or the bytes are none
/// of it, they are taken for UTF-8 if they are that, else for Windows-1252, in which every byte is
/// a character.
[[nodiscard]] std::string decoded_text(std::string_view bytes, std::string_view charset);

} // namespace mail_package
