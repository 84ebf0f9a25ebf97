// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "redis_test.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(redis_refusals)

using namespace redis_test;

BOOST_AUTO_TEST_CASE(a_server_that_is_away_is_waited_for_and_named)
{
    const json::array nobody{"redis://127.0.0.1:1"};
    const json::object away{{"stream", "s"}, {"urls", nobody}, {"connect_timeout", "1s"}};
    BOOST_TEST(why_away(away) == "127.0.0.1:1: Connection refused");
    BOOST_TEST(has(why_away({{"stream", "s"},
                             {"urls", json::array{"redis://nowhere.invalid", nobody[0]}},
                             {"connect_timeout", "1s"}}),
                   ", 127.0.0.1:1: Connection refused"));
    BOOST_CHECK_THROW((void)read("s", {{"urls", nobody}, {"connect_timeout", "1s"}}),
                      penstock::unavailable);
}

BOOST_AUTO_TEST_CASE(another_address_is_tried_behind_one_that_is_away)
{
    const std::string stream = fresh_stream();
    const json::array urls{"redis://127.0.0.1:1", json::string(shared_redis().url() + "/3")};
    BOOST_TEST(publish(packets(body("x")), {{"stream", stream}, {"urls", urls}}).delivered.size() ==
               1U);
    BOOST_TEST(read(stream, {{"urls", urls}}).out().size() == 1U);
    BOOST_TEST(shared_redis().entries(stream).empty()); // which is another database
}

BOOST_AUTO_TEST_CASE(a_server_that_hangs_or_has_no_memory_is_waited_for)
{
    redis_server server;
    server.start();
    const json::object to{{"stream", "s"},
                          {"urls", json::array{json::string(server.url())}},
                          {"confirm_timeout", "500ms"},
                          {"connect_timeout", "1s"}};
    (void)server.ask({"CONFIG", "SET", "maxmemory", "1"});
    BOOST_TEST(has(why_away(to), "OOM"));
    (void)server.ask({"CONFIG", "SET", "maxmemory", "0"});
    BOOST_TEST(why_away(to) == "none");
    server.pause();
    BOOST_TEST(has(why_away(to), "no answer within 1000 ms"), why_away(to));
    server.resume();
}

BOOST_AUTO_TEST_CASE(a_user_logs_in_and_nobody_else_is_let_in)
{
    redis_server server(
        {"--requirepass", "secret", "--user", "writer", "on", ">word", "~*", "+@all"});
    server.start();
    const auto as = [&](json::object who)
    {
        who.emplace("stream", "s");
        who.emplace("urls", json::array{json::string(server.url())});
        return why_away(std::move(who));
    };
    BOOST_TEST(as({{"password", "secret"}}) == "none");
    BOOST_TEST(as({{"user", "writer"}, {"password", "word"}}) == "none");
    BOOST_TEST(has(as({{"user", "writer"}, {"password", "wrong"}}), "WRONGPASS"));
    BOOST_TEST(has(as({}), "NOAUTH"));
}

BOOST_AUTO_TEST_CASE(odd_parameters_are_refused)
{
    const auto refused = [](json::object params)
    {
        params.emplace("urls", json::array{"redis://localhost"});
        params.emplace("stream", "s");
        BOOST_CHECK_THROW((void)run_entry(redis_package::publish_entry, params, {}),
                          penstock::parameter_error);
    };
    refused({{"urls", json::array()}});
    for (const char* each :
         {"", "redis", "redis://", "http://a", "redis://a:b", "redis://a:70000", "redis://u:p@a",
          "redis://a b", "redis://[::1", "redis://a/x", "rediss://a", "redis://a:0"})
        refused({{"urls", json::array{each}}});
    refused({{"stream", ""}});
    refused({{"stream", "{{"}});
    refused({{"data_field", ""}});
    refused({{"data_field", "message_id"}});
    refused({{"user", "somebody"}});
    BOOST_CHECK_THROW((void)read(""), penstock::parameter_error);
    BOOST_CHECK_THROW((void)read("s", {{"group", ""}}), penstock::parameter_error);
}

BOOST_AUTO_TEST_SUITE_END()
