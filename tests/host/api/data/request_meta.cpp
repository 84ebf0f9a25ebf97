// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "host/api/data/request_meta.hpp"

#include "tests/host/api/test_host.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(request_meta)

using namespace penstock::host::http::testing;
namespace api = penstock::host::api;
namespace http = penstock::host::http;
namespace json = penstock::json;

namespace
{

std::string key_of(const json::object& meta, const char* partition = "")
{
    penstock::host::plan graph;
    graph.partition_by = partition;
    penstock::packet of;
    of.set_meta(meta);
    return api::ordering_key(of, graph);
}

} // namespace

BOOST_AUTO_TEST_CASE(packets_of_one_route_and_id_stay_in_order)
{
    BOOST_TEST(key_of({{"route", "news"}}).empty());
    BOOST_TEST(key_of({{"route", "news"}, {"id", "7"}}) == "news/7");
    BOOST_TEST(key_of({{"route", "mail"}, {"id", "7"}}) !=
               key_of({{"route", "news"}, {"id", "7"}}));
}

BOOST_AUTO_TEST_CASE(a_partition_goes_before_the_address)
{
    const json::object meta{{"route", "news"}, {"id", "7"}, {"customer", "c1"}};
    BOOST_TEST(key_of(meta, "customer") == "c1");
    BOOST_TEST(key_of(meta, "region").empty());
}

BOOST_AUTO_TEST_CASE(the_host_s_own_meta_cannot_be_sent)
{
    const auto meta = api::read_meta(
        make_request("POST", "/data", {}, {{"X-Meta-RequestMethod", "GET"}, {"x-meta-a", "1"}}), {},
        {});
    BOOST_TEST(meta->meta_text("requestmethod").value() == "POST");
    BOOST_TEST(meta->meta_text("a").value() == "1");
    BOOST_TEST(!meta->has_meta("route"));
}

BOOST_AUTO_TEST_CASE(a_repeated_header_becomes_a_list)
{
    const auto meta = api::read_meta(
        make_request("POST", "/data", {}, {{"X-Meta-Tag", "a"}, {"X-Meta-Tag", "b"}}), {}, {});
    BOOST_TEST(meta->meta_text("tag").value() == "a, b");
}

BOOST_AUTO_TEST_CASE(the_query_becomes_meta_but_for_what_it_asks_of_the_host)
{
    const auto meta = api::read_meta(
        make_request("GET", "/data/page?q=gr%C3%BCn+1&ack=processed&wait=1s&f=a&f=b&empty&=x", {},
                     {{"X-Meta-Query_q", "of a header"}}),
        {}, {});
    BOOST_TEST(meta->meta_text("query_q").value() == "gr\xc3\xbcn 1");
    BOOST_TEST((*meta->find_meta("query_f") == json::array{"a", "b"}));
    BOOST_TEST(meta->meta_text("query_empty").value().empty());
    for (const char* none : {"query_ack", "query_wait", "query_"})
        BOOST_TEST(!meta->has_meta(none), none);
}

BOOST_AUTO_TEST_SUITE_END()
