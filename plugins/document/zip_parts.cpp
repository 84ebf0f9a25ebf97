// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "zip_parts.hpp"
#include "xml.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace document_package
{

namespace
{

// A compound file holds formats before 2007, and those of today when they are encrypted
// ([MS-OFFCRYPTO], 2.3).
constexpr std::string_view compound_mark = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";
constexpr std::string_view zip_mark = "PK\x03\x04";

// The name of a stream in a compound file, which is UTF-16.
std::string wide(std::string_view name)
{
    std::string made;
    for (const char c : name)
        made.append({c, '\0'});
    return made;
}

void check_is_zip(std::string_view data)
{
    if (data.starts_with(compound_mark))
        throw document_error(
            data.find(wide("EncryptedPackage")) != std::string_view::npos
                ? "is encrypted; a document that needs no password was expected"
                : "is a document as before 2007; docx, pptx, xlsx, odt, ods, odp or epub was "
                  "expected");
    if (!data.starts_with(zip_mark))
        throw document_error(
            "is no document; docx, pptx, xlsx, odt, ods, odp or epub was expected");
}

// Whether a file may have text. Of those that may, large ones without are named.
bool is_wanted(std::string_view path)
{
    constexpr std::array endings{".xml", ".rels", ".opf", ".xhtml", ".html", ".htm", ".xht"};
    constexpr std::array unread{"pivotCache/",   "externalLinks/", "theme/",    "customXml/",
                                "slideLayouts/", "slideMasters/",  "drawings/", "charts/"};
    const bool has_ending =
        std::ranges::any_of(endings, [&](const char* each) { return path.ends_with(each); });
    return path == "mimetype" ||
           (has_ending &&
            std::ranges::none_of(unread, [&](const char* each)
                                 { return path.find(each) != std::string_view::npos; }));
}

} // namespace

zip_parts::zip_parts(std::string_view data, const archive_package::unpack_limits& limits)
{
    check_is_zip(data);
    archive_package::quota so_far(limits, data.size());
    try
    {
        archive_package::members files(data, "", false, so_far);
        while (std::optional<archive_package::member> file = files.next(is_wanted))
        {
            if (!file->wrong.empty())
                throw document_error(file->path + ": " + file->wrong);
            files_.try_emplace(std::move(file->path), std::move(file->data));
        }
    }
    catch (const archive_package::archive_error& error)
    {
        throw document_error(error.what());
    }
}

std::string zip_parts::take(const std::string& path)
{
    auto found = files_.extract(path);
    if (found.empty())
        throw document_error(path + ": is missing; a document that has it was expected");
    return std::move(found.mapped());
}

std::string resolved(std::string_view path, const std::string& told_in)
{
    std::string whole = path.starts_with('/')
                            ? std::string(path)
                            : told_in.substr(0, told_in.rfind('/') + 1) + std::string(path);
    std::vector<std::string> folders;
    for (std::size_t begin = 0; begin <= whole.size();)
    {
        const std::size_t end = std::min(whole.find('/', begin), whole.size());
        const std::string name = whole.substr(begin, end - begin);
        if (name == ".." && !folders.empty())
            folders.pop_back();
        else if (!name.empty() && name != "." && name != "..")
            folders.push_back(name);
        begin = end + 1;
    }
    std::string made;
    for (const std::string& each : folders)
        made.append(made.empty() ? "" : "/").append(each);
    return made;
}

std::vector<relationship> relationships_of(zip_parts& parts, const std::string& path,
                                           const office_limits& limits)
{
    const std::size_t name = path.rfind('/') + 1;
    const std::string file = path.substr(0, name) + "_rels/" + path.substr(name) + ".rels";
    std::vector<relationship> found;
    if (!parts.has(file))
        return found;
    const xml content(parts.take(file), file, limits.memory);
    for (const pugi::xml_node each : content.root().children())
    {
        const std::string_view type = attribute_of(each, "Type");
        if (local_name(each) == "Relationship" && attribute_of(each, "TargetMode") != "External")
            found.push_back({std::string(attribute_of(each, "Id")),
                             std::string(type.substr(type.rfind('/') + 1)),
                             resolved(attribute_of(each, "Target"), path)});
    }
    return found;
}

relationships_by_id indexed(const std::vector<relationship>& list)
{
    relationships_by_id found;
    for (const relationship& each : list)
        found.emplace(each.id, &each);
    return found;
}

} // namespace document_package
