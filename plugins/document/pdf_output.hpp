// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "program.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace document_package
{

/// What a PDF tells of itself; what it lacks is empty.
struct pdf_information
{
    std::string title;
    std::string author;
    std::string created;  ///< RFC 3339
    std::string modified; ///< RFC 3339
};

/// Reads what pdfinfo printed with `-isodates`.
[[nodiscard]] pdf_information information_of(std::string_view printed);

/// The texts of the pages, as a program printed them: each ends with a form feed.
[[nodiscard]] std::vector<std::string> pages_of(std::string_view printed);

/// Returns why a program that reads a PDF did not exit with 0, from what it wrote.
[[nodiscard]] std::string reason_of(const program_result& result);

} // namespace document_package
