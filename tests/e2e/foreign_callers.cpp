// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

// Callers that name another host or come from another page.
#include "live_host.hpp"
#include "mirror_host.hpp"

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(data_routes)

using namespace penstock::e2e;

// As load balancers and kubelets ask: by an address, or without a name.
BOOST_AUTO_TEST_CASE(probes_are_answered_whatever_host_they_name)
{
    mirror_host host;
    for (const std::string path : {"/livez", "/readyz"})
    {
        raw_client client = host.connect();
        client.send("HEAD " + path + " HTTP/1.1\r\nHost: 10.1.2.3:8080\r\n\r\n");
        BOOST_TEST(client.read_answer(true).status == 200U);
        BOOST_TEST(client.ask("GET " + path + " HTTP/1.0\r\n\r\n").status == 200U);
    }
}

// HAProxy's `option httpchk` asks OPTIONS / without a Host unless it is told otherwise.
BOOST_AUTO_TEST_CASE(options_of_the_host_are_told_without_content_whatever_host_is_named)
{
    mirror_host host;
    for (const std::string target : {"/", "*"})
        for (const std::string rest : {" HTTP/1.0\r\n\r\n", " HTTP/1.1\r\nHost: 10.1.2.3\r\n\r\n"})
        {
            raw_client client = host.connect();
            const auto answer = client.ask("OPTIONS " + target + rest);
            BOOST_TEST(answer.status == 204U, target + rest);
            BOOST_TEST(has(answer.head, "\r\nAllow: GET, HEAD, "), answer.head);
            BOOST_TEST(has(answer.head, "OPTIONS\r\n"), answer.head);
            BOOST_TEST(!has(answer.head, "Content-Length"), answer.head);
            BOOST_TEST(answer.body.empty());
        }
    raw_client client = host.connect();
    const auto other = client.ask("OPTIONS /data HTTP/1.1\r\nHost: localhost\r\n\r\n");
    BOOST_TEST(other.status == 405U);
    BOOST_TEST(host.account_of("mirror").accepted == 0U);
}

BOOST_AUTO_TEST_CASE(foreign_hosts_and_origins_are_refused)
{
    mirror_host host;
    raw_client client = host.connect();
    BOOST_TEST(client.ask("GET /data HTTP/1.1\r\nHost: evil.example\r\n\r\n").status == 403U);
    BOOST_TEST(host->post("/data", json_type, "{}", {{"Origin", "https://evil.example"}}).status ==
               403U);
    BOOST_TEST(host.account_of("mirror").accepted == 0U);
}

// A frame, a form, a link, and an image on another port of this machine.
BOOST_AUTO_TEST_CASE(a_foreign_page_journals_nothing_by_get_and_may_link_to_the_page)
{
    mirror_host host;
    for (const char* site : {"cross-site", "same-site"})
    {
        for (const char* mode : {"navigate", "no-cors"})
        {
            const header_fields from{{"Sec-Fetch-Site", site}, {"Sec-Fetch-Mode", mode}};
            for (const char* target :
                 {"/data", "/data/r/7", "/graphs/mirror/data?ack=memory", "/api/graphs"})
                BOOST_TEST(host->ask("GET", target, from).status == 403U, target);
            BOOST_TEST(host->ask("GET", "/livez", from).status == 200U);
            BOOST_TEST((host->ask("GET", "/", from).status == 200U) ==
                       (mode == std::string("navigate")));
        }
    }
    BOOST_TEST(host.account_of("mirror").accepted == 0U);
    BOOST_TEST(host->ask("GET", "/data", {{"Sec-Fetch-Site", "none"}}).status == 202U);
}

BOOST_AUTO_TEST_SUITE_END()
