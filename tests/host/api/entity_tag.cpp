// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/entity_tag.hpp"

#include "test_host.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(entity_tag)

using namespace penstock::host::http::testing;
namespace api = penstock::host::api;
namespace http = penstock::host::http;

BOOST_AUTO_TEST_CASE(a_tag_is_the_revision_of_the_text_in_quotes)
{
    BOOST_TEST(api::entity_tag("a") ==
               "\"ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb\"");
}

BOOST_AUTO_TEST_CASE(a_change_is_let_through_only_on_the_revision_it_names)
{
    const auto objects = [](const char* header, const char* value, const char* tag) {
        return api::objection(make_request("PUT", "/x", {}, {{header, value}}), tag).has_value();
    };
    BOOST_TEST(!objects("If-Match", "\"1\"", "\"1\""));
    BOOST_TEST(!objects("If-Match", "\"0\", W/\"1\"", "\"1\""));
    BOOST_TEST(!objects("If-Match", "*", "\"1\""));
    BOOST_TEST(objects("If-Match", "\"2\"", "\"1\""));
    BOOST_TEST(objects("If-Match", "*", ""));
    BOOST_TEST(!objects("If-None-Match", "*", ""));
    BOOST_TEST(objects("If-None-Match", "*", "\"1\""));
    BOOST_TEST(!objects("Other", "", "\"1\""));
}

BOOST_AUTO_TEST_CASE(a_client_that_has_the_text_hears_304)
{
    const http::response first = api::tagged(make_request("GET", "/x"), "{}");
    BOOST_TEST(first.status == 200U);
    const auto tag = first.headers.value("ETag");
    const http::response again =
        api::tagged(make_request("GET", "/x", {}, {{"If-None-Match", tag}}), "{}");
    BOOST_TEST(again.status == 304U);
    BOOST_TEST(again.body.empty());
    BOOST_TEST(again.headers.value("ETag") == tag);
}

BOOST_AUTO_TEST_SUITE_END()
