// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "run_entry.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace json = penstock::json;
using penstock::packet;
using penstock::testing::packets;
using solr_package::read_entry;

BOOST_AUTO_TEST_SUITE(solr_read)

namespace
{

penstock::testing::result read(std::string_view text, const json::object& meta = {})
{
    return run_entry(read_entry, {}, packets(body(text, meta)));
}

} // namespace

BOOST_AUTO_TEST_CASE(each_document_is_a_packet_with_its_id)
{
    auto result = read(R"(<add overwrite="true"><doc boost="2.5"><field name="id">a</field>
        <field name="title" boost="3">One &amp; two</field><field name="tag">x</field>
        <field name="tag">y</field><field name="empty"/><field name="none" null="true"/></doc>
        <doc><field name="title">Three</field></doc><doc/></add>)",
                       {{"id", "b"}, {"route", "r"}});
    BOOST_TEST(
        fields_of(result.out()) ==
            (strings{R"({"id":"a","title":"One & two","tag":["x","y"],"empty":"","none":null})",
                     R"({"title":"Three"})", "{}"}),
        boost::test_tools::per_element());
    BOOST_TEST(meta_of(result.out(), "id") == (strings{R"("a")", R"("b.2")", R"("b.3")"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.out()[0].is_multivalued("tag"));
    BOOST_TEST(result.out()[0].meta("boost") == 2.5);
    BOOST_TEST(result.out()[0].field_meta("title", "boost") == 3.0);
    BOOST_TEST(!result.out()[1].has_meta("boost"));
    BOOST_TEST(result.out()[0].meta("route") == "r");
    BOOST_TEST(result.out()[0].data().empty());
}

BOOST_AUTO_TEST_CASE(ids_to_delete_are_orders_in_their_place)
{
    auto result = read("<update><add><doc><field name='id'>1</field></doc></add>"
                       "<delete><id>1</id><id>2</id></delete><commit/>"
                       "<add><doc><field name='id'>2</field></doc></add></update>");
    BOOST_TEST(meta_of(result.out(), "id") == (strings{R"("1")", R"("1")", R"("2")", R"("2")"}),
               boost::test_tools::per_element());
    BOOST_TEST(meta_of(result.out(), "requestmethod") ==
                   (strings{"null", R"("DELETE")", R"("DELETE")", "null"}),
               boost::test_tools::per_element());
    BOOST_TEST(fields_of(result.out())[1] == "{}");
}

BOOST_AUTO_TEST_CASE(documents_in_documents_are_objects)
{
    auto result = read("<add><doc><field name='id'>1</field><doc><field name='id'>2</field></doc>"
                       "<field name='parts'><doc><field name='id'>3</field></doc>"
                       "<doc><field name='id'>4</field></doc></field></doc></add>");
    BOOST_TEST(
        fields_of(result.out()) ==
            strings{
                R"({"id":"1","_childDocuments_":[{"id":"2"}],"parts":[{"id":"3"},{"id":"4"}]})"},
        boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_no_packet_can_be_fails_alone_and_can_be_replayed)
{
    auto result = read("<update><delete><query>a:b</query><id>1</id></delete>\n"
                       "<add><doc><field>x</field></doc>"
                       "<doc><field name='n' update='inc'>1</field></doc></add></update>");
    BOOST_TEST(result.out().size() == 1U);
    BOOST_TEST_REQUIRE(result.failed.size() == 3U);
    BOOST_TEST(result.failed[0].second ==
               "line 1, column 17: deletes what a query finds; an id was expected");
    BOOST_TEST(result.failed[0].first.data().view() == "<delete><query>a:b</query></delete>");
    BOOST_TEST(result.failed[1].second ==
               "line 2, column 6: a field has no name; one was expected");
    BOOST_TEST(result.failed[1].first.data().view() == "<add><doc><field>x</field></doc></add>");
    BOOST_TEST(result.failed[2].second ==
               "line 2, column 33: field \"n\": is a change of a document, update=\"inc\"; a whole "
               "document was expected");
}

BOOST_AUTO_TEST_CASE(commits_and_empty_updates_are_dropped)
{
    for (const std::string_view text : {"<commit/>", "<optimize/>", "<add/>", "<update/>"})
        BOOST_TEST(read(text).dropped.size() == 1U, text);
}

BOOST_AUTO_TEST_CASE(what_is_no_update_fails_whole)
{
    auto result = read("<html/>");
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].second == "the outermost element is html; add, delete, update, "
                                          "commit, optimize or rollback was expected");
    result = read("<add><doc><field name='id'>1</field></doc></delete>");
    BOOST_TEST(result.out().empty());
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].second == "line 1, column 45: mismatched tag; XML was expected");
}

BOOST_AUTO_TEST_SUITE_END()
