// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <string_view>

namespace document_package
{

/// The media type of a body in XML by its root element: `application/xhtml+xml` of an element
/// `html` in the namespace of XHTML, `text/html` of one in none; empty of any other. In UTF-8, or
/// what has ASCII in it.
[[nodiscard]] std::string_view media_type_of_root(std::string_view body);

} // namespace document_package
