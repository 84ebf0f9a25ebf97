// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Whom the publisher talks to, and as whom.
#include "components.hpp"
#include "opensearch/scripted_engine.hpp"
#include "run_entry.hpp"
#include "scratch_directory.hpp"
#include "tests/host/net/certificate.hpp"

#include <penstock/unavailable.hpp>

#include <boost/test/unit_test.hpp>

#include <stdexcept>
#include <string>
#include <utility>

namespace json = penstock::json;
using opensearch_package::publish_entry;
using penstock::packet;
using penstock::unavailable;
using penstock::testing::packets;

BOOST_AUTO_TEST_SUITE(opensearch_connections)

namespace
{

penstock::testing::result send_one(const std::string& url, json::object more = {})
{
    json::object params{{"url", url}, {"index", "test"}};
    for (const auto& [name, value] : more)
        params[name] = value;
    return run_entry(publish_entry, params, packets(packet({{"n", 1}})));
}

scripted_answer accept_one(const received_request& request)
{
    if (request.method == "GET")
        return {};
    return {.body = R"({"errors":false,"items":[{"index":{"status":201}}]})"};
}

} // namespace

BOOST_AUTO_TEST_CASE(a_user_and_an_api_key_are_told_with_each_request)
{
    scripted_server far(accept_one);
    (void)send_one(far.url() + "/", {{"user", "ann"}, {"password", "s:cret"}});
    for (const received_request& each : far.requests())
        BOOST_TEST(each.header("authorization") == "Basic YW5uOnM6Y3JldA==");
    scripted_server other(accept_one);
    (void)send_one(other.url() + "/prefix", {{"api_key", "key"}});
    BOOST_TEST_REQUIRE(other.requests().size() == 2U);
    for (const received_request& each : other.requests())
        BOOST_TEST(each.header("authorization") == "ApiKey key");
    BOOST_TEST(other.requests()[1].method == "POST");
    BOOST_TEST(other.requests()[1].target == "/prefix/_bulk");
    BOOST_TEST(other.requests()[1].header("content-type") == "application/x-ndjson");
}

BOOST_AUTO_TEST_CASE(credentials_that_are_refused_are_told_before_anything_is_sent)
{
    for (const unsigned status : {401U, 503U})
    {
        scripted_server far([&](const received_request&)
                            { return scripted_answer{.status = status}; });
        BOOST_CHECK_EXCEPTION(
            send_one(far.url(), {{"user", "ann"}, {"password", "secret"}}), unavailable,
            [&](const unavailable& error)
            { return error.what() == far.url() + ": status " + std::to_string(status); });
        BOOST_TEST_REQUIRE(far.requests().size() == 1U);
        BOOST_TEST(far.requests()[0].body.empty());
    }
}

BOOST_AUTO_TEST_CASE(who_may_only_write_is_let_in)
{
    scripted_server far(
        [](const received_request& request)
        {
            if (request.method == "GET")
                return scripted_answer{.status = 403};
            return request.body.empty() ? scripted_answer{.status = 400} : accept_one(request);
        });
    BOOST_TEST(send_one(far.url()).delivered.size() == 1U);
    scripted_server forbidding([](const received_request&)
                               { return scripted_answer{.status = 403}; });
    BOOST_CHECK_THROW(send_one(forbidding.url()), unavailable);
    for (const received_request& each : forbidding.requests())
        BOOST_TEST(each.body.empty());
}

BOOST_AUTO_TEST_CASE(an_engine_must_show_a_certificate_that_is_trusted)
{
    const scratch_directory place;
    const auto own = penstock::host::http::testing::make_certificate(place.path(""), "own");
    const auto other =
        penstock::host::http::testing::make_certificate(place.path(""), "other", "DNS:elsewhere");
    scripted_server far(accept_one, {own.file, own.key});
    BOOST_CHECK_EXCEPTION(
        send_one(far.url()), unavailable,
        [](const unavailable& error)
        { return std::string_view(error.what()).find("certificate") != std::string_view::npos; });
    BOOST_TEST(far.requests().empty());
    BOOST_TEST(send_one(far.url(), {{"ca_file", own.file}}).delivered.size() == 1U);
    BOOST_TEST(send_one(far.url(), {{"verify", false}}).delivered.size() == 1U);
    scripted_server misnamed(accept_one, {other.file, other.key});
    BOOST_CHECK_THROW(send_one(misnamed.url(), {{"ca_file", other.file}}), unavailable);
    BOOST_CHECK_THROW(send_one(far.url(), {{"ca_file", place.path("none.pem")}}),
                      std::invalid_argument);
}

BOOST_AUTO_TEST_SUITE_END()
