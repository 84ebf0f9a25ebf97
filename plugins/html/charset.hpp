// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string>
#include <string_view>

namespace html_package
{

/// Returns the encoding that a page declares in a `meta` element among its first 1,024 bytes, in
/// lower case; empty if it declares none. One that says UTF-16 there cannot be that: it is UTF-8.
[[nodiscard]] std::string declared_charset(std::string_view page);

} // namespace html_package
