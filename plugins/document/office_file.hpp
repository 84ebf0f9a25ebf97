// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "sheets.hpp"
#include "zip_parts.hpp"

#include <pugixml.hpp>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace document_package
{

/// What a document tells of itself; what it lacks is empty. Dates are as they are written there.
struct office_properties
{
    std::string title;
    std::vector<std::string> authors;
    std::string subject;
    std::string keywords;
    std::string description;
    std::string created;
    std::string modified;
    std::optional<std::int64_t> pages; ///< or slides
};

/// A document: docx, pptx, xlsx, odt, ods, odp or epub, by its content. It needs a stack of full
/// size. [one thread at a time]
class office_file
{
public:
    /// Unpacks a document. Throws document_error if it is none, is broken or encrypted, or reaches
    /// a limit.
    office_file(std::string_view data, const office_limits& limits);

    [[nodiscard]] const office_properties& properties() const { return properties_; }

    /// Reads the text, once. Throws document_error.
    [[nodiscard]] std::string text();

    /// Opens the sheets, once; null if it is no workbook. They go on using this. Throws
    /// document_error.
    [[nodiscard]] std::unique_ptr<sheets> open_sheets();

private:
    enum class kind
    {
        word,
        slides,
        workbook,
        open_document_text, ///< or a presentation
        open_document_workbook,
        book
    };

    void find_office_kind();
    void read_office_properties();
    void read_open_document_properties();
    void read_book();
    void read_spine(pugi::xml_node book);
    void set_property(std::string_view name, const std::string& value);
    [[nodiscard]] std::string word_text();
    [[nodiscard]] std::string slides_text();
    [[nodiscard]] std::string sheets_text();
    [[nodiscard]] std::string book_text();
    void add(std::string& text, const std::string& more) const;

    office_limits limits_;
    zip_parts parts_;
    kind kind_ = kind::word;
    std::string main_;                  // of Office: the path of the file that all begins with
    std::vector<std::string> chapters_; // of a book: the paths of those with text
    office_properties properties_;
};

} // namespace document_package
