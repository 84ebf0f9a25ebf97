// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "read_office.hpp"

#include <boost/test/unit_test.hpp>

using penstock::packet;
using penstock::testing::packets;
namespace sample = sample_office;

BOOST_AUTO_TEST_SUITE(document_office)

namespace
{

constexpr auto each = boost::test_tools::per_element();

// The text of a docx with such a body, of an odt, and of the only slide of a pptx.
std::string word(const std::string& body)
{
    return text_of_office(sample::docx(body));
}

std::string writer(const std::string& body)
{
    return text_of_office(sample::open_document("text", body));
}

} // namespace

BOOST_AUTO_TEST_CASE(a_docx_becomes_text_with_paragraphs_and_its_properties)
{
    auto result = read_office(sample::docx(
        sample::paragraph("Größe") + sample::paragraph("") + sample::paragraph("zwei &amp; drei"),
        {{"docProps/core.xml",
          "<cp:coreProperties xmlns:dc=\"d\" xmlns:cp=\"c\" "
          "xmlns:dcterms=\"t\"><dc:title>T</dc:title>"
          "<dc:creator>Ann</dc:creator><dc:subject>S</dc:subject><cp:keywords>a, b</cp:keywords>"
          "<dc:description>D</dc:description><dcterms:created>2026-11-29T23:41:46Z"
          "</dcterms:created><dcterms:modified>2026-11-30T00:00:00Z</dcterms:modified>"
          "</cp:coreProperties>"},
         {"docProps/app.xml", "<Properties><Pages>3</Pages></Properties>"}}));
    BOOST_TEST(result.failed.empty());
    BOOST_TEST(fields_of(result.out()) ==
                   strings{R"({"title":"T","author":"Ann","subject":"S","keywords":"a, b",)"
                           R"("description":"D","created":"2026-11-29T23:41:46Z",)"
                           R"("modified":"2026-11-30T00:00:00Z","pages":3,)"
                           R"("text":"Größe\n\nzwei & drei"})"},
               each);
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    BOOST_TEST(result.out()[0].data().empty());
    BOOST_TEST(result.out()[0].meta("path") == "d.docx");
    BOOST_TEST(result.out()[0].meta("id") == "d");
}

BOOST_AUTO_TEST_CASE(what_a_document_tells_replaces_what_a_packet_had_and_nothing_else_does)
{
    const auto author = [](const std::string& data)
    {
        packet told = office_packet(data);
        told.set("author", "Before");
        auto result = run_entry(document_package::office_entry, {}, packets(std::move(told)));
        return result.out().at(0).text("author");
    };
    BOOST_TEST(author(sample::docx("")) == "Before");
    BOOST_TEST(author(sample::docx("", {{"docProps/core.xml",
                                         "<c:coreProperties xmlns:dc=\"d\" xmlns:c=\"c\">"
                                         "<dc:creator>Ann</dc:creator></c:coreProperties>"}})) ==
               "Ann");
}

BOOST_AUTO_TEST_CASE(what_a_document_lacks_is_absent_but_for_the_text)
{
    BOOST_TEST(fields_of(read_office(sample::docx("")).out()) == strings{R"({"text":""})"}, each);
}

BOOST_AUTO_TEST_CASE(words_are_whole_and_breaks_are_kept)
{
    BOOST_TEST(word("<w:p><w:r><w:t>wor</w:t></w:r><w:r><w:t xml:space=\"preserve\">ld </w:t></w:r>"
                    "<w:r><w:t>is</w:t><w:tab/><w:t>wide</w:t><w:br/><w:t>a</w:t>"
                    "<w:noBreakHyphen/><w:t>b</w:t></w:r></w:p>") == "world is\twide\na-b");
}

BOOST_AUTO_TEST_CASE(what_was_deleted_or_is_no_text_is_left_out)
{
    BOOST_TEST(word("<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:del><w:r><w:delText>old"
                    "</w:delText></w:r></w:del><w:moveFrom><w:r><w:t>moved</w:t></w:r></w:moveFrom>"
                    "<w:r><w:instrText>PAGE</w:instrText></w:r><w:ins><w:r><w:t>new</w:t></w:r>"
                    "</w:ins></w:p>"
                    "<mc:AlternateContent><mc:Choice>" +
                    sample::paragraph("once") + "</mc:Choice><mc:Fallback>" +
                    sample::paragraph("once") + "</mc:Fallback></mc:AlternateContent>") ==
               "new\n\nonce");
}

