// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

namespace syslog_package
{

/// Whether a character is a decimal digit, whatever the locale.
[[nodiscard]] constexpr bool is_digit(char c) noexcept
{
    return c >= '0' && c <= '9';
}

} // namespace syslog_package
