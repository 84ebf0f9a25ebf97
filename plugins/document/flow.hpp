// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include <cstddef>
#include <string>

#include <pugixml.hpp>

namespace document_package
{

/// Returns the text in WordprocessingML or DrawingML (ECMA-376, part 1, 17 and 21): an empty line
/// between paragraphs, cells of a table apart by tabs, its rows by line ends. What was deleted is
/// left out, and so are field codes. Throws document_error if it has more than `most` bytes.
[[nodiscard]] std::string office_text(pugi::xml_node root, std::size_t most);

/// The same for OpenDocument (OASIS, 1.3, part 3, 5 and 6), whose notes come last.
[[nodiscard]] std::string open_document_text(pugi::xml_node root, std::size_t most);

} // namespace document_package
