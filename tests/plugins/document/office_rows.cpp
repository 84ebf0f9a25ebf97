// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "read_office.hpp"

#include "sheet_dates.hpp"

#include <boost/test/unit_test.hpp>

namespace sample = sample_office;

BOOST_AUTO_TEST_SUITE(document_office_rows)

namespace
{

constexpr auto each = boost::test_tools::per_element();

const sample::files shared{
    {"sharedStrings", "<sst><si><t>Name</t></si><si><r><t>Grö</t></r><r><t>ße</t></r>"
                      "<rPh><t>no</t></rPh></si><si><t>Price</t></si></sst>"},
    {"styles", "<styleSheet><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy\"/>"
               "<numFmt numFmtId=\"165\" formatCode=\"0.0 &quot;days&quot;\"/></numFmts>"
               "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>"
               "<xf numFmtId=\"164\"/><xf numFmtId=\"165\"/></cellXfs></styleSheet>"}};

const std::string rows =
    "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"s\"><v>2</v></c>"
    "</row><row r=\"2\"/><row r=\"3\"><c r=\"A3\" t=\"s\"><v>1</v></c>"
    "<c r=\"B3\" t=\"b\"><v>1</v></c><c r=\"C3\"><v>1.5</v></c></row>";

std::string cells(const std::string& row)
{
    auto result = read_office(sample::xlsx({{"S", "<row>" + row + "</row>"}}, shared),
                              {{"rows", true}, {"header", false}});
    if (!result.failed.empty())
        return result.failed[0].second;
    penstock::json::object columns;
    for (const auto& field : result.out().at(0).fields())
        if (field.key().starts_with("column"))
            columns.insert(field);
    return penstock::write_json(columns);
}

} // namespace

BOOST_AUTO_TEST_CASE(sheets_are_texts_with_their_names)
{
    BOOST_TEST(text_of_office(sample::xlsx({{"One", rows}, {"Two", ""}}, shared)) ==
               "One\nName\t\tPrice\nGröße\ttrue\t1.5\n\nTwo");
}

BOOST_AUTO_TEST_CASE(each_row_is_a_packet_with_the_names_of_the_first)
{
    auto result =
        read_office(sample::xlsx({{"One", rows}, {"Two", rows}}, shared), {{"rows", true}});
    BOOST_TEST(result.failed.empty());
    BOOST_TEST(fields_of(result.out()) ==
                   (strings{R"({"sheet":"One","text":"Größe\ttrue\t1.5","Name":"Größe",)"
                            R"("column2":true,"Price":1.5})",
                            R"({"sheet":"Two","text":"Größe\ttrue\t1.5","Name":"Größe",)"
                            R"("column2":true,"Price":1.5})"}),
               each);
    BOOST_TEST(meta_of(result.out(), "sheet") == (strings{"\"One\"", "\"Two\""}), each);
    BOOST_TEST(meta_of(result.out(), "row") == (strings{"3", "3"}), each);
    BOOST_TEST(meta_of(result.out(), "id") == (strings{"\"d.1\"", "\"d.2\""}), each);
    BOOST_TEST(result.out()[0].data().empty());
    BOOST_TEST(!result.out()[0].has_meta("charset"));
}

BOOST_AUTO_TEST_CASE(without_a_header_columns_are_numbered)
{
    auto result =
        read_office(sample::xlsx({{"One", rows}}, shared), {{"rows", true}, {"header", false}});
    BOOST_TEST(fields_of(result.out()).at(0) ==
               R"({"sheet":"One","text":"Name\t\tPrice","column1":"Name","column3":"Price"})");
}

BOOST_AUTO_TEST_CASE(columns_of_one_name_are_one_field_with_several_values)
{
    const std::string same = "<row><c t=\"str\"><v>a</v></c><c t=\"str\"><v>a</v></c></row>"
                             "<row><c><v>1</v></c><c><v>2</v></c></row>";
    auto result = read_office(sample::xlsx({{"S", same}}), {{"rows", true}});
    BOOST_TEST(fields_of(result.out()) == strings{R"({"sheet":"S","text":"1\t2","a":[1,2]})"},
               each);
    BOOST_TEST(result.out().at(0).is_multivalued("a"));
}

