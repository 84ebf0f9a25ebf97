// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// What the engine says of items and requests.
#include "components.hpp"
#include "opensearch/scripted_engine.hpp"
#include "run_entry.hpp"

#include <penstock/unavailable.hpp>

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <string>
#include <utility>

namespace json = penstock::json;
using opensearch_package::publish_entry;
using penstock::packet;
using penstock::unavailable;
using penstock::testing::packets;
using namespace std::chrono_literals;

BOOST_AUTO_TEST_SUITE(opensearch_answers)

namespace
{

packet document(int id)
{
    packet made({{"n", id}});
    made.set_meta("id", std::to_string(id));
    return made;
}

std::vector<packet> documents(int count)
{
    std::vector<packet> made;
    for (int id = 1; id <= count; ++id)
        made.push_back(document(id));
    return made;
}

json::object to(const std::string& url, json::object more = {})
{
    json::object params{{"url", url}, {"index", "test"}};
    for (const auto& [name, value] : more)
        params[name] = value;
    return params;
}

penstock::testing::result run(const scripted_engine& far, std::vector<packet> given,
                              std::uint32_t attempts)
{
    penstock::testing::inputs inputs;
    inputs.emplace("in", std::move(given));
    return penstock::testing::run(
        [] { return std::unique_ptr<penstock::component>(publish_entry.make()); }, to(far.url()),
        std::move(inputs), {.attempts = attempts, .recovers = true});
}

/// Whether an exception says this, among others.
auto says(std::string part)
{
    return [part = std::move(part)](const unavailable& error)
    {
        const bool is_said = std::string_view(error.what()).find(part) != std::string_view::npos;
        if (!is_said)
            BOOST_TEST_MESSAGE(error.what());
        return is_said;
    };
}

/// An engine that answers requests for `_bulk` so, and keeps nothing.
scripted_server::script always(scripted_answer answer)
{
    return [answer = std::move(answer)](const received_request& request)
    { return request.target.ends_with("/_bulk") ? answer : scripted_answer{}; };
}

} // namespace

BOOST_AUTO_TEST_CASE(an_item_that_is_refused_fails_alone_with_its_own_reason)
{
    scripted_engine far(
        [](const engine_item& item)
        {
            using said = std::optional<std::pair<unsigned, std::string>>;
            return item.id == "2" ? said({400, "no\nnumber"}) : said();
        });
    auto result = run_entry(publish_entry, to(far.url()), documents(3));
    BOOST_TEST(far.documents().size() == 2U);
    BOOST_TEST(result.delivered.size() == 2U);
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].first.meta("id") == "2");
    BOOST_TEST(result.failed[0].second == "status 400: told_exception: no number");
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_no_json_is_cut_between_two_characters)
{
    const std::string whole = std::string(194, 'x') + "€€€"; // the third has the 201st byte
    scripted_server far(always({.status = 400, .body = whole}));
    auto result = run_entry(publish_entry, to(far.url()), documents(1));
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].second == "status 400: " + std::string(194, 'x') + "€€");
}

BOOST_AUTO_TEST_CASE(an_item_that_the_engine_failed_at_is_tried_again_as_often_as_the_node_retries)
{
    int failures = 2;
    scripted_engine far(
        [&](const engine_item& item)
        {
            using said = std::optional<std::pair<unsigned, std::string>>;
            return item.id == "2" && failures-- > 0 ? said({500, "broken"}) : said();
        });
    auto result = run(far, documents(3), 3);
    BOOST_TEST(far.documents().size() == 3U);
    BOOST_TEST(result.delivered.size() == 3U);

    failures = 1000;
    result = run(far, documents(3), 3);
    BOOST_TEST(result.delivered.size() == 2U);
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].second == "status 500: told_exception: broken");
}

BOOST_AUTO_TEST_CASE(an_item_that_the_engine_has_no_room_for_waits)
{
    scripted_engine far(
        [](const engine_item& item)
        {
            using said = std::optional<std::pair<unsigned, std::string>>;
            return item.id == "2" ? said({429, "full"}) : said();
        });
    BOOST_CHECK_EXCEPTION((void)run_entry(publish_entry, to(far.url()), documents(3)), unavailable,
                          says("status 429: told_exception: full"));
    BOOST_TEST(far.documents().size() == 2U);
}