BOOST_AUTO_TEST_CASE(cells_of_a_table_are_apart_by_tabs)
{
    const auto cell = [](const std::string& text) { return "<w:tc>" + text + "</w:tc>"; };
    const std::string two = sample::paragraph("c") + sample::paragraph("d");
    BOOST_TEST(word(sample::paragraph("before") + "<w:tbl><w:tr>" + cell(sample::paragraph("a")) +
                    cell(sample::paragraph("b")) + "</w:tr><w:tr>" + cell(two) +
                    cell(sample::paragraph("e")) + "</w:tr></w:tbl>" +
                    sample::paragraph("behind")) == "before\n\na\tb\nc d\te\n\nbehind");
}

BOOST_AUTO_TEST_CASE(notes_come_last)
{
    BOOST_TEST(
        text_of_office(sample::docx(
            sample::paragraph("text"),
            {{"word/_rels/document.xml.rels",
              sample::relationships(
                  {{"a", "endnotes", "endnotes.xml"}, {"b", "footnotes", "/word/footnotes.xml"}})},
             {"word/footnotes.xml", "<w:footnotes>" + sample::paragraph("foot") + "</w:footnotes>"},
             {"word/endnotes.xml", "<w:endnotes>" + sample::paragraph("end") +
                                       "</w:endnotes>"}})) == "text\n\nfoot\n\nend");
    BOOST_TEST(writer("<text:p>one<text:note><text:note-citation>1</text:note-citation>"
                      "<text:note-body><text:p>note</text:p></text:note-body></text:note> more"
                      "</text:p><text:p>two</text:p>") == "one more\n\ntwo\n\nnote");
}

BOOST_AUTO_TEST_CASE(slides_are_read_in_their_order)
{
    const auto slide = [](const std::string& text)
    {
        return "<p:sld xmlns:a=\"a\"><a:p><a:r><a:t>" + text +
               "</a:t></a:r><a:br/><a:r><a:t>x</a:t>"
               "</a:r></a:p></p:sld>";
    };
    auto result = read_office(
        sample::office("ppt/presentation.xml",
                       {{"ppt/presentation.xml",
                         "<p:presentation xmlns:r=\"r\"><p:sldIdLst>"
                         "<p:sldId id=\"256\" r:id=\"two\"/><p:sldId id=\"257\" r:id=\"one\"/>"
                         "</p:sldIdLst></p:presentation>"},
                        {"ppt/_rels/presentation.xml.rels",
                         sample::relationships({{"one", "slide", "slides/slide1.xml"},
                                                {"two", "slide", "slides/slide2.xml"}})},
                        {"ppt/slides/slide1.xml", slide("first")},
                        {"ppt/slides/slide2.xml", slide("second")},
                        {"docProps/app.xml", "<Properties><Slides>2</Slides></Properties>"}}));
    BOOST_TEST(fields_of(result.out()) == strings{R"({"pages":2,"text":"second\nx\n\nfirst\nx"})"},
               each);
}

BOOST_AUTO_TEST_CASE(an_odt_becomes_text_with_paragraphs_and_its_properties)
{
    auto result = read_office(sample::open_document(
        "text",
        "<text:h>Head</text:h><text:p>a<text:s text:c=\"3\"/>b \n c<text:tab/>d<text:line-break/>"
        "e <text:span>f</text:span> <text:span>g</text:span></text:p><text:tracked-changes>"
        "<text:p>old</text:p></text:tracked-changes><table:table><table:table-row>"
        "<table:table-cell><text:p>1</text:p></table:table-cell><table:table-cell><text:p>2"
        "</text:p></table:table-cell></table:table-row></table:table>",
        {{"meta.xml",
          "<office:document-meta><office:meta><dc:title>T</dc:title><meta:initial-creator>Ann"
          "</meta:initial-creator><dc:creator>Bob</dc:creator><meta:creation-date>"
          "2026-11-29T23:41:46</meta:creation-date><dc:date>2026-11-30</dc:date><meta:keyword>a"
          "</meta:keyword><meta:keyword>b</meta:keyword><meta:document-statistic "
          "meta:page-count=\"4\"/></office:meta></office:document-meta>"}}));
    BOOST_TEST(result.failed.empty());
    BOOST_TEST(fields_of(result.out()) ==
                   strings{R"({"title":"T","author":"Ann","keywords":"a, b",)"
                           R"("created":"2026-11-29T23:41:46","modified":"2026-11-30","pages":4,)"
                           R"("text":"Head\n\na   b c\td\ne f g\n\n1\t2"})"},
               each);
}

