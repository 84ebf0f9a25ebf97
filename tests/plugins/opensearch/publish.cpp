// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "opensearch/scripted_engine.hpp"
#include "run_entry.hpp"

#include <penstock/unavailable.hpp>

#include <boost/test/unit_test.hpp>

#include <limits>
#include <string>
#include <utility>

namespace json = penstock::json;
using opensearch_package::publish_entry;
using penstock::packet;
using penstock::testing::packets;

BOOST_AUTO_TEST_SUITE(opensearch_publish)

namespace
{

packet document(std::string_view id, json::object fields)
{
    packet made(std::move(fields));
    made.set_meta("id", id);
    return made;
}

packet order_to_delete(std::string_view id)
{
    packet made;
    made.set_meta("requestmethod", "DELETE");
    made.set_meta("id", id);
    return made;
}

json::object to(const scripted_engine& where, json::object more = {})
{
    json::object params{{"url", where.url()}, {"index", "test"}};
    for (const auto& [name, value] : more)
        params[name] = value;
    return params;
}

} // namespace

BOOST_AUTO_TEST_CASE(each_packet_is_a_document_of_its_fields)
{
    scripted_engine far;
    packet several = document("größe", {{"title", "Maß €"}, {"tags", json::array{"a", "b"}}});
    several.append("one", 1);
    several.append("one", 2);
    auto result = run_entry(
        publish_entry, to(far),
        packets(document("1", {{"n", 1}, {"deep", {{"a", nullptr}}}}), std::move(several)));
    BOOST_TEST(far.documents() == (strings{R"(test/1 {"n":1,"deep":{"a":null}})",
                                           "test/größe {\"title\":\"Maß €\",\"tags\":[\"a\","
                                           "\"b\"],\"one\":[1,2]}"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.delivered.size() == 2U);
    BOOST_TEST(result.metrics["documents"] == 2);
}

BOOST_AUTO_TEST_CASE(a_document_that_is_delivered_again_replaces_itself)
{
    scripted_engine far;
    std::vector<packet> given;
    given.push_back(packet({{"n", 1}}));
    penstock::testing::inputs inputs;
    inputs.emplace("in", std::move(given));
    auto result = penstock::testing::run(
        [] { return std::unique_ptr<penstock::component>(publish_entry.make()); }, to(far),
        std::move(inputs), {.replays = 2});
    BOOST_TEST(far.documents().size() == 1U);
    BOOST_TEST(result.delivered.size() == 1U);
}

BOOST_AUTO_TEST_CASE(the_index_and_the_id_are_from_meta_and_fields)
{
    scripted_engine far;
    packet made = document("7", {{"kind", "book"}, {"isbn", 42}});
    made.set_meta("route", "shelf");
    (void)run_entry(publish_entry,
                    to(far, {{"index", "{{/meta/route}}-{{kind}}-1"}, {"id", "/fields/isbn"}}),
                    packets(std::move(made)));
    BOOST_TEST(far.documents() == (strings{R"(shelf-book-1/42 {"kind":"book","isbn":42})"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_packet_without_its_index_or_id_fails_alone)
{
    scripted_engine far;
    auto result = run_entry(publish_entry, to(far, {{"index", "a-{{kind}}"}, {"id", "key"}}),
                            packets(packet({{"kind", "x"}, {"key", "1"}}), packet({{"key", "2"}}),
                                    packet({{"kind", json::array{"x"}}, {"key", "3"}}),
                                    packet({{"kind", "x"}}),
                                    packet({{"kind", "x"}, {"key", std::string(513, 'k')}})));
    BOOST_TEST(far.documents().size() == 1U);
    BOOST_TEST_REQUIRE(result.failed.size() == 4U);
    BOOST_TEST(result.failed[0].second ==
               "index: kind: is absent; a text or a number was expected");
    BOOST_TEST(result.failed[1].second ==
               "index: kind: is a list; a text or a number was expected");
    BOOST_TEST(result.failed[2].second ==
               "id: there is no key; what identifies the document was expected");
    BOOST_TEST(result.failed[3].second == "id: has 513 bytes; at most 512 were expected");
}

BOOST_AUTO_TEST_CASE(an_order_to_delete_deletes_and_what_is_gone_may_be_deleted_again)
{
    scripted_engine far;
    (void)run_entry(publish_entry, to(far),
                    packets(document("1", {{"n", 1}}), document("2", {{"n", 2}})));
    auto result =
        run_entry(publish_entry, to(far), packets(order_to_delete("1"), order_to_delete("absent")));
    BOOST_TEST(far.documents() == (strings{R"(test/2 {"n":2})"}), boost::test_tools::per_element());
    BOOST_TEST(result.delivered.size() == 2U);
    BOOST_TEST(result.metrics["deleted_documents"] == 2);
}

BOOST_AUTO_TEST_CASE(a_packet_without_fields_is_dropped)
{
    scripted_engine far;
    auto result = run_entry(publish_entry, to(far), packets(packet()));
    BOOST_TEST(result.dropped.size() == 1U);
    BOOST_TEST(far.batches().empty());
}

BOOST_AUTO_TEST_CASE(a_packet_of_data_alone_fails)
{
    scripted_engine far;
    packet given;
    given.set_data(penstock::bytes("raw"));
    auto result = run_entry(publish_entry, to(far), packets(std::move(given)));
    BOOST_TEST(result.failed.size() == 1U);
    BOOST_TEST(far.batches().empty());
}

BOOST_AUTO_TEST_CASE(what_json_cannot_hold_fails_alone)
{
    scripted_engine far;
    auto result = run_entry(publish_entry, to(far),
                            packets(document("1", {{"n", 1}}),
                                    document("2", {{"n", std::numeric_limits<double>::infinity()}}),
                                    document("3", {{"n", 3}})));
    BOOST_TEST(far.documents() == (strings{R"(test/1 {"n":1})", R"(test/3 {"n":3})"}),
               boost::test_tools::per_element());
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].first.meta("id") == "2");
}

BOOST_AUTO_TEST_CASE(create_leaves_what_is_there_and_drops_its_packet)
{
    scripted_engine far;
    const json::object params = to(far, {{"action", "create"}});
    (void)run_entry(publish_entry, params, packets(document("1", {{"n", 1}})));
    auto result = run_entry(publish_entry, params,
                            packets(document("1", {{"n", 2}}), document("2", {{"n", 2}})));
    BOOST_TEST(far.documents() == (strings{R"(test/1 {"n":1})", R"(test/2 {"n":2})"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.dropped.size() == 1U);
    BOOST_TEST(result.delivered.size() == 1U);
}

BOOST_AUTO_TEST_CASE(nothing_is_sent_when_nothing_comes)
{
    scripted_engine far;
    auto result = run_entry(publish_entry, to(far), {});
    const auto asked = far.server().requests();
    BOOST_TEST_REQUIRE(asked.size() == 1U);
    BOOST_TEST(asked[0].method == "GET");
    BOOST_TEST(asked[0].target == "/");
    BOOST_TEST(result.delivered.empty());
}

BOOST_AUTO_TEST_CASE(odd_parameters_are_refused)
{
    const json::object good{{"url", "http://localhost:9200"}, {"index", "a"}};
    const auto refused = [&](std::string_view name, const json::value& value)
    {
        json::object params = good;
        params[name] = value;
        BOOST_CHECK_THROW((void)run_entry(publish_entry, params, {}), penstock::parameter_error);
    };
    for (const char* url :
         {"", " ", "localhost:9200", "ftp://localhost", "http://", "http://user:secret@localhost",
          "http://localhost/?a=b", "http://localhost/ a", "file:///etc/passwd"})
        refused("url", url);
    refused("index", "");
    refused("index", "a-{{kind");
    refused("index", "a-{{}}");
    refused("action", "update");
    refused("password", "without a user");
    refused("api_key", "a\r\nX: b");
    refused("timeout", "0s");
}

BOOST_AUTO_TEST_SUITE_END()
