// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

namespace penstock::host
{

/// Returns whether a character of UTF-8 tells a terminal what to do: a control of C0 or C1, or DEL.
[[nodiscard]] bool is_control(std::string_view character) noexcept;

/// Appends bytes as `\xNN` each.
void append_escaped(std::string& out, std::string_view bytes);

/// Returns foreign text for a line of a terminal or a log: controls, line ends among them, and
/// bytes that are no UTF-8 are escaped as `\xNN`.
[[nodiscard]] std::string printable(std::string_view text);

} // namespace penstock::host