BOOST_AUTO_TEST_CASE(a_wide_sheet_is_read_as_a_narrow_one)
{
    std::string names, cells;
    for (int n = 0; n < 3000; ++n)
    {
        names += "<c t=\"str\"><v>c" + std::to_string(n % 2000) + "</v></c>";
        cells += n == 1 ? "<c t=\"str\"><v>x</v></c>" : "<c><v>" + std::to_string(n) + "</v></c>";
    }
    auto result =
        read_office(sample::xlsx({{"S", "<row>" + names + "</row><row>" + cells + "</row>"}}),
                    {{"rows", true}});
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    penstock::packet& row = result.out().at(0);
    BOOST_TEST(row.fields().size() == 2002U);
    BOOST_TEST(row.text("sheet") == "S");
    BOOST_TEST((row.get("c0") == penstock::json::array{0, 2000}));
    BOOST_TEST((row.get("c1") == penstock::json::array{"x", 2001}));
    BOOST_TEST((row.get("c1999") == 1999));
}

BOOST_AUTO_TEST_CASE(cells_are_numbers_truths_texts_and_dates)
{
    BOOST_TEST(
        cells("<c><v>1</v></c><c><v>-0.5</v></c><c><v>1e20</v></c><c t=\"b\"><v>0</v></c>") ==
        R"({"column1":1,"column2":-0.5,"column3":1e+20,"column4":false})");
    BOOST_TEST(cells("<c t=\"inlineStr\"><is><t>in</t></is></c><c t=\"e\"><v>#DIV/0!</v></c>"
                     "<c t=\"str\"><v>formula</v></c>") ==
               R"({"column1":"in","column2":"#DIV/0!","column3":"formula"})");
    BOOST_TEST(cells("<c s=\"1\"><v>46355</v></c><c s=\"2\"><v>46355.98734</v></c>"
                     "<c s=\"3\"><v>2</v></c><c s=\"9\"><v>3</v></c>") ==
               R"({"column1":"2026-11-29","column2":"2026-11-29T23:41:46","column3":2,)"
               R"("column4":3})");
}

BOOST_AUTO_TEST_CASE(what_is_no_value_is_no_cell)
{
    BOOST_TEST(cells("<c t=\"s\"><v>99</v></c><c/><c t=\"s\"/><c><v>x</v></c>") ==
               R"({"column4":"x"})");
}

BOOST_AUTO_TEST_CASE(dates_may_count_from_1904)
{
    const std::string row = "<row><c s=\"1\"><v>0</v></c><c s=\"1\"><v>1</v></c></row>";
    BOOST_TEST(text_of_office(sample::xlsx({{"S", row}}, shared, "<workbookPr date1904=\"1\"/>")) ==
               "S\n1904-01-01\t1904-01-02");
}

BOOST_AUTO_TEST_CASE(whole_numbers_of_64_bits_are_exact)
{
    BOOST_TEST(text_of_office(sample::xlsx(
                   {{"S", "<row><c><v>12345678901234567</v></c><c><v>-9223372036854775808</v></c>"
                          "<c><v>1E+3</v></c><c><v>0.5</v></c></row>"}})) ==
               "S\n12345678901234567\t-9223372036854775808\t1000\t0.5");
}

BOOST_AUTO_TEST_CASE(numbers_stand_for_dates)
{
    using document_package::date_of_number;
    BOOST_TEST(*date_of_number(1, false) == "1900-01-01");
    BOOST_TEST(*date_of_number(59, false) == "1900-02-28");
    BOOST_TEST(*date_of_number(61, false) == "1900-03-01");
    BOOST_TEST(*date_of_number(0.5, false) == "12:00:00");
    BOOST_TEST(*date_of_number(2958465, false) == "9999-12-31");
    BOOST_TEST(!date_of_number(-1, false));
    BOOST_TEST(!date_of_number(2958466, false));
    using document_package::is_date_format;
    for (const char* date : {"yyyy\\-mm", "d. mmm", "hh:mm AM/PM", "[$-407]d", "\"a\"d"})
        BOOST_TEST(is_date_format(std::string_view(date)));
    for (const char* none : {"General", "0.00", "\"day\" 0", "[h]:mm", "[Red]0", "\\d0", "\"", "",
                             "[", "0;d", "#,##0_d"})
        BOOST_TEST(!is_date_format(std::string_view(none)));
}

BOOST_AUTO_TEST_CASE(sheets_of_open_document_are_read_alike)
{
    const std::string table =
        "<table:table table:name=\"One\"><table:table-header-rows><table:table-row>"
        "<table:table-cell office:value-type=\"string\"><text:p>a</text:p></table:table-cell>"
        "<table:table-cell office:value-type=\"string\"><text:p>b</text:p><text:p>c</text:p>"
        "</table:table-cell></table:table-row></table:table-header-rows>"
        "<table:table-row table:number-rows-repeated=\"1000000\"><table:table-cell "
        "table:number-columns-repeated=\"1024\"/></table:table-row>"
        "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell "
        "office:value-type=\"float\" office:value=\"1.5\" table:number-columns-repeated=\"2\">"
        "<text:p>1,5</text:p></table:table-cell><table:table-cell office:value-type=\"date\" "
        "office:date-value=\"2026-11-29\"/><table:table-cell office:value-type=\"boolean\" "
        "office:boolean-value=\"true\"/></table:table-row></table:table>";
    auto result = read_office(sample::open_document("spreadsheet", table), {{"rows", true}});
    BOOST_TEST(result.failed.empty());
    const std::string row = R"({"sheet":"One","text":"1.5\t1.5\t2026-11-29\ttrue","a":1.5,)"
                            R"("b c":1.5,"column3":"2026-11-29","column4":true})";
    BOOST_TEST(fields_of(result.out()) == (strings{row, row}), each);
    BOOST_TEST(meta_of(result.out(), "row") == (strings{"1000002", "1000003"}), each);
}

BOOST_AUTO_TEST_CASE(large_sheets_are_read_some_rows_at_a_time)
{
    constexpr std::size_t count = 50'000;
    std::string many;
    for (std::size_t n = 1; n <= count; ++n)
        many += "<row r=\"" + std::to_string(n) + "\"><c><v>" + std::to_string(n) +
                "</v></c></row>" + (n % 100 == 0 ? "<row/> " : "");
    auto result = read_office(sample::xlsx({{"S", many}}),
                              {{"rows", true}, {"header", false}, {"memory", "2MiB"}});
    BOOST_TEST(result.failed.empty());
    BOOST_TEST_REQUIRE(result.out().size() == count);
    bool is_in_order = true;
    for (std::size_t n = 1; n <= count; ++n)
        is_in_order = is_in_order && result.out()[n - 1].get("column1") == n &&
                      result.out()[n - 1].meta("row") == n;
    BOOST_TEST(is_in_order);
}

BOOST_AUTO_TEST_CASE(sheets_are_read_with_any_prefix_and_end)
{
    const auto sheet = [](const std::string& content)
    {
        return text_of_office(sample::office(
            "xl/workbook.xml",
            {{"xl/workbook.xml",
              "<workbook><sheets><sheet name=\"S\" r:id=\"a\"/></sheets></workbook>"},
             {"xl/_rels/workbook.xml.rels",
              sample::relationships({{"a", "worksheet", "sheet.xml"}})},
             {"xl/sheet.xml", content}}));
    };
    BOOST_TEST(
        sheet("<x:worksheet><x:sheetData><x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetData>"
              "</x:worksheet>") == "S\n1");
    BOOST_TEST(sheet("<worksheet><sheetData></sheetData></worksheet>") == "S");
    BOOST_TEST(sheet("<worksheet><sheetData/><other/></worksheet>") == "S");
    BOOST_TEST(sheet("<worksheet/>") == "S");
    BOOST_TEST(sheet("") == "S");
    BOOST_TEST(sheet("sheetData") == "S");
    BOOST_TEST(sheet("<worksheet><sheetData><row><c><v>1</v></c></row>") == "S\n1");
    BOOST_TEST(sheet("<worksheet><sheetData><row><c></row></sheetData>") ==
               "xl/sheet.xml: byte 32: is broken: Start-end tags mismatch; XML was expected");
}

BOOST_AUTO_TEST_CASE(a_document_without_sheets_has_no_rows_and_is_read_whole)
{
    BOOST_TEST(
        fields_of(read_office(sample::docx(sample::paragraph("a")), {{"rows", true}}).out()) ==
            strings{R"({"text":"a"})"},
        each);
}

BOOST_AUTO_TEST_CASE(a_workbook_without_rows_is_dropped)
{
    auto result = read_office(sample::xlsx({{"S", ""}}), {{"rows", true}});
    BOOST_TEST(result.out().empty());
    BOOST_TEST(result.dropped.size() == 1U);
}

BOOST_AUTO_TEST_SUITE_END()
