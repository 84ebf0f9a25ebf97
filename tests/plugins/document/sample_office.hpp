// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "zip.hpp"

#include <string>
#include <utility>
#include <vector>

/// Documents with little more than what is given, as those programs write them.
namespace sample_office
{

using files = std::vector<std::pair<std::string, std::string>>;

inline const std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

/// Relationships, each as an id, the last word of its type, and a target.
inline std::string relationships(const std::vector<std::vector<std::string>>& list)
{
    std::string made = xml + "<Relationships>";
    for (const std::vector<std::string>& each : list)
        made += "<Relationship Id=\"" + each[0] + "\" Type=\"http://example.org/" + each[1] +
                "\" Target=\"" + each[2] + "\"/>";
    return made + "</Relationships>";
}

/// A document of Office that begins with `main`, with further files.
inline std::string office(const std::string& main, files further)
{
    files all{{"_rels/.rels", relationships({{"r1", "officeDocument", main}})}};
    for (auto& each : further)
        all.push_back(std::move(each));
    return zip_of(all);
}

/// A docx with such a body.
inline std::string docx(const std::string& body, files further = {})
{
    further.emplace_back("word/document.xml", xml + "<w:document xmlns:w=\"w\"><w:body>" + body +
                                                  "</w:body></w:document>");
    return office("word/document.xml", std::move(further));
}

/// A paragraph of a docx.
inline std::string paragraph(const std::string& text)
{
    return "<w:p><w:r><w:t xml:space=\"preserve\">" + text + "</w:t></w:r></w:p>";
}

/// An xlsx of sheets, each with its name and its rows, and with further files of the folder `xl`.
inline std::string xlsx(const files& sheets, const files& further = {},
                        const std::string& properties = "")
{
    std::string list;
    std::vector<std::vector<std::string>> related;
    files all;
    for (const auto& [name, rows] : sheets)
    {
        const std::string number = std::to_string(related.size() + 1);
        list +=
            "<sheet name=\"" + name + "\" sheetId=\"" + number + "\" r:id=\"r" + number + "\"/>";
        related.push_back({"r" + number, "worksheet", "worksheets/sheet" + number + ".xml"});
        all.emplace_back("xl/worksheets/sheet" + number + ".xml",
                         xml + "<worksheet><sheetData>" + rows + "</sheetData></worksheet>");
    }
    for (const auto& [name, content] : further)
    {
        related.push_back({name, name, name + ".xml"});
        all.emplace_back("xl/" + name + ".xml", content);
    }
    all.emplace_back("xl/workbook.xml", xml + "<workbook xmlns:r=\"r\">" + properties + "<sheets>" +
                                            list + "</sheets></workbook>");
    all.emplace_back("xl/_rels/workbook.xml.rels", relationships(related));
    return office("xl/workbook.xml", std::move(all));
}

/// A document of OpenDocument: `kind` is text, spreadsheet or presentation.
inline std::string open_document(const std::string& kind, const std::string& body,
                                 files further = {})
{
    files all{{"mimetype", "application/vnd.oasis.opendocument." + kind},
              {"content.xml", xml +
                                  "<office:document-content xmlns:office=\"o\" xmlns:text=\"t\" "
                                  "xmlns:table=\"b\"><office:body><office:" +
                                  kind + ">" + body + "</office:" + kind +
                                  "></office:body></office:document-content>"}};
    for (auto& each : further)
        all.push_back(std::move(each));
    return zip_of(all);
}

/// An epub of chapters, each with its name in the manifest; the spine has them in this order.
inline std::string epub(const files& chapters, const std::string& metadata = "", files further = {})
{
    std::string manifest, spine;
    files all{{"mimetype", "application/epub+zip"},
              {"META-INF/container.xml",
               xml + "<container><rootfiles><rootfile full-path=\"OEBPS/content.opf\"/>"
                     "</rootfiles></container>"}};
    for (const auto& [name, content] : chapters)
    {
        manifest += "<item id=\"" + name + "\" href=\"text/" + name + ".xhtml\"/>";
        spine += "<itemref idref=\"" + name + "\"/>";
        all.emplace_back("OEBPS/text/" + name + ".xhtml", content);
    }
    all.emplace_back("OEBPS/content.opf", xml + "<package xmlns:dc=\"d\"><metadata>" + metadata +
                                              "</metadata><manifest>" + manifest +
                                              "</manifest><spine>" + spine + "</spine></package>");
    for (auto& each : further)
        all.push_back(std::move(each));
    return zip_of(all);
}

} // namespace sample_office
