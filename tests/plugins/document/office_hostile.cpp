// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "read_office.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>

namespace sample = sample_office;

BOOST_AUTO_TEST_SUITE(document_office_hostile)

namespace
{

std::string repeated(const std::string& text, std::size_t count)
{
    std::string made;
    for (std::size_t i = 0; i < count; ++i)
        made += text;
    return made;
}

// The mark of a compound file, and a name in it.
std::string compound(const std::string& name)
{
    std::string made("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 ", 9);
    for (const char c : name)
        made.append({c, '\0'});
    return made;
}

} // namespace

BOOST_AUTO_TEST_CASE(what_is_no_document_fails_alone)
{
    BOOST_TEST(reason("") == "is empty; a document was expected");
    BOOST_TEST(reason("text") ==
               "is no document; docx, pptx, xlsx, odt, ods, odp or epub was expected");
    BOOST_TEST(reason(zip_of({{"a.xml", "<a/>"}})) ==
               "is a zip, but no document; docx, pptx, xlsx, odt, ods, odp or epub was expected");
    BOOST_TEST(reason(sample::office("word/document.xml", {})) ==
               "word/document.xml: is missing; a document that has it was expected");
    BOOST_TEST(reason(sample::docx("").substr(0, 100)).find("is broken: ") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_file_whose_checksum_is_another_fails_with_its_name)
{
    const std::string good = sample::docx(sample::paragraph("total 1000"));
    std::string wrong = good;
    const std::size_t checksum =
        wrong.rfind("PK\x01\x02") + 16; // of the last file (APPNOTE, 4.3.12)
    wrong[checksum] = static_cast<char>(wrong[checksum] ^ 1);
    BOOST_TEST(reason(wrong).starts_with("word/document.xml: is broken: ZIP bad CRC: 0x"));
    wrong = good;
    const std::size_t data = wrong.rfind("word/document.xml", wrong.rfind("PK\x01\x02")) + 17 + 60;
    wrong[data] = static_cast<char>(wrong[data] ^ 1);
    BOOST_TEST(reason(wrong).starts_with("word/document.xml: is broken: "));
}

BOOST_AUTO_TEST_CASE(xml_that_is_broken_fails_with_its_place)
{
    BOOST_TEST(reason(sample::docx("<w:p></w:q>")).starts_with("word/document.xml: byte "));
    BOOST_TEST(reason(sample::office("word/document.xml", {{"word/document.xml", ""}})) ==
               "word/document.xml: byte 0: is broken: No document element found; XML was expected");
}

BOOST_AUTO_TEST_CASE(what_is_encrypted_says_so)
{
    const std::string encrypted = "is encrypted; a document that needs no password was expected";
    BOOST_TEST(reason(compound("EncryptedPackage")) == encrypted);
    BOOST_TEST(
        reason(compound("WordDocument")) ==
        "is a document as before 2007; docx, pptx, xlsx, odt, ods, odp or epub was expected");
    BOOST_TEST(reason(zip_of({{"word/document.xml", "<a/>"}}, "secret")) ==
               "word/document.xml: is encrypted; a file that needs no password was expected");
    BOOST_TEST(reason(sample::open_document(
                   "text", "",
                   {{"META-INF/manifest.xml",
                     "<manifest:manifest><manifest:file-entry "
                     "manifest:full-path=\"content.xml\"><manifest:encryption-data/>"
                     "</manifest:file-entry></manifest:manifest>"}})) == encrypted);
    BOOST_TEST(reason(sample::epub({{"a", "<p>x"}}, "",
                                   {{"META-INF/encryption.xml",
                                     "<encryption><enc:CipherReference URI=\"OEBPS/text/a.xhtml\"/>"
                                     "</encryption>"}})) == encrypted);
}

BOOST_AUTO_TEST_CASE(fonts_of_a_book_may_be_encrypted)
{
    BOOST_TEST(text_of_office(sample::epub(
                   {{"a", "<p>x"}}, "",
                   {{"META-INF/encryption.xml",
                     "<encryption><enc:CipherReference URI=\"OEBPS/font.otf\"/></encryption>"}})) ==
               "x");
}

BOOST_AUTO_TEST_CASE(entities_are_not_expanded)
{
    std::string entities = "<!DOCTYPE a [<!ENTITY a0 \"lol\">";
    for (int i = 1; i < 10; ++i)
        entities += "<!ENTITY a" + std::to_string(i) + " \"" +
                    repeated("&a" + std::to_string(i - 1) + ";", 10) + "\">";
    entities += "<!ENTITY x SYSTEM \"file:///etc/passwd\">]>";
    BOOST_TEST(text_of_office(sample::office(
                   "word/document.xml",
                   {{"word/document.xml", entities + "<w:document>" + sample::paragraph("&a9;&x;") +
                                              "</w:document>"}})) == "&a9;&x;");
}

BOOST_AUTO_TEST_CASE(elements_may_be_nested_as_deep_as_they_like)
{
    const auto begin = std::chrono::steady_clock::now();
    for (const char* name : {"w:p", "w:tc", "w:tbl", "w:t"})
    {
        const std::string open = "<" + std::string(name) + ">";
        const std::string close = "</" + std::string(name) + ">";
        BOOST_TEST(text_of_office(sample::docx(repeated(open, 100'000) + sample::paragraph("x") +
                                               repeated(close, 100'000)),
                                  {{"ratio", 100'000}}) == "x");
    }
    const std::string note = "<text:p><text:note><text:note-body>";
    BOOST_TEST(
        text_of_office(sample::open_document(
                           "text", repeated(note, 30'000) + "<text:p>x</text:p>" +
                                       repeated("</text:note-body></text:note></text:p>", 30'000)),
                       {{"ratio", 100'000}}) == "x");
    BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(20)));
}

BOOST_AUTO_TEST_CASE(bombs_are_bounded)
{
    const auto begin = std::chrono::steady_clock::now();
    const std::string much(std::size_t{8} << 20, ' ');
    BOOST_TEST(reason(sample::docx(much)) ==
               "word/document.xml: all that is unpacked is more than 100 times as large as the "
               "archive; a smaller archive, or a higher ratio, was expected");
    BOOST_TEST(reason(sample::docx(much), {{"ratio", 100'000}, {"bytes", "1MiB"}}) ==
               "word/document.xml: all that is unpacked has more than 1048576 bytes; a smaller "
               "archive, or a higher bytes, was expected");
    BOOST_TEST(reason(sample::docx(sample::paragraph("a"), {{"b.xml", ""}, {"c.xml", ""}}),
                      {{"members", 3}}) ==
               "members: are more than 3; a smaller archive, or a higher members, was expected");
    BOOST_TEST(
        reason(sample::docx(repeated("<a/>", 200'000)), {{"ratio", 100'000}, {"memory", "1MiB"}}) ==
        "word/document.xml: takes more memory than 1048576 bytes; a smaller document was "
        "expected");
    BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(20)));
}

BOOST_AUTO_TEST_CASE(texts_that_become_more_than_the_file_are_bounded)
{
    const auto begin = std::chrono::steady_clock::now();
    const penstock::json::object limit{{"ratio", 100'000}, {"text_bytes", "1MiB"}};
    const std::string long_text(10'000, 'x');
    const sample::files shared{{"sharedStrings", "<sst><si><t>" + long_text + "</t></si></sst>"}};
    const std::string row = "<row><c t=\"s\"><v>0</v></c></row>";
    const std::string all_cells = "S: row 105: all cells have more than 1048576 bytes; a smaller "
                                  "document, or a higher text_bytes, was expected";
    BOOST_TEST(reason(sample::xlsx({{"S", repeated(row, 1000)}}, shared), limit) == all_cells);
    BOOST_TEST(reason(sample::xlsx({{"S", "<row><c r=\"ZZZZ1\"><v>1</v></c></row>"}}), limit) ==
               "S: row 1: has more than 16384 columns; a smaller sheet was expected");
    const std::string table =
        "<table:table table:name=\"S\"><table:table-row "
        "table:number-rows-repeated=\"999999999999\">"
        "<table:table-cell table:number-columns-repeated=\"100\" office:value-type=\"string\">"
        "<text:p>x</text:p></table:table-cell></table:table-row></table:table>";
    BOOST_TEST(
        reason(sample::open_document("spreadsheet", table), limit) ==
        "S: row 5243: all cells have more than 1048576 bytes; a smaller document, or a higher "
        "text_bytes, was expected");
    BOOST_TEST(
        reason(sample::open_document(
                   "text", "<text:p>" + repeated("<text:s text:c=\"99999\"/>", 5000) + "</text:p>"),
               limit) == "text: has more than 1048576 bytes; a smaller document was expected");
    BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(20)));
}

// Millions of pairs of them would be compared otherwise.
BOOST_AUTO_TEST_CASE(slides_and_sheets_that_are_not_there_take_no_longer_with_many_relationships)
{
    const std::vector<std::vector<std::string>> many(100'000, {"a", "image", "a.png"});
    const std::string related = sample::relationships(many);
    const penstock::json::object limit{{"ratio", 100'000}};
    const auto begin = std::chrono::steady_clock::now();
    const std::string slides = sample::office(
        "ppt/presentation.xml",
        {{"ppt/presentation.xml",
          "<p><sldIdLst>" + repeated("<sldId id=\"b\"/>", 100'000) + "</sldIdLst></p>"},
         {"ppt/_rels/presentation.xml.rels", related}});
    BOOST_TEST(text_of_office(slides, limit) == "");
    const std::string sheets =
        sample::office("xl/workbook.xml",
                       {{"xl/workbook.xml",
                         "<w><sheets>" + repeated("<sheet id=\"b\"/>", 100'000) + "</sheets></w>"},
                        {"xl/_rels/workbook.xml.rels", related}});
    BOOST_TEST(text_of_office(sheets, limit) == "");
    BOOST_TEST((std::chrono::steady_clock::now() - begin < std::chrono::seconds(20)));
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_utf_8_are_replaced)
{
    BOOST_TEST(text_of_office(sample::docx(sample::paragraph("a\xff"
                                                             "b"))) == "a\xef\xbf\xbd"
                                                                       "b");
    BOOST_TEST(text_of_office(sample::open_document(
                   "spreadsheet", "<table:table table:name=\"\xff\"><table:table-row>"
                                  "<table:table-cell office:value-type=\"float\" "
                                  "office:value=\"\xff\"/></table:table-row></table:table>")) ==
               "\xef\xbf\xbd\n\xef\xbf\xbd");
}

BOOST_AUTO_TEST_SUITE_END()
