// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "run_entry.hpp"
#include "solr/scripted_solr.hpp"

#include <penstock/unavailable.hpp>

#include <boost/test/unit_test.hpp>

#include <atomic>
#include <limits>
#include <string>
#include <utility>

namespace json = penstock::json;
using penstock::packet;
using penstock::testing::packets;
using solr_package::publish_entry;

BOOST_AUTO_TEST_SUITE(solr_publish)

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

json::object to(const scripted_solr& where, json::object more = {})
{
    json::object params{{"url", where.url()}};
    for (const auto& [name, value] : more)
        params[name] = value;
    return params;
}

std::string why_away(const json::object& parameters)
{
    try
    {
        (void)run_entry(publish_entry, parameters, packets(document("1", {{"n", 1}})));
    }
    catch (const penstock::unavailable& error)
    {
        return error.what();
    }
    return "none";
}

} // namespace

BOOST_AUTO_TEST_CASE(each_packet_is_a_document_of_its_fields_with_its_id)
{
    scripted_solr far;
    packet several = document("größe", {{"title", "Maß \"€\" }"}, {"id", "other"}});
    several.set_values("tags", {"a", nullptr, 2});
    auto result =
        run_entry(publish_entry, to(far),
                  packets(document("1", {{"n", 1.5}, {"gone", nullptr}}), std::move(several)));
    BOOST_TEST(far.documents() ==
                   (strings{R"({"id":"1","n":1.5})",
                            R"({"id":"größe","title":"Maß \"€\" }","tags":["a",2]})"}),
               boost::test_tools::per_element());
    BOOST_TEST(result.delivered.size() == 2U);
    BOOST_TEST(result.metrics["documents"] == 2);
    BOOST_TEST(far.server().requests().back().target ==
               "/solr/test/update?wt=json&commitWithin=1000");
}

BOOST_AUTO_TEST_CASE(a_document_that_is_delivered_again_replaces_itself)
{
    scripted_solr far;
    penstock::testing::inputs inputs;
    inputs.emplace("in", packets(packet({{"n", 1}})));
    auto result = penstock::testing::run(
        [] { return std::unique_ptr<penstock::component>(publish_entry.make()); }, to(far),
        std::move(inputs), {.replays = 2});
    BOOST_TEST(far.documents().size() == 1U);
    BOOST_TEST(result.delivered.size() == 1U);
}

BOOST_AUTO_TEST_CASE(an_order_to_delete_deletes_in_its_place)
{
    scripted_solr far;
    auto result = run_entry(publish_entry, to(far),
                            packets(document("1", {{"n", 1}}), document("2", {{"n", 2}}),
                                    order_to_delete("1"), order_to_delete("none"),
                                    order_to_delete("2"), document("2", {{"n", 3}})));
    BOOST_TEST(far.documents() == strings{R"({"id":"2","n":3})"}, boost::test_tools::per_element());
    BOOST_TEST(result.delivered.size() == 6U);
    BOOST_TEST(result.metrics["deleted_documents"] == 3);
}

BOOST_AUTO_TEST_CASE(the_id_and_its_field_may_be_others)
{
    scripted_solr far;
    auto result = run_entry(publish_entry, to(far, {{"id", "/fields/isbn"}}),
                            packets(packet({{"isbn", 42}, {"n", 1}}), packet({{"n", 2}})));
    BOOST_TEST(far.documents() == strings{R"({"id":"42","isbn":42,"n":1})"},
               boost::test_tools::per_element());
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].second ==
               "id: there is no /fields/isbn; what identifies the document was expected");
}

BOOST_AUTO_TEST_CASE(the_document_that_is_refused_is_found_by_halves_and_fails_alone)
{
    scripted_solr far(
        [](const solr_command& each) -> std::optional<std::pair<unsigned, std::string>>
        {
            if (each.id() == "5" || each.id() == "6")
                return std::pair(400U, "ERROR: [doc=" + each.id() + "] unknown field");
            return std::nullopt;
        });
    std::vector<packet> given;
    for (int n = 0; n < 8; ++n)
        given.push_back(document(std::to_string(n), {{"n", n}}));
    auto result = run_entry(publish_entry, to(far), std::move(given));
    BOOST_TEST(far.documents().size() == 6U);
    BOOST_TEST(result.delivered.size() == 6U);
    BOOST_TEST_REQUIRE(result.failed.size() == 2U);
    BOOST_TEST(result.failed[0].second == "status 400: ERROR: [doc=5] unknown field");
    BOOST_TEST(result.failed[1].second == "status 400: ERROR: [doc=6] unknown field");
    BOOST_TEST(far.batches() == (std::vector<std::size_t>{8, 4, 4, 2, 1, 1, 2, 1, 1}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_document_that_solr_cannot_bear_is_tried_again_alone)
{
    std::atomic<int> asked = 0;
    scripted_solr far(
        [&](const solr_command& each) -> std::optional<std::pair<unsigned, std::string>>
        {
            if (each.id() != "1")
                return std::nullopt;
            ++asked;
            return std::pair(500U, std::string("java.lang.NullPointerException"));
        });
    auto result = run_entry(publish_entry, to(far),
                            packets(document("0", {{"n", 0}}), document("1", {{"n", 1}})));
    BOOST_TEST(result.delivered.size() == 1U);
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].second == "status 500: java.lang.NullPointerException");
    BOOST_TEST(asked == 2);
}

