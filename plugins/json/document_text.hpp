// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string_view>

namespace json_package
{

/// The text of one document among those of a body.
struct document_text
{
    std::size_t number; ///< counted from 1
    std::size_t offset; ///< in the body
    std::string_view text;
};

/// What may stand around a document.
inline constexpr std::string_view json_space = " \t\r\n";

} // namespace json_package
