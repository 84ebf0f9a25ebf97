// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "office_file.hpp"
#include "flow.hpp"
#include "xml.hpp"

#include "../html/page.hpp"
#include "../reading/ascii.hpp"

#include <penstock/detail/utf8.hpp>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <functional>
#include <map>
#include <set>
#include <utility>

namespace document_package
{

namespace
{

using clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds longest_chapters{1000}; // to read them, all together

std::optional<std::int64_t> count_in(std::string_view text)
{
    std::int64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error != std::errc() || count < 0)
        return std::nullopt;
    return count;
}

// Whether files of an OpenDocument file or a book that have text are encrypted.
bool has_encrypted_text(pugi::xml_node root)
{
    bool found = false;
    walk_xml(
        root,
        [&](pugi::xml_node node)
        {
            const std::string_view name = local_name(node);
            std::string_view path;
            if (name == "encryption-data") // OpenDocument 1.3, part 2, 4.5
                path = attribute_of(node.parent(), "full-path");
            else if (name == "CipherReference") // OCF 3.3, 4.2.6.3.2
                path = attribute_of(node, "URI");
            found = found || path.ends_with("ml") || path.ends_with(".opf");
            return true;
        },
        [](pugi::xml_node) {});
    return found;
}

// The file of the zip that a relative address in one of them leads to (RFC 3986, 2.1 and 5.2).
std::string path_of_address(std::string_view address, const std::string& told_in)
{
    address = address.substr(0, address.find_first_of("?#"));
    std::string path;
    for (std::size_t at = 0; at < address.size(); ++at)
    {
        unsigned value = 0;
        const char* const digits = address.data() + at + 1;
        if (address[at] == '%' && address.size() - at > 2 &&
            std::from_chars(digits, digits + 2, value, 16).ptr == digits + 2)
            at += 2;
        else
            value = static_cast<unsigned char>(address[at]);
        path += static_cast<char>(value);
    }
    return resolved(path, told_in);
}

void check_is_readable(zip_parts& parts, const std::string& path, const office_limits& limits)
{
    if (parts.has(path) && has_encrypted_text(xml(parts.take(path), path, limits.memory).root()))
        throw document_error("is encrypted; a document that needs no password was expected");
}

} // namespace

office_file::office_file(std::string_view data, const office_limits& limits)
    : limits_(limits), parts_(data, limits_.unpacked)
{
    const std::string type = parts_.has("mimetype")
                                 ? std::string(reading::trimmed(parts_.take("mimetype")))
                                 : std::string();
    if (type.starts_with("application/vnd.oasis.opendocument."))
    {
        check_is_readable(parts_, "META-INF/manifest.xml", limits_);
        kind_ = type.find("spreadsheet") != std::string::npos ? kind::open_document_workbook
                                                              : kind::open_document_text;
        read_open_document_properties();
    }
    else if (type == "application/epub+zip")
    {
        check_is_readable(parts_, "META-INF/encryption.xml", limits_);
        kind_ = kind::book;
        read_book();
    }
    else
    {
        find_office_kind();
        read_office_properties();
    }
}

void office_file::find_office_kind()
{
    for (const relationship& each : relationships_of(parts_, "", limits_))
        if (each.type == "officeDocument")
            main_ = each.target;
    if (main_.find("word/") != std::string::npos || main_.ends_with("document.xml"))
        kind_ = kind::word;
    else if (main_.find("ppt/") != std::string::npos || main_.ends_with("presentation.xml"))
        kind_ = kind::slides;
    else if (main_.find("xl/") != std::string::npos || main_.ends_with("workbook.xml"))
        kind_ = kind::workbook;
    else
        throw document_error("is a zip, but no document; docx, pptx, xlsx, odt, ods, odp or epub "
                             "was expected");
}

void office_file::read_office_properties()
{
    for (const std::string path : {"docProps/core.xml", "docProps/app.xml"})
    {
        if (!parts_.has(path))
            continue;
        const xml content(parts_.take(path), path, limits_.memory);
        for (const pugi::xml_node each : content.root().children())
            set_property(local_name(each), text_in(each));
    }
}

void office_file::read_open_document_properties()
{
    if (!parts_.has("meta.xml"))
        return;
    const xml content(parts_.take("meta.xml"), "meta.xml", limits_.memory);
    for (const pugi::xml_node each : child_of(content.root(), "meta").children())
    {
        if (local_name(each) == "document-statistic")
            set_property("Pages", std::string(attribute_of(each, "page-count")));
        set_property(local_name(each), text_in(each));
    }
}

void office_file::set_property(std::string_view name, const std::string& value)
{
    const std::string text(reading::trimmed(value));
    if (text.empty())
        return;
    if (name == "title" && properties_.title.empty())
        properties_.title = text;
    else if (name == "initial-creator")
        properties_.authors = {text};
    else if (name == "creator" && (kind_ == kind::book || properties_.authors.empty()))
        properties_.authors.push_back(text);
    else if (name == "subject" && properties_.subject.empty())
        properties_.subject = text;
    else if (name == "keywords" || name == "keyword")
        properties_.keywords.append(properties_.keywords.empty() ? "" : ", ").append(text);
    else if (name == "description" && properties_.description.empty())
        properties_.description = text;
    else if (name == "created" || name == "creation-date")
        properties_.created = text;
    else if (name == "modified" || name == "date")
        properties_.modified = text;
    else if (name == "Pages" || (name == "Slides" && kind_ == kind::slides))
        properties_.pages = count_in(text);
}

