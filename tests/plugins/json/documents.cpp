// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What json/read makes of documents.
#include "components.hpp"
#include "run_entry.hpp"
#include "json/json_bodies.hpp"

#include <penstock/description.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>

using namespace json_bodies;
using penstock::testing::packets;

BOOST_AUTO_TEST_CASE(an_object_becomes_the_fields_of_its_packet)
{
    packet sent = body(R"({"a":1,"b":[1,"x"],"c":{"d":null}})", {{"id", "7"}, {"route", "r"}});
    const penstock::packet_id id = sent.id();
    auto result = read(packets(std::move(sent)));

    BOOST_REQUIRE(result.out().size() == 1);
    const packet& out = result.out().front();
    BOOST_TEST(penstock::write_json(out.fields()) == R"({"a":1,"b":[1,"x"],"c":{"d":null}})");
    BOOST_TEST(out.is_multivalued("b"));
    BOOST_TEST(!out.is_multivalued("c"));
    BOOST_TEST(out.meta("id") == "7");
    BOOST_TEST(out.meta("route") == "r");
    BOOST_TEST((out.id() == id));
}

BOOST_AUTO_TEST_CASE(a_member_named_data_is_a_field_and_a_list_of_one_stays_a_list)
{
    auto result = read(packets(body(R"({"data":"x","one":[1],"none":[],"null":null})")));
    BOOST_TEST_REQUIRE(result.out().size() == 1U);
    const packet& out = result.out().front();
    BOOST_TEST(out.text("data") == "x");
    BOOST_TEST(out.data().empty());
    BOOST_TEST(out.is_multivalued("one"));
    BOOST_TEST(out.values("none").empty());
    BOOST_TEST(out.has("none"));
    BOOST_TEST(out.get("null").is_null());
}

BOOST_AUTO_TEST_CASE(the_data_is_not_kept)
{
    auto result = read(packets(body("{}"), body("[{},{}]"), lines("{}"), lines("{}\n{}")));
    BOOST_REQUIRE(result.out().size() == 6);
    for (const packet& out : result.out())
        BOOST_TEST(out.data().empty());
}

BOOST_AUTO_TEST_CASE(a_list_becomes_a_packet_for_each_element)
{
    auto result = read(packets(body(R"([{"a":1},{"a":2},{}])")));
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"a":1})", R"({"a":2})", "{}"}),
               boost::test_tools::per_element());
    BOOST_TEST((result.out()[0].id() != result.out()[1].id()));
}

BOOST_AUTO_TEST_CASE(an_empty_list_delivers_nothing)
{
    auto result = read(packets(body("[]"), body(" [ ] ")));
    BOOST_TEST(result.out().empty());
    BOOST_TEST(result.failed.empty());
}

