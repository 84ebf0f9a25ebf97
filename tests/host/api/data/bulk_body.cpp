// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/data/bulk_body.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <vector>

BOOST_AUTO_TEST_SUITE(bulk_body)

using penstock::host::api::bulk_item;
using penstock::host::api::read_bulk;

namespace
{

std::vector<bulk_item> read(std::string_view body, std::string_view index = "usual")
{
    auto items = read_bulk(body, index, {}, 1000);
    if (!items)
        BOOST_FAIL(items.error().why());
    return *items;
}

void check_refused(std::string_view body, std::string_view part)
{
    const auto items = read_bulk(body, "usual", {}, 1000);
    BOOST_TEST_REQUIRE(items.has_error(), body);
    BOOST_TEST(items.error().status() == 400U);
    BOOST_TEST((items.error().why().find(part) != std::string::npos), items.error().why());
}

} // namespace

BOOST_AUTO_TEST_CASE(an_action_has_a_source_behind_it_unless_it_deletes)
{
    const auto items = read("{\"index\":{\"_index\":\"a\",\"_id\":\"1\"}}\n{\"n\":1}\n"
                            "{\"delete\":{\"_id\":\"2\"}}\n"
                            "{\"create\":{}}\n{\"n\":3}\n"
                            "{\"update\":{\"_id\":\"4\"}}\n{\"doc\":{}}\n");
    BOOST_TEST_REQUIRE(items.size() == 4U);
    BOOST_TEST(items[0].action == "index");
    BOOST_TEST(items[0].index == "a");
    BOOST_TEST(items[0].id == "1");
    BOOST_TEST(items[0].source == R"({"n":1})");
    BOOST_TEST(items[0].wrong == "");
    BOOST_TEST(items[1].deletes());
    BOOST_TEST(items[1].index == "usual");
    BOOST_TEST(items[2].id == "");
    BOOST_TEST(items[2].source == R"({"n":3})");
    BOOST_TEST(items[3].wrong.starts_with("update is not possible"));
}

BOOST_AUTO_TEST_CASE(ends_of_lines_blank_lines_and_a_mark_of_the_encoding_are_ordinary)
{
    for (const char* body :
         {"{\"index\":{}}\r\n{\"n\":1}\r\n", "\xef\xbb\xbf{\"index\":{}}\n{\"n\":1}",
          "\n \n{\"index\":{}}\n{\"n\":1}\n\n", " { \"index\" : { } } \n{\"n\":1}"})
    {
        const auto items = read(body);
        BOOST_TEST_REQUIRE(items.size() == 1U);
        BOOST_TEST(items[0].source == R"({"n":1})");
        BOOST_TEST(items[0].wrong == "");
    }
}

BOOST_AUTO_TEST_CASE(numbers_are_ids_and_null_is_none)
{
    BOOST_TEST(read("{\"index\":{\"_id\":17}}\n{}\n")[0].id == "17");
    BOOST_TEST(read("{\"index\":{\"_id\":null,\"_index\":null}}\n{}\n")[0].id == "");
    BOOST_TEST(read("{\"index\":{\"_id\":\"größe\"}}\n{}\n")[0].id == "größe");
}

BOOST_AUTO_TEST_CASE(what_changes_nothing_here_may_be_said)
{
    const auto items = read("{\"index\":{\"_type\":\"_doc\",\"routing\":\"a\",\"pipeline\":\"p\","
                            "\"require_alias\":false,\"version\":null}}\n{}\n");
    BOOST_TEST(items[0].wrong == "");
}

BOOST_AUTO_TEST_CASE(a_source_that_is_no_object_refuses_its_item_alone)
{
    for (const char* source : {"", " ", "{", "[1]", "17", "\"text\"", "null", "{\"a\":1e999}",
                               "{\"a\":\"\xff\"}", "{} {}"})
    {
        const auto items =
            read("{\"index\":{}}\n" + std::string(source) + "\n{\"index\":{}}\n{\"n\":2}\n");
        BOOST_TEST_REQUIRE(items.size() == 2U, source);
        BOOST_TEST(items[0].wrong.starts_with("the source is"), items[0].wrong);
        BOOST_TEST(items[1].wrong == "");
    }
    BOOST_TEST(read("{\"index\":{}}")[0].wrong.starts_with("the source is missing"));
}

BOOST_AUTO_TEST_CASE(a_condition_refuses_its_item_alone)
{
    for (const char* condition : {"if_seq_no", "if_primary_term", "version", "version_type"})
    {
        const auto items = read("{\"index\":{\"_id\":\"1\",\"" + std::string(condition) +
                                "\":1}}\n{}\n{\"index\":{}}\n{}\n");
        BOOST_TEST(items[0].wrong.starts_with(condition));
        BOOST_TEST(items[1].wrong == "");
    }
    const auto items = read("{\"index\":{\"_id\":\"" + std::string(513, 'x') + "\"}}\n{}\n");
    BOOST_TEST(items[0].wrong == "_id: has 513 bytes; at most 512 were expected");
}

BOOST_AUTO_TEST_CASE(a_line_that_is_no_action_refuses_all)
{
    check_refused("", "no action");
    check_refused("\n\n", "no action");
    for (const char* line :
         {"x", "[]", "{}", "\"index\"", "{\"index\":1}", "{\"index\":null}",
          "{\"index\":{},\"create\":{}}", "{\"upsert\":{}}", "{\"n\":1}",
          "{\"index\":{\"_id\":[]}}", "{\"index\":{\"_id\":\"\"}}", "{\"index\":{\"_index\":{}}}",
          "{\"index\":{\"unknown\":1}}", "{\"delete\":{}}", "{\"index\":{}"})
        check_refused("{\"index\":{}}\n{}\n" + std::string(line) + "\n{}\n", "line 3: ");
}

BOOST_AUTO_TEST_CASE(more_items_than_may_be_are_413)
{
    const auto items = read_bulk("{\"index\":{}}\n{}\n{\"index\":{}}\n{}\n", "usual", {}, 1);
    BOOST_TEST_REQUIRE(items.has_error());
    BOOST_TEST(items.error().status() == 413U);
}

BOOST_AUTO_TEST_SUITE_END()
