// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "csv_bodies.hpp"

#include <boost/test/unit_test.hpp>

using namespace csv_bodies;

// What becomes of rows: fields, meta, ids, dead letters.

BOOST_AUTO_TEST_SUITE(csv_read)

BOOST_AUTO_TEST_CASE(each_row_is_a_packet_with_the_names_of_the_header)
{
    auto result = read("name,price\napple,1.50\n\"pear\",\n", {}, {{"id", "x"}, {"route", "r"}});
    BOOST_TEST(fields_of(result.out()) ==
                   (strings{R"({"name":"apple","price":"1.50"})", R"({"name":"pear","price":""})"}),
               boost::test_tools::per_element());
    BOOST_TEST(meta_of(result.out(), "row") == (strings{"1", "2"}),
               boost::test_tools::per_element());
    BOOST_TEST(meta_of(result.out(), "column_count") == (strings{"2", "2"}),
               boost::test_tools::per_element());
    BOOST_TEST(meta_of(result.out(), "id") == (strings{R"("x.1")", R"("x.2")"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.out()[1].meta("route") == "r");
    BOOST_TEST(result.out()[0].data().empty());
    BOOST_TEST(result.failed.empty());
}

BOOST_AUTO_TEST_CASE(a_single_row_keeps_the_id_of_its_body)
{
    for (const std::string_view text : {"a\n1", "a\n1\n\n\n"})
        BOOST_TEST(meta_of(read(text, {}, {{"id", "x"}}).out(), "id") == (strings{R"("x")"}),
                   boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_body_that_is_one_bad_row_fails_as_it_is_without_a_copy)
{
    packet given = body("a,b\n1\n", {});
    const char* const begin = given.data().view().data();
    const auto result = run_entry(read_entry, {}, packets(std::move(given)));
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].first.data().view() == "a,b\n1\n");
    BOOST_TEST((result.failed[0].first.data().view().data() == begin));
}

BOOST_AUTO_TEST_CASE(without_a_header_columns_have_the_names_of_their_places)
{
    auto result = read("a,b\nc\n", {{"header", false}});
    BOOST_TEST(fields_of(result.out()) ==
                   (strings{R"({"column1":"a","column2":"b"})", R"({"column1":"c"})"}),
               boost::test_tools::per_element());
    BOOST_TEST(meta_of(result.out(), "column_count") == (strings{"2", "1"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_graph_may_name_the_columns)
{
    const json::array names{"x", "y"};
    BOOST_TEST(fields_of(read("1,2\n", {{"header", false}, {"columns", names}}).out()) ==
                   (strings{R"({"x":"1","y":"2"})"}),
               boost::test_tools::per_element());
    BOOST_TEST(fields_of(read("a,b\n1,2\n", {{"columns", names}}).out()) ==
                   (strings{R"({"x":"1","y":"2"})"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(columns_of_one_name_are_values_of_one_field)
{
    auto result = read("tag,a,tag,tag\nx,1,y,\n");
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"tag":["x","y",""],"a":"1"})"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.out()[0].is_multivalued("tag"));
}

BOOST_AUTO_TEST_CASE(a_column_without_a_name_has_that_of_its_place)
{
    BOOST_TEST(fields_of(read(",b\n1,2\n").out()) == (strings{R"({"column1":"1","b":"2"})"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(nothing_but_a_header_or_nothing_at_all_delivers_nothing)
{
    for (const std::string_view text : {"", "a,b", "a,b\r\n\r\n", "\n\n", "\xef\xbb\xbf"})
    {
        auto result = read(text);
        BOOST_TEST(result.out().empty());
        BOOST_TEST(result.failed.empty());
        BOOST_TEST(result.dropped.size() == 1u);
    }
}

BOOST_AUTO_TEST_CASE(a_bad_row_is_a_dead_letter_that_can_be_replayed_and_the_next_ones_go_on)
{
    auto result = read("a,b\r\n1,2\r\n3\r\n4,\"5\n5\r\n6,7,8\r\n9,10", {}, {{"id", "x"}});
    BOOST_TEST(fields_of(result.out()) ==
                   (strings{R"({"a":"1","b":"2"})", R"({"a":"9","b":"10"})"}),
               boost::test_tools::per_element());
    BOOST_TEST(meta_of(result.out(), "row") == (strings{"1", "6"}),
               boost::test_tools::per_element());
    BOOST_TEST(reasons_of(result) ==
                   (strings{"row 2, line 3: has 1 column; 2 were expected",
                            "row 3, line 4: column 2: the quotes are not closed; a closing one was "
                            "expected",
                            "row 4, line 5: has 1 column; 2 were expected",
                            "row 5, line 6: has 3 columns; 2 were expected"}),
               boost::test_tools::per_element());
    BOOST_TEST(failed_data_of(result) ==
                   (strings{"a,b\r\n3\r\n", "a,b\r\n4,\"5\n", "a,b\r\n5\r\n", "a,b\r\n6,7,8\r\n"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.failed[0].first.meta("row") == 2);
    BOOST_TEST(result.failed[0].first.meta("column_count") == 1);
    BOOST_TEST(result.failed[0].first.meta("id") == "x.2");
}

BOOST_AUTO_TEST_CASE(a_header_that_cannot_be_read_fails_its_body)
{
    auto result = read("a,b\"\n1,2\n");
    BOOST_TEST(result.out().empty());
    BOOST_TEST(reasons_of(result) ==
                   (strings{"header, line 1: column 2: a quote in a value that does not begin with "
                            "one; a value in quotes, with those in it doubled, was expected"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(bad_rows_beyond_a_bound_are_one_dead_letter)
{
    auto result = read("a,b\n1\n2\n3,3\n4\n5,5\n", {{"bad_rows", 1}}, {{"id", "x"}});
    BOOST_TEST(meta_of(result.out(), "row") == (strings{"3", "5"}),
               boost::test_tools::per_element());
    BOOST_TEST(reasons_of(result) == (strings{"row 1, line 2: has 1 column; 2 were expected",
                                              "row 2, line 3: has 1 column; 2 were expected; it "
                                              "and all bad ones behind it are here"}),
               boost::test_tools::per_element());
    BOOST_TEST(failed_data_of(result) == (strings{"a,b\n1\n", "a,b\n2\n4\n"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(dead_letters_are_not_much_larger_than_their_body_though_each_has_the_header)
{
    std::string text = "a";
    for (int n = 0; n < 1024; ++n)
        text += ',' + std::string(1024, 'n');
    text += '\n';
    for (int n = 0; n < 1000; ++n)
        text += "1\n";
    auto result = read(text, {}, {{"id", "x"}});
    std::size_t bytes = 0;
    for (const std::string& each : failed_data_of(result))
        bytes += each.size();
    BOOST_TEST(bytes < 32U << 20);
    BOOST_TEST(result.failed.size() == 16u); // 1 MiB each
    BOOST_TEST(reasons_of(result).back().ends_with("; it and all bad ones behind it are here"));
}

BOOST_AUTO_TEST_CASE(a_name_of_a_column_that_is_too_long_fails_the_body)
{
    const std::string name(1024, 'n');
    BOOST_TEST(read(name + "\n1\n").out().size() == 1u);
    auto result = read("a," + name + "n\n1,2\n3,4\n");
    BOOST_TEST(result.out().empty());
    BOOST_TEST(reasons_of(result) == (strings{"header, line 1: column 2: has a name of 1025 bytes; "
                                              "at most 1024 were expected"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(rows_beyond_a_bound_are_one_dead_letter)
{
    const std::string text = "a,b\n1,1\n2\n3,3\n4,4\n";
    auto result = read(text, {{"rows", 2}}, {{"id", "x"}});
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"a":"1","b":"1"})"}),
               boost::test_tools::per_element());
    BOOST_TEST(failed_data_of(result) == (strings{"a,b\n2\n", "a,b\n3,3\n4,4\n"}),
               boost::test_tools::per_element());
    BOOST_TEST(reasons_of(result)[1] ==
               "row 3, line 4: more rows than a body may have; at most 2 were expected; it and all "
               "rows behind it are here");
    auto both = read(text, {{"rows", 2}, {"bad_rows", 0}});
    BOOST_TEST(failed_data_of(both) == (strings{"a,b\n3,3\n4,4\n", "a,b\n2\n"}),
               boost::test_tools::per_element());
    BOOST_TEST(read(text, {{"rows", 4}}).failed.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_wide_table_is_read_as_a_narrow_one)
{
    std::string names, values;
    for (int n = 0; n < 3000; ++n)
    {
        names += (n == 0 ? "c" : ",c") + std::to_string(n % 2000);
        values += (n == 0 ? "" : ",") + std::to_string(n);
    }
    auto result = read(names + "\n" + values + "\n");
    BOOST_TEST_REQUIRE(result.out().size() == 1u);
    BOOST_TEST(result.out()[0].fields().size() == 2000u);
    BOOST_TEST((result.out()[0].get("c0") == json::array{"0", "2000"}));
    BOOST_TEST(result.out()[0].is_multivalued("c999"));
    BOOST_TEST((result.out()[0].get("c1000") == "1000"));
    auto unnamed = read(values + "\n", {{"header", false}});
    BOOST_TEST_REQUIRE(unnamed.out().size() == 1u);
    BOOST_TEST((unnamed.out()[0].get("column3000") == "2999"));
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_text_cost_their_row_or_are_replaced)
{
    const std::string text = "a\n\xc3\xa9\n\xff\nx\n";
    auto refused = read(text);
    BOOST_TEST(fields_of(refused.out()) == (strings{"{\"a\":\"\xc3\xa9\"}", R"({"a":"x"})"}),
               boost::test_tools::per_element());
    BOOST_TEST(reasons_of(refused) ==
                   (strings{"row 2, line 3: column 1: bytes that are no UTF-8; a text was "
                            "expected"}),
               boost::test_tools::per_element());
    BOOST_TEST(fields_of(read(text, {{"invalid", "replace"}}).out())[1] ==
               "{\"a\":\"\xef\xbf\xbd\"}");
}

BOOST_AUTO_TEST_CASE(other_encodings_are_decoded_by_mark_by_name_or_by_the_graph)
{
    const strings expected{"{\"\xc3\xa9\":\"\xc3\xbc\"}"};
    BOOST_TEST(fields_of(read("\xff\xfe\xe9\0\n\0\xfc\0\n\0"s).out()) == expected,
               boost::test_tools::per_element());
    BOOST_TEST(fields_of(read("\0\xe9\0\n\0\xfc"s, {}, {{"charset", "utf-16be"}}).out()) ==
                   expected,
               boost::test_tools::per_element());
    BOOST_TEST(fields_of(read("\xe9\n\xfc", {{"charset", "windows-1252"}}).out()) == expected,
               boost::test_tools::per_element());
    auto unknown = read("a\n1", {}, {{"charset", "martian"}});
    BOOST_TEST(unknown.failed.size() == 1u);
    BOOST_TEST(unknown.failed[0].first.data().view() == "a\n1");
}

BOOST_AUTO_TEST_CASE(a_table_with_tabs_has_them_as_delimiters_unless_the_graph_says_others)
{
    const json::object meta{{"mimetype", "text/tab-separated-values"}};
    BOOST_TEST(fields_of(read("a,b\tc\n1\t2", {}, meta).out()) ==
                   (strings{R"({"a,b":"1","c":"2"})"}),
               boost::test_tools::per_element());
    BOOST_TEST(fields_of(read("a,b\tc\n1,2", {{"delimiter", ","}}, meta).out()) ==
                   (strings{R"({"a":"1","b\tc":"2"})"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(triggers_go_on_and_bodies_without_data_are_dropped)
{
    auto result = run_entry(read_entry, {},
                            packets(body("", {{"requestmethod", "DELETE"}, {"id", "x"}}),
                                    body("", {{"requestmethod", "POST"}})));
    BOOST_TEST(meta_of(result.out(), "id") == (strings{R"("x")"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.dropped.size() == 1u);
}

BOOST_AUTO_TEST_CASE(characters_that_cannot_be_told_apart_are_refused)
{
    const auto problem = [](const json::object& parameters) -> std::string
    {
        try
        {
            (void)read("a", parameters);
            return {};
        }
        catch (const penstock::parameter_error& error)
        {
            return error.what();
        }
    };
    for (const std::string_view wrong : {"", "ab", "\n", "\r", "\xc3\xa9", "\xff"})
        BOOST_TEST(problem({{"delimiter", wrong}}) ==
                   "delimiter: is no character that may stand there; one ASCII character that ends "
                   "no line was expected");
    BOOST_TEST(problem({{"quote", ","}}) ==
               "quote: is the delimiter; another character was expected");
    BOOST_TEST(problem({{"comment", "\""}}) ==
               "comment: is the delimiter or the quote; another character was expected");
    BOOST_TEST(problem({{"columns", json::array{"a", ""}}}) ==
               "columns: has an empty name; names of fields were expected");
    BOOST_TEST(problem({{"charset", "martian"}}) ==
               "charset: is no encoding that is known; one as utf-8 was expected");
    BOOST_TEST(problem({{"quote", ""}, {"comment", ""}}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
