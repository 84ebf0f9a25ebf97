// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "xml.hpp"

#include <cstddef>
#include <memory>
#include <string>

namespace document_package
{

/// The rows of a worksheet of SpreadsheetML (ECMA-376, part 1, 18.3.1.80), some at a time: the
/// elements of all of them would take ten times the memory of the file.
class sheet_rows
{
public:
    /// Begins with a worksheet; errors begin with `name`. `memory` is what the elements of some
    /// rows may take. Throws document_error.
    sheet_rows(std::string text, std::string name, std::size_t memory);

    /// The next row, which is valid until the next call; null behind the last. Throws
    /// document_error.
    [[nodiscard]] pugi::xml_node next();

private:
    void read_some();

    std::string text_;
    std::string name_;
    std::size_t memory_;
    std::size_t at_ = 0;  // where the next rows begin
    std::size_t end_ = 0; // of all of them
    std::string row_end_; // the tag
    std::unique_ptr<xml> some_;
    pugi::xml_node next_;
};

} // namespace document_package
