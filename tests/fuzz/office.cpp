// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Office documents: what pugixml makes of the files in them, and what is made of that. The first byte
// chooses whether the rest is a whole document or one of its files, which no compression hides.

#include "target.hpp"

#include "plugins/document/office_file.hpp"
#include "plugins/document/xml.hpp"
#include "tests/plugins/document/sample_office.hpp"

#include <penstock/detail/utf8.hpp>

namespace penstock::fuzz
{

namespace
{

std::string document_of(unsigned char choice, const std::string& text)
{
    namespace sample = sample_office;
    switch (choice % 10)
    {
    case 0: return text;
    case 1: return sample::docx(text);
    case 2: return sample::docx("", {{"docProps/core.xml", text}});
    case 3: return sample::xlsx({{"S", text}}, {{"sharedStrings", "<sst><si><t>x</t></si></sst>"}});
    case 4:
        return sample::xlsx({{"S", "<row><c t='s' s='1'><v>0</v></c></row>"}},
                            {{"sharedStrings", text}, {"styles", text}});
    case 5: return sample::open_document("text", text);
    case 6: return sample::open_document("spreadsheet", text);
    case 7: return sample::open_document("presentation", "", {{"meta.xml", text}});
    case 8: return sample::epub({{"a", text}});
    default:
        return sample::office("ppt/presentation.xml", {{"ppt/presentation.xml", text},
                                                       {"ppt/_rels/presentation.xml.rels", text}});
    }
}

void try_sheets(document_package::office_file& file)
{
    const auto all = file.open_sheets();
    while (all != nullptr && all->next_sheet())
    {
        hold(detail::is_utf8(all->name()), "names are UTF-8");
        for (document_package::sheet_row row; all->next_row(row);)
        {
            hold(!row.cells.empty(), "a row has a cell");
            for (const json::value& each : row.cells)
                hold(detail::is_utf8(document_package::cell_text(each)), "cells are UTF-8");
        }
    }
}

} // namespace

std::vector<std::string> seeds()
{
    return {
        std::string(1, '\0') + sample_office::docx("<w:p><w:t>a</w:t></w:p>"),
        "\x01<w:p><w:pPr><w:tab/></w:pPr><w:r><w:t>a</w:t><w:tab/><w:br/></w:r></w:p><w:tbl>"
        "<w:tr><w:tc><w:p/></w:tc><w:tc/></w:tr></w:tbl>",
        "\x02<p><dc:title>a</dc:title><dcterms:created>b</dcterms:created><Pages>1</Pages></p>",
        "\x03<row r='2'><c r='AB2' t='s'><v>0</v></c><c t='b'><v>1</v></c><c><v>1.5</v></c></row>",
        "\x04<sst><si><t>a</t></si><numFmts><numFmt numFmtId='1' formatCode='[h]d'/></numFmts>"
        "<cellXfs><xf numFmtId='14'/></cellXfs></sst>",
        "\x05<text:p>a<text:s text:c='2'/><text:note><text:note-body><text:p>b</text:p>"
        "</text:note-body></text:note></text:p>",
        "\x06<table:table table:name='a'><table:table-row table:number-rows-repeated='2'>"
        "<table:table-cell table:number-columns-repeated='3' office:value-type='float' "
        "office:value='1'/></table:table-row></table:table>",
        "\x06<table:table><table:table-row><table:table-cell office:value-type='float' "
        "office:value='\xff'/></table:table-row></table:table>",
        "\x07<m><office:meta><meta:keyword>a</meta:keyword></office:meta></m>",
        "\x08<p>a<b>b</p>",
        "\x09<p><sldIdLst><sldId r:id='a'/></sldIdLst><Relationship Id='a' Type='/slide' "
        "Target='../x.xml'/></p>"};
}

void try_input(std::string_view input)
{
    const unsigned char choice = take(input);
    const std::string data = document_of(choice, std::string(input));
    const document_package::office_limits limits{
        .unpacked = {.bytes = 1 << 20, .member = 1 << 20, .members = 100, .ratio = 1000},
        .memory = std::size_t{8} << 20,
        .text = 1 << 20};
    for (const bool rows : {false, true})
    {
        try
        {
            document_package::office_file file(data, limits);
            hold(detail::is_utf8(file.properties().title), "properties are UTF-8");
            if (rows)
                try_sheets(file);
            else
                hold(detail::is_utf8(file.text()), "the text is UTF-8");
        }
        catch (const document_package::document_error&)
        {
        }
    }
}

} // namespace penstock::fuzz