BOOST_AUTO_TEST_CASE(what_is_too_large_for_the_engine_is_sent_in_parts)
{
    scripted_engine far({},
                        [](const received_request& request)
                        {
                            return request.body.size() > 200
                                       ? std::optional(scripted_answer{.status = 413})
                                       : std::nullopt;
                        });
    packet large({{"text", std::string(500, 'x')}});
    std::vector<packet> given = documents(8);
    given.push_back(std::move(large));
    auto result = run_entry(publish_entry, to(far.url()), std::move(given));
    BOOST_TEST(far.documents().size() == 8U);
    BOOST_TEST(far.batches().size() > 2U);
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].second == "status 413");
}

BOOST_AUTO_TEST_CASE(a_request_that_is_refused_costs_the_packet_alone_that_is_to_blame)
{
    scripted_engine far(
        {},
        [](const received_request& request)
        {
            const bool is_bad = request.body.find(R"({"n":2})") != std::string::npos;
            return is_bad ? std::optional(scripted_answer{
                                .status = 400,
                                .body = R"({"error":{"type":"t","reason":"malformed",)"
                                        R"("caused_by":{"type":"c","reason":"odd"}}})"})
                          : std::nullopt;
        });
    auto result = run_entry(publish_entry, to(far.url()), documents(8));
    BOOST_TEST(far.documents().size() == 7U);
    BOOST_TEST_REQUIRE(result.failed.size() == 1U);
    BOOST_TEST(result.failed[0].first.meta("id") == "2");
    BOOST_TEST(result.failed[0].second == "status 400: t: malformed; caused by c: odd");
}

BOOST_AUTO_TEST_CASE(an_engine_that_is_away_is_no_fault_of_a_packet)
{
    for (const unsigned status : {301U, 401U, 403U, 404U, 429U, 500U, 502U, 503U})
    {
        scripted_server far(always({.status = status, .headers = {"Retry-After: 7"}}));
        BOOST_CHECK_EXCEPTION(
            (void)run_entry(publish_entry, to(far.url()), documents(2)), unavailable,
            [&](const unavailable& error)
            {
                return error.what() == far.url() + ": status " + std::to_string(status) &&
                       error.retry_after() == 7s;
            });
    }
}

BOOST_AUTO_TEST_CASE(a_connection_that_is_cut_or_refused_is_no_fault_of_a_packet)
{
    scripted_server cutting(always({.cuts = true}));
    BOOST_CHECK_THROW((void)run_entry(publish_entry, to(cutting.url()), documents(2)), unavailable);
    scripted_server gone(always({}));
    gone.stop();
    BOOST_CHECK_EXCEPTION((void)run_entry(publish_entry, to(gone.url()), documents(2)), unavailable,
                          says("Connection refused"));
    BOOST_CHECK_THROW((void)run_entry(publish_entry, to("http://name.invalid"), documents(2)),
                      unavailable);
}

BOOST_AUTO_TEST_CASE(an_engine_that_does_not_answer_is_waited_for_as_long_as_was_said)
{
    scripted_server far(always({.hangs = true}));
    BOOST_CHECK_EXCEPTION(
        (void)run_entry(publish_entry, to(far.url(), {{"timeout", "200ms"}}), documents(2)),
        unavailable, says("Timeout"));
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_none_of_an_engine_is_no_fault_of_a_packet)
{
    for (const char* body : {"", "<html>Log in</html>", "{}", R"({"items":{}})", R"({"items":[]})",
                             R"({"items":[1,2]})", R"({"items":[{"index":{}},{"index":{}}]})"})
    {
        scripted_server far(always({.body = body}));
        BOOST_CHECK_EXCEPTION((void)run_entry(publish_entry, to(far.url()), documents(2)),
                              unavailable, says("the answer is none to _bulk"));
    }
}

BOOST_AUTO_TEST_SUITE_END()