BOOST_AUTO_TEST_CASE(a_solr_that_is_away_is_waited_for)
{
    const auto answering = [](unsigned status)
    {
        return [status](const received_request& request) -> std::optional<scripted_answer>
        {
            if (request.body == "{}")
                return std::nullopt;
            return scripted_answer{.status = status, .body = "<html>busy</html>"};
        };
    };
    for (const unsigned status : {401U, 403U, 404U, 429U, 500U, 503U})
    {
        const scripted_solr far({}, answering(status));
        BOOST_TEST(why_away(to(far)).find("status " + std::to_string(status)) != std::string::npos);
    }
    const scripted_solr other(
        {},
        [](const received_request& request)
        {
            return std::optional(scripted_answer{
                .body = request.body == "{}" ? R"({"responseHeader":{}})" : "<html/>"});
        });
    BOOST_TEST(why_away(to(other)).find("the answer is none to an update") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_collection_that_is_not_there_is_noticed_at_the_begin)
{
    const scripted_solr far;
    json::object parameters = to(far);
    parameters["url"] = far.url() + "x";
    BOOST_TEST(why_away(parameters).find("status 404: <html>not found</html>") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(documents_that_a_tolerant_solr_leaves_out_fail)
{
    scripted_solr far(
        {},
        [](const received_request&)
        {
            return std::optional(scripted_answer{
                .body =
                    R"({"responseHeader":{"errors":[{"type":"ADD","id":"2","message":"bad"}]}})"});
        });
    auto result = run_entry(publish_entry, to(far),
                            packets(document("1", {{"n", 1}}), document("2", {{"n", 2}})));
    BOOST_TEST(result.delivered.size() == 1U);
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].second == "bad");
}

// The document that is refused is found, though the answer does not name it.
BOOST_AUTO_TEST_CASE(an_error_that_names_no_document_is_of_one_of_them)
{
    for (const char* id : {"\"(unknown)\"", "2", "null"})
    {
        scripted_solr far({},
                          [id](const received_request& request) -> std::optional<scripted_answer>
                          {
                              if (request.body.find(R"("n":2)") == std::string::npos)
                                  return std::nullopt;
                              return scripted_answer{
                                  .body = R"({"responseHeader":{"errors":[{"type":"ADD","id":)" +
                                          std::string(id) + R"(,"message":"bad"}]}})"};
                          });
        auto result = run_entry(publish_entry, to(far),
                                packets(document("1", {{"n", 1}}), document("x", {{"n", 2}}),
                                        document("3", {{"n", 3}})));
        BOOST_TEST(result.delivered.size() == 2U);
        BOOST_TEST_REQUIRE(result.failed.size() == 1U);
        BOOST_TEST(result.failed[0].second == "bad");
    }
}

BOOST_AUTO_TEST_CASE(a_status_that_is_not_0_is_no_success)
{
    scripted_solr far({},
                      [](const received_request& request) -> std::optional<scripted_answer>
                      {
                          if (request.body == "{}")
                              return std::nullopt;
                          return scripted_answer{
                              .body =
                                  R"({"responseHeader":{"status":500},"error":{"msg":"no room"}})"};
                      });
    BOOST_TEST(why_away(to(far)).find("it is an error: no room") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(objects_are_refused_or_texts)
{
    scripted_solr far;
    const auto given = []
    {
        packet list = document("2", {});
        list.set_values("m", {json::array{1}});
        return packets(document("1", {{"o", {{"set", 1}}}}), std::move(list),
                       document("3", {{"x", std::numeric_limits<double>::infinity()}}),
                       document("4", {{"n", 4}}));
    };
    auto result = run_entry(publish_entry, to(far), given());
    BOOST_TEST_REQUIRE(result.failed.size() == 3U);
    BOOST_TEST(result.failed[0].second ==
               "field \"o\": is an object; a text, a number or a list of them was expected");
    BOOST_TEST(result.failed[1].second ==
               "field \"m\": is a list in a list; a text, a number or a list of them was expected");
    BOOST_TEST(result.delivered.size() == 1U);
    result = run_entry(publish_entry, to(far, {{"objects", "text"}}), given());
    BOOST_TEST(result.delivered.size() == 3U);
    BOOST_TEST(far.documents()[0] == R"({"id":"1","o":"{\"set\":1}"})");
}

BOOST_AUTO_TEST_CASE(data_alone_fails_and_a_trigger_is_dropped)
{
    scripted_solr far;
    auto result = run_entry(publish_entry, to(far), packets(body("x"), packet()));
    BOOST_TEST(result.failed.size() == 1U);
    BOOST_TEST(result.dropped.size() == 1U);
}

BOOST_AUTO_TEST_CASE(commits_and_credentials_are_sent)
{
    scripted_solr far;
    (void)run_entry(publish_entry,
                    to(far, {{"commit", true}, {"commit_within", "0s"}, {"token", "t"}}),
                    packets(document("1", {{"n", 1}})));
    const received_request last = far.server().requests().back();
    BOOST_TEST(last.target == "/solr/test/update?wt=json&commit=true");
    BOOST_TEST(last.header("authorization") == "Bearer t");
}

BOOST_AUTO_TEST_CASE(addresses_that_are_none_are_refused)
{
    BOOST_TEST(refusal(publish_entry, {{"url", "solr"}}).find("is no url") != std::string::npos);
    BOOST_TEST(refusal(publish_entry, {{"url", "http://a/?x"}}).find("has a query") !=
               std::string::npos);
    BOOST_TEST(refusal(publish_entry, {{"url", "http://a/"}, {"key", ""}}).find("is empty") !=
               std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