BOOST_AUTO_TEST_CASE(several_documents_of_a_body_with_an_id_are_numbered)
{
    auto result = read(packets(body(R"([{"a":1},{"a":2}])", {{"id", "x"}})));
    BOOST_TEST(meta_of(result.out(), "id") == (strings{R"("x.1")", R"("x.2")"}),
               boost::test_tools::per_element());

    result = read(packets(lines("{}\n\n{}\n", {{"id", "y"}, {"route", "r"}})));
    BOOST_TEST(meta_of(result.out(), "id") == (strings{R"("y.1")", R"("y.2")"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.out()[1].meta("route") == "r");
}

BOOST_AUTO_TEST_CASE(a_single_document_keeps_the_id_of_its_body)
{
    auto result = read(packets(body("[{}]", {{"id", "x"}}), lines("\n{}\n\n", {{"id", "y"}})));
    BOOST_TEST(meta_of(result.out(), "id") == (strings{R"("x")", R"("y")"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(documents_of_a_body_without_an_id_get_none)
{
    auto result = read(packets(body("[{},{}]")));
    BOOST_REQUIRE(result.out().size() == 2);
    BOOST_TEST(!result.out().front().has_meta("id"));
}

BOOST_AUTO_TEST_CASE(a_top_level_scalar_fails_with_its_body)
{
    auto result = read(packets(body("5"), body("\"x\""), body("null"), body("true")));
    BOOST_TEST(result.out().empty());
    BOOST_REQUIRE(result.failed.size() == 4);
    BOOST_TEST(result.failed[0].second ==
               "the document is a number; an object or a list was expected");
    BOOST_TEST(result.failed[1].second ==
               "the document is a text; an object or a list was expected");
    BOOST_TEST(result.failed[2].second == "the document is null; an object or a list was expected");
    BOOST_TEST(result.failed[3].second ==
               "the document is a truth value; an object or a list was expected");
    BOOST_TEST(result.failed[0].first.data().view() == "5");
}

BOOST_AUTO_TEST_CASE(an_element_that_is_no_object_fails_alone)
{
    auto result = read(packets(body(R"([{"a":1}, [2], {"a":3}])", {{"id", "x"}})));
    BOOST_TEST(meta_of(result.out(), "id") == (strings{R"("x.1")", R"("x.3")"}),
               boost::test_tools::per_element());
    BOOST_REQUIRE(result.failed.size() == 1);
    BOOST_TEST(result.failed[0].second == "element 2 is a list; an object was expected");
    BOOST_TEST(result.failed[0].first.data().view() == "[2]");
    BOOST_TEST(result.failed[0].first.meta("id") == "x.2");
}

BOOST_AUTO_TEST_CASE(a_body_that_is_no_json_fails_and_the_next_is_read)
{
    auto result = read(packets(body("{\"a\":"), body("{\"a\":1}")));
    BOOST_TEST(result.out().size() == 1);
    BOOST_REQUIRE(result.failed.size() == 1);
    BOOST_TEST(!result.failed[0].second.empty());
    BOOST_TEST(result.failed[0].first.data().view() == "{\"a\":");
}

BOOST_AUTO_TEST_CASE(triggers_are_forwarded_as_they_are)
{
    auto result = read(packets(body("", {{"requestmethod", "GET"}, {"id", "some words"}}),
                               body("", {{"requestmethod", "DELETE"}, {"id", "7"}}), packet()));
    BOOST_TEST(meta_of(result.out(), "id") == (strings{R"("some words")", R"("7")", "null"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.out()[0].fields().empty());
}

BOOST_AUTO_TEST_CASE(an_empty_body_that_was_posted_fails)
{
    auto result = read(packets(body("", {{"requestmethod", "POST"}})));
    BOOST_TEST(result.out().empty());
    BOOST_TEST(result.failed.size() == 1);
}

BOOST_AUTO_TEST_CASE(of_duplicate_keys_the_last_wins)
{
    auto result = read(packets(body(R"({"a":1,"a":2})")));
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"a":2})"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(big_integers_become_text_or_are_refused)
{
    const std::string_view big = R"({"n":123456789012345678901234567890})";
    auto result = read(packets(body(big)));
    BOOST_TEST(fields_of(result.out()) == (strings{R"({"n":"123456789012345678901234567890"})"}),
               boost::test_tools::per_element());

    result = read(packets(body(big)), {{"big_integers", "refuse"}});
    BOOST_TEST(result.out().empty());
    BOOST_TEST(result.failed.size() == 1);
}

BOOST_AUTO_TEST_CASE(half_a_surrogate_pair_costs_its_document_alone)
{
    const std::string_view list = R"([{"a":1},{"a":"\ud83d"},{"a":3}])";
    auto result = read(packets(body(list, {{"id", "x"}})));
    BOOST_TEST(meta_of(result.out(), "id") == (strings{R"("x.1")", R"("x.3")"}),
               boost::test_tools::per_element());
    BOOST_REQUIRE(result.failed.size() == 1);
    BOOST_TEST(result.failed[0].second.starts_with("element 2, column "));
    BOOST_TEST(result.failed[0].first.data().view() == R"({"a":"\ud83d"})");

    result = read(
        packets(lines("{\"a\":1}\n{\"a\":\"\\udc00\"}\n{\"a\":3}"), body(R"({"a":"\ud83d"})")));
    BOOST_TEST(result.out().size() == 2);
    BOOST_TEST(result.failed.size() == 2);
    result = read(packets(body(R"([{"a":"\ud83d"},)")));
    BOOST_REQUIRE(result.failed.size() == 1);
    BOOST_TEST(result.failed[0].first.data().view() == R"([{"a":"\ud83d"},)");
}

BOOST_AUTO_TEST_CASE(what_no_unicode_text_can_hold_is_replaced_if_asked)
{
    const std::string in_fffd = "{\"a\":\"x\xef\xbf\xbdy\"}";
    auto result = read(packets(body(R"({"a":"x\ud83dy"})"), body("{\"a\":\"x\xffy\"}"),
                               body(R"([{"a":"x\udc00y"},{"a":"\ud83d\ude00"}])"),
                               lines("{\"a\":\"x\x80y\"}\n")),
                       {{"invalid", "replace"}});
    BOOST_TEST(fields_of(result.out()) ==
                   (strings{in_fffd, in_fffd, in_fffd, "{\"a\":\"\xf0\x9f\x98\x80\"}", in_fffd}),
               boost::test_tools::per_element());
    BOOST_TEST(result.failed.empty());
}

// The list is longer than those that are read whole.
BOOST_AUTO_TEST_CASE(a_long_list_is_read_like_a_short_one)
{
    std::string list = "[";
    for (int i = 0; i < 20'000; ++i)
        list += "{\"n\": " + std::to_string(i) + "} ,\n";
    auto result = read(packets(body(list + "5]", {{"id", "x"}}), body(list + "]")));
    BOOST_REQUIRE(result.out().size() == 20'000);
    BOOST_TEST(penstock::write_json(result.out().back().fields()) == R"({"n":19999})");
    BOOST_TEST(result.out().back().meta("id") == "x.20000");
    BOOST_REQUIRE(result.failed.size() == 2);
    BOOST_TEST(result.failed[0].second == "element 20001 is a number; an object was expected");
    BOOST_TEST(result.failed[0].first.data().view() == "5");
    BOOST_TEST(result.failed[1].second.starts_with("line 20001, column 1: unexpected ']'"));
}

BOOST_AUTO_TEST_CASE(what_a_document_may_be_is_bounded)
{
    auto result = read(
        packets(body(R"({"a":[[1]]})"), body(R"({"a":1,"b":2,"c":3})"),
                body("{\"a\":\"" + std::string(2'000, 'x') + "\",\"n\":1e999}"),
                body("{\"n\":99999999999999999999,\"a\":\"" + std::string(2'000, 'x') + "\"}")),
        {{"depth", 2}, {"members", 2}, {"memory", "1KiB"}});
    BOOST_TEST(result.out().empty());
    BOOST_REQUIRE(result.failed.size() == 4);
    BOOST_TEST((result.failed[0].second.find("nested too deep") != std::string::npos));
    BOOST_TEST((result.failed[1].second.find("at most 2") != std::string::npos));
    BOOST_TEST((result.failed[3].second.find("too large") != std::string::npos));
}

BOOST_AUTO_TEST_CASE(a_host_is_told_when_a_body_must_be_one_document)
{
    const auto expected = [](const penstock::json::object& parameters, std::string_view type)
    {
        const std::unique_ptr<penstock::component> component(read_entry.make());
        BOOST_TEST_REQUIRE(penstock::configure(*component, parameters).empty());
        return component->json_body(type).has_value();
    };
    BOOST_TEST(expected({}, "application/json"));
    BOOST_TEST(expected({}, "application/ld+json"));
    BOOST_TEST(!expected({}, "application/x-ndjson"));
    BOOST_TEST(!expected({}, "application/json-seq"));
    BOOST_TEST(expected({{"format", "document"}}, "application/x-ndjson"));
    for (const char* format : {"lines", "concatenated", "sequence"})
        BOOST_TEST(!expected({{"format", format}}, "application/json"), format);
}

BOOST_AUTO_TEST_CASE(further_types_can_be_named)
{
    const std::unique_ptr<penstock::component> component(read_entry.make());
    BOOST_TEST(penstock::configure(*component, {{"types", {"application/x-log"}}}).empty());
    BOOST_TEST(penstock::describe(*component).accepts.back() == "application/x-log");
    const std::unique_ptr<penstock::component> other(read_entry.make());
    BOOST_TEST(penstock::configure(*other, {{"types", {"Text/X"}}}).size() == 1U);
}

BOOST_AUTO_TEST_CASE(it_is_an_adapter_for_json_that_takes_triggers)
{
    const std::unique_ptr<penstock::component> component(read_entry.make());
    const penstock::component_description description = penstock::describe(*component);
    BOOST_TEST(description.takes_triggers);
    for (const char* type : {"application/json", "application/x-ndjson", "application/jsonl"})
        BOOST_TEST(std::count(description.accepts.begin(), description.accepts.end(), type) == 1);
    BOOST_TEST((read_entry.category == penstock::category::adapter));
}

BOOST_AUTO_TEST_CASE(it_ends_when_nothing_comes)
{
    BOOST_TEST(read({}).out().empty());
}

BOOST_AUTO_TEST_CASE(bad_documents_beyond_a_limit_become_one_dead_letter_that_replays)
{
    const penstock::json::object two{{"bad_documents", 2}};
    struct
    {
        packet sent;
        std::string together;
    } cases[] = {{body(R"([1,{"a":1},2,3,{"a":2},4])"), "[3,4]"},
                 {lines("1\n{\"a\":1}\n2\n{\n{\"a\":2}\n4"), "{\n4\n"}};
    for (auto& [sent, together] : cases)
    {
        auto result = read(packets(std::move(sent)), two);
        BOOST_TEST(fields_of(result.out()) == (strings{R"({"a":1})", R"({"a":2})"}),
                   boost::test_tools::per_element());
        BOOST_TEST_REQUIRE(result.failed.size() == 3U);
        auto& [kept, reason] = result.failed.back();
        BOOST_TEST(kept.data().view() == together);
        BOOST_TEST(reason.ends_with("; it and all bad ones behind it are here"), reason);
        auto again = read(packets(std::move(kept)));
        BOOST_TEST(again.out().empty());
        BOOST_TEST(again.failed.size() == 2U);
    }
}