BOOST_AUTO_TEST_CASE(an_odp_is_read_as_a_text)
{
    BOOST_TEST(text_of_office(sample::open_document(
                   "presentation", "<draw:page><draw:frame><draw:text-box><text:p>one</text:p>"
                                   "</draw:text-box></draw:frame></draw:page><draw:page><text:p>two"
                                   "</text:p></draw:page>")) == "one\n\ntwo");
}

BOOST_AUTO_TEST_CASE(chapters_of_a_book_are_read_as_pages)
{
    auto result = read_office(sample::epub(
        {{"b", "<html><head><title>no</title></head><body><h1>One</h1><p>a&#228;"},
         {"a", "<p>two&nbsp;x<script>y</script></p>"}},
        "<dc:title>Book</dc:title><dc:creator>Ann</dc:creator><dc:date>2026</dc:date>"));
    BOOST_TEST(fields_of(result.out()) ==
                   strings{R"({"title":"Book","author":"Ann","created":"2026",)"
                           "\"text\":\"One\\n\\naä\\n\\ntwo\u00a0x\"}"},
               each);
}

BOOST_AUTO_TEST_CASE(a_book_may_have_several_authors)
{
    auto result = read_office(
        sample::epub({{"a", "<p>x"}}, "<dc:creator>Ann</dc:creator><dc:creator>Bob</dc:creator>"));
    BOOST_TEST(fields_of(result.out()) == strings{R"({"author":["Ann","Bob"],"text":"x"})"}, each);
}

BOOST_AUTO_TEST_CASE(chapters_of_a_book_have_addresses)
{
    const auto book = [](const std::string& items, const std::string& spine)
    {
        return zip_of({{"mimetype", "application/epub+zip"},
                       {"META-INF/container.xml",
                        "<container><rootfiles><rootfile full-path=\"c.opf\"/></rootfiles>"
                        "</container>"},
                       {"c.opf", "<package><manifest>" + items + "</manifest><spine>" + spine +
                                     "</spine></package>"},
                       {"b c.xhtml", "<p>one"},
                       {"\xc3\xa9.xhtml", "<p>two"}});
    };
    const std::string items = "<item id=\"b\" href=\"x/../b%20c.xhtml#part\"/>"
                              "<item id=\"e\" href=\"%C3%A9.xhtml\"/>"
                              "<item id=\"p\" href=\"p.png\" media-type=\"image/png\"/>"
                              "<item id=\"g\" href=\"gone.xhtml\"/>";
    const std::string spine = "<itemref idref=\"b\"/><itemref idref=\"p\"/><itemref idref=\"e\"/>";
    BOOST_TEST(text_of_office(book(items, spine)) == "one\n\ntwo");
    BOOST_TEST(text_of_office(book(items, spine + "<itemref idref=\"g\"/>")) ==
               "gone.xhtml: is missing, or its name does not end as that of a page; a book that "
               "has all its chapters was expected");
    BOOST_TEST(text_of_office(book(items, "<itemref idref=\"h\"/>")) ==
               "c.opf: the spine has h, which the manifest has not; a book that has all its "
               "chapters was expected");
}

BOOST_AUTO_TEST_CASE(pictures_are_not_unpacked)
{
    const std::string picture(std::size_t{4} << 20, 'x');
    BOOST_TEST(text_of_office(sample::docx(sample::paragraph("text"),
                                           {{"word/media/image1.png", picture}})) == "text");
}

BOOST_AUTO_TEST_CASE(a_trigger_goes_on_as_it_is)
{
    packet trigger;
    trigger.set_meta("requestmethod", "DELETE");
    auto result = run_entry(document_package::office_entry, {}, packets(std::move(trigger)));
    BOOST_TEST(result.out().size() == 1U);
    BOOST_TEST(result.failed.empty());
}

BOOST_AUTO_TEST_SUITE_END()