// The package document of a book (EPUB 3.3, 5).
void office_file::read_book()
{
    const std::string container = "META-INF/container.xml";
    {
        const xml content(parts_.take(container), container, limits_.memory);
        const pugi::xml_node files = child_of(content.root(), "rootfiles");
        main_ = resolved(attribute_of(child_of(files, "rootfile"), "full-path"), "");
    }
    const xml content(parts_.take(main_), main_, limits_.memory);
    for (const pugi::xml_node each : child_of(content.root(), "metadata").children())
        set_property(local_name(each) == "date" ? "created" : local_name(each), text_in(each));
    read_spine(content.root());
}

// The spine has the chapters in their order, and pictures (EPUB 3.3, 5.7).
void office_file::read_spine(pugi::xml_node book)
{
    std::map<std::string_view, pugi::xml_node> items;
    for (const pugi::xml_node each : child_of(book, "manifest").children())
        items.emplace(attribute_of(each, "id"), each);
    std::set<std::string> known;
    for (const pugi::xml_node each : child_of(book, "spine").children())
    {
        if (local_name(each) != "itemref")
            continue;
        const std::string_view id = attribute_of(each, "idref");
        const auto item = items.find(id);
        if (item == items.end())
            throw document_error(main_ + ": the spine has " + penstock::detail::repaired_utf8(id) +
                                 ", which the manifest has not; a book that has all its chapters "
                                 "was expected");
        if (attribute_of(item->second, "media-type").starts_with("image/"))
            continue;
        std::string path = path_of_address(attribute_of(item->second, "href"), main_);
        if (!parts_.has(path))
            throw document_error(path + ": is missing, or its name does not end as that of a page; "
                                        "a book that has all its chapters was expected");
        if (known.insert(path).second)
            chapters_.push_back(std::move(path));
    }
}

std::string office_file::text()
{
    switch (kind_)
    {
    case kind::word: return word_text();
    case kind::slides: return slides_text();
    case kind::book: return book_text();
    case kind::open_document_text: {
        const xml content(parts_.take("content.xml"), "content.xml", limits_.memory);
        return open_document_text(child_of(content.root(), "body"), limits_.text);
    }
    case kind::workbook:
    case kind::open_document_workbook: break;
    }
    return sheets_text();
}

std::unique_ptr<sheets> office_file::open_sheets()
{
    if (kind_ == kind::workbook)
        return office_sheets(parts_, main_, limits_);
    if (kind_ == kind::open_document_workbook)
        return open_document_sheets(parts_, limits_);
    return nullptr;
}

std::string office_file::word_text()
{
    const std::vector<relationship> related = relationships_of(parts_, main_, limits_);
    std::string text;
    const auto read = [&](const std::string& path)
    {
        const xml content(parts_.take(path), path, limits_.memory);
        add(text, office_text(content.root(), limits_.text));
    };
    read(main_);
    for (const char* notes : {"footnotes", "endnotes"})
        for (const relationship& each : related)
            if (each.type == notes && parts_.has(each.target))
                read(each.target);
    return text;
}

std::string office_file::slides_text()
{
    const std::vector<relationship> related = relationships_of(parts_, main_, limits_);
    const relationships_by_id by_id = indexed(related);
    std::vector<std::string> paths;
    {
        const xml content(parts_.take(main_), main_, limits_.memory);
        for (const pugi::xml_node each : child_of(content.root(), "sldIdLst").children())
        {
            const auto found = by_id.find(attribute_of(each, "id"));
            if (found != by_id.end() && parts_.has(found->second->target))
                paths.push_back(found->second->target);
        }
    }
    std::string text;
    for (const std::string& path : paths)
    {
        if (!parts_.has(path))
            continue; // it was shown before
        const xml content(parts_.take(path), path, limits_.memory);
        add(text, office_text(content.root(), limits_.text));
    }
    return text;
}

std::string office_file::sheets_text()
{
    const std::unique_ptr<sheets> all = open_sheets();
    std::string text;
    while (all->next_sheet())
    {
        std::string lines = all->name();
        for (sheet_row row; all->next_row(row);)
        {
            lines += '\n';
            for (std::size_t i = 0; i < row.cells.size(); ++i)
                lines.append(i == 0 ? "" : "\t").append(cell_text(row.cells[i]));
        }
        add(text, lines);
    }
    return text;
}

std::string office_file::book_text()
{
    const clock::time_point end = clock::now() + longest_chapters;
    std::string text;
    for (const std::string& path : chapters_)
    {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - clock::now());
        const html_package::page_limits limits{
            .memory = limits_.memory, .time = std::max(left, std::chrono::milliseconds(1))};
        try
        {
            add(text,
                html_package::read_page(penstock::detail::repaired_utf8(parts_.take(path)), limits)
                    .text);
        }
        catch (const html_package::page_error& error)
        {
            throw document_error(path + ": " + error.what());
        }
    }
    return text;
}

void office_file::add(std::string& text, const std::string& more) const
{
    if (more.empty())
        return;
    if (text.size() + more.size() > limits_.text)
        throw document_error("text: has more than " + std::to_string(limits_.text) +
                             " bytes; a smaller document was expected");
    text.append(text.empty() ? "" : "\n\n").append(more);
}

} // namespace document_package
