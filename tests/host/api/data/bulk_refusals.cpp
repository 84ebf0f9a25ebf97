// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
// Bulk requests of which nothing is let in, or not all.
#include "host/api/data/bulk_routes.hpp"
#include "tests/host/api/data/data_requests.hpp"
#include "tests/host/api/test_host.hpp"
#include "tests/host/engine/full_journal.hpp"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

BOOST_AUTO_TEST_SUITE(bulk_refusals)

using namespace penstock::host;
using namespace penstock::host::http::testing;
using http::response;

namespace
{

constexpr std::pair<std::string_view, std::string_view> lines{"Content-Type",
                                                              "application/x-ndjson"};

// Items of documents that are named; up to five of them are entries of their own.
std::string named(int count)
{
    std::string body;
    for (int i = 0; i < count; ++i)
        body += "{\"index\":{\"_id\":\"" + std::to_string(i) + "\"}}\n{\"n\":1}\n";
    return body;
}

// Refuses every other record, from the second on.
class moody_journal final : public tests::passing_journal
{
public:
    void append(std::unique_ptr<journal_entry> what, std::unique_ptr<append_waiter> waiter) override
    {
        if (++appended_ % 2 != 0)
            return passing_journal::append(std::move(what), std::move(waiter));
        waiter->issued(number());
        waiter->settled(commit::refused);
    }

private:
    int appended_ = 0;
};

} // namespace

BOOST_AUTO_TEST_CASE(a_broken_action_lets_nothing_in)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    check_problem(host.send("POST", "/_bulk", named(2) + "{\"what\":{}}\n{}\n", {lines}), 400,
                  "line 5: unknown action");
    check_problem(host.send("POST", "/_bulk", "\n", {lines}), 400, "there is no action");
    check_problem(host.send("POST", "/_bulk", {}, {lines}), 400, "empty");
    BOOST_TEST(host.graphs.running("first")->totals().accepted == 0U);
}

BOOST_AUTO_TEST_CASE(a_request_of_broken_sources_alone_is_answered_and_lets_nothing_in)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    const response answer = host.send("POST", "/_bulk", "{\"index\":{}}\n[]\n", {lines});
    BOOST_TEST(answer.status == 200U);
    BOOST_TEST(body_of(answer).at("errors").as_bool());
    BOOST_TEST(!answer.headers.find("Penstock-Durability").has_value());
    BOOST_TEST(host.graphs.running("first")->totals().accepted == 0U);
}

BOOST_AUTO_TEST_CASE(a_document_is_not_deleted_where_no_adapter_takes_triggers)
{
    test_host host;
    host.deploy("first", {"lines", "take"});
    const response answer =
        host.send("POST", "/_bulk",
                  "{\"delete\":{\"_id\":\"1\"}}\n{\"index\":{\"_id\":\"2\"}}\n{}\n", {lines});
    const penstock::json::value told = body_of(answer);
    BOOST_TEST(told.at("errors").as_bool());
    BOOST_TEST(told.at("items").at(0).at("delete").at("status").as_int64() == 400);
    BOOST_TEST(told.at("items").at(1).at("index").at("status").as_int64() == 201);
    BOOST_TEST(host.graphs.running("first")->totals().accepted == 1U);
}

BOOST_AUTO_TEST_CASE(other_media_types_and_codings_are_415)
{
    test_host host;
    host.deploy("first", {"read", "take"});
    for (const char* type : {"text/plain", "application/x-www-form-urlencoded", "nonsense"})
        check_problem(host.send("POST", "/_bulk", named(1), {{"Content-Type", type}}), 415,
                      "application/x-ndjson");
    check_problem(host.send("POST", "/_bulk", named(1)), 415, "application/x-ndjson");
    check_problem(host.send("POST", "/_bulk", named(1), {lines, {"Content-Encoding", "br"}}), 415,
                  "gzip");
    for (const char* type : {"application/json", "application/json; charset=utf-8",
                             "application/vnd.elasticsearch+x-ndjson; compatible-with=8",
                             "application/vnd.elasticsearch+json; compatible-with=8"})
        BOOST_TEST(host.send("POST", "/_bulk", named(1), {{"Content-Type", type}}).status == 200U);
}

BOOST_AUTO_TEST_CASE(what_has_no_room_for_one_item_lets_none_in)
{
    engine_options small;
    small.pending.entries = 3;
    test_host host(small);
    host.deploy("first", {"read", "hold"});
    check_problem(host.send("POST", "/_bulk", named(4), {lines}), 413, "too many items");
    BOOST_TEST(host.send("POST", "/_bulk", named(2), {lines}).status == 200U);
    const response answer = host.send("POST", "/_bulk", named(2), {lines});
    check_problem(answer, 429, "2 requests pending, of at most 3; there is no room for 2 more");
    BOOST_TEST(answer.headers.value("Retry-After") == "1");
    BOOST_TEST(host.graphs.running("first")->totals().accepted == 2U);
    BOOST_TEST(host.graphs.running("first")->pending().entries() == 2U);
    BOOST_TEST(host.send("POST", "/_bulk", named(1), {lines}).status == 200U);
    check_problem(host.send("POST", "/_bulk", named(1), {lines}), 429, "3 entries");
}

BOOST_AUTO_TEST_CASE(what_can_never_fit_is_413)
{
    engine_options small;
    small.pending.bytes = 8192;
    test_host host(small);
    host.deploy("first", {"read", "take"});
    check_problem(host.send("POST", "/_bulk", named(100), {lines}), 413, "8192");
    api::data_options options;
    options.bounds.meta = 10'000;
    test_host narrow({}, options);
    narrow.deploy("first", {"read", "take"});
    check_problem(narrow.send("POST", "/_bulk", named(1000), {lines}), 413, "too many items");
}

BOOST_AUTO_TEST_CASE(a_full_journal_is_503)
{
    tests::full_journal journal;
    test_host host(journal);
    host.deploy("first", {"read", "take"});
    check_problem(host.send("POST", "/_bulk", named(2), {lines}), 503, "the disk is full");
}

BOOST_AUTO_TEST_CASE(items_that_the_journal_refuses_are_told)
{
    moody_journal journal;
    test_host host(journal);
    host.deploy("first", {"read", "take"});
    const penstock::json::value body = body_of(host.send("POST", "/_bulk", named(4), {lines}));
    BOOST_TEST(body.at("errors").as_bool());
    for (std::size_t i = 0; i < 4; ++i)
        BOOST_TEST(body.at("items").at(i).at("index").at("status").to_number<unsigned>() ==
                   (i % 2 == 0 ? 201U : 503U));
}

BOOST_AUTO_TEST_SUITE_END()
