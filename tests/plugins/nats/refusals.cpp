// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "nats_test.hpp"
#include "scratch_directory.hpp"

#include "tests/host/net/certificate.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(nats_refusals)

using namespace nats_test;
using penstock::host::http::testing::make_certificate;

BOOST_AUTO_TEST_CASE(servers_that_are_away_or_hang_are_waited_for_and_named)
{
    const json::array nobody{"nats://127.0.0.1:1"};
    BOOST_TEST(why_away({{"subject", "s"}, {"urls", nobody}, {"connect_timeout", "1s"}}) ==
               "127.0.0.1:1: No server available for connection");
    BOOST_TEST(
        has(why_unread("s", {{"urls", nobody}, {"connect_timeout", "1s"}}), "127.0.0.1:1: "));
    nats_server server;
    server.start();
    server.make_stream("s");
    const json::array both{"nats://127.0.0.1:1", json::string(server.url())};
    const json::object to{{"subject", "s"}, {"urls", both}, {"connect_timeout", "1s"}};
    BOOST_TEST(publish(packets(body("x")), to).delivered.size() == 1U);
    server.pause();
    BOOST_TEST(has(why_away(to), server.url().substr(7) + ": "));
    server.resume();
}

BOOST_AUTO_TEST_CASE(a_user_or_a_token_logs_in_and_nobody_else_is_let_in)
{
    nats_server of_user("authorization { user: writer, password: word }\n");
    of_user.start();
    nats_server of_token("authorization { token: secret }\n");
    of_token.start();
    const auto as = [&](const nats_server& server, json::object who)
    {
        who.emplace("subject", "s");
        who.emplace("urls", json::array{json::string(server.url())});
        return why_away(std::move(who));
    };
    BOOST_TEST(has(as(of_user, {{"user", "writer"}, {"password", "word"}}),
                   "no stream has the subject s"));
    BOOST_TEST(has(as(of_token, {{"password", "secret"}}), "no stream has the subject s"));
    BOOST_TEST(has(as(of_user, {{"user", "writer"}, {"password", "wrong"}}), "uthorization"));
    BOOST_TEST(has(as(of_token, {}), "uthorization"));
}

BOOST_AUTO_TEST_CASE(messages_go_over_tls_to_a_server_whose_certificate_is_trusted)
{
    const scratch_directory directory;
    const auto shown = make_certificate(directory.path(""), "own", "DNS:localhost");
    const auto other = make_certificate(directory.path(""), "other", "DNS:localhost");
    nats_server server;
    server.secure(shown.file, shown.key);
    server.start();
    const auto through = [&](const std::string& host, const std::string& trusted)
    {
        return why_away({{"subject", "s"},
                         {"urls", json::array{json::string("tls://" + host + ':' +
                                                           std::to_string(server.port()))}},
                         {"ca_file", json::string(trusted)}});
    };
    BOOST_TEST(has(through("localhost", shown.file), "no stream has the subject s"));
    BOOST_TEST(has(through("localhost", other.file), "SSL Error"));
    BOOST_TEST(has(through("localhost", ""), "SSL Error"));
    BOOST_TEST(has(through("127.0.0.1", shown.file), "SSL Error"));
}

BOOST_AUTO_TEST_CASE(odd_parameters_are_refused)
{
    const auto refused = [](json::object params)
    {
        params.emplace("urls", json::array{"nats://localhost"});
        params.emplace("subject", "s");
        BOOST_CHECK_THROW((void)run_entry(nats_package::publish_entry, params, {}),
                          penstock::parameter_error);
    };
    refused({{"urls", json::array()}});
    refused({{"urls", json::array{"http://a"}}});
    refused({{"subject", ""}});
    refused({{"subject", "{{"}});
    refused({{"subject", "a.*"}});
    refused({{"subject", "a b"}});
    refused({{"user", "somebody"}});
    refused({{"certificate_file", "/a.pem"}});
    BOOST_CHECK_THROW((void)read(""), penstock::parameter_error);
    BOOST_CHECK_THROW((void)read("a.b"), penstock::parameter_error);
    BOOST_CHECK_THROW((void)read("s", {{"consumer", ""}}), penstock::parameter_error);
}

BOOST_AUTO_TEST_SUITE_END()
