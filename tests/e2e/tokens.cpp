// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "bearer.hpp"
#include "supervised_host.hpp"
#include "terminal.hpp"

#include "host/net/websocket/websocket.hpp"
#include "host/net/websocket/websocket_client.hpp"

#include <boost/test/unit_test.hpp>

#include <cctype>
#include <filesystem>

BOOST_AUTO_TEST_SUITE(tokens)

using namespace penstock::e2e;
namespace http = penstock::host::http;
namespace json = boost::json;
using penstock::parse_json;
using penstock::host::cli::testing::run;

BOOST_AUTO_TEST_CASE(a_host_without_tokens_is_open_on_loopback_until_the_first_one)
{
    const scratch home;
    live_host host(home, {small_graph(home)});
    BOOST_TEST(host->post("/data?ack=processed", "application/json", "{}").status == 200U);
    const std::string token = make_token(home, "one", {"ingest"});
    BOOST_TEST(eventually([&] { return host->ask("GET", "/api/graphs").status == 401; }));
    BOOST_TEST(host->post("/data", "application/json", "{}").status == 401U);
    BOOST_TEST(host->post("/data?ack=processed", "application/json", "{}", bearing(token)).status ==
               200U);
}

BOOST_AUTO_TEST_CASE(a_token_lets_its_bearer_do_what_its_scopes_say)
{
    const scratch home;
    const std::string sender = make_token(home, "sender", {});
    const std::string reader = make_token(home, "reader", {"read"});
    const std::string both = make_token(home, "both", {"read", "deploy"});
    live_host host(home, {small_graph(home)});
    const auto get = [&](const std::string& token)
    { return host->ask("GET", "/api/graphs", bearing(token)); };
    BOOST_TEST(get(sender).status == 403U);
    BOOST_TEST(has(get(sender).body, "the scope read was expected"));
    BOOST_TEST(get(reader).status == 200U);
    BOOST_TEST(host->ask("POST", "/api/graphs/g/stop", bearing(reader)).status == 403U);
    BOOST_TEST(host->ask("POST", "/api/graphs/g/stop", bearing(both)).status == 200U);
    BOOST_TEST(host->ask("DELETE", "/api/dead-letters?all=true", bearing(both)).status == 403U);
    for (const char* open : {"/", "/livez", "/openapi.json"})
        BOOST_TEST(host->ask("GET", open).status == 200U);
    BOOST_TEST(!has(host->ask("GET", "/readyz").body, "causes\":[{"));
}

BOOST_AUTO_TEST_CASE(a_revoked_token_is_worth_nothing_from_then_on)
{
    const scratch home;
    const std::string kept = make_token(home, "kept", {"read"});
    const std::string lost = make_token(home, "lost", {"read"}, "30d");
    live_host host(home, {small_graph(home)});
    const http::url address{"127.0.0.1", host.port(), "", false};
    auto watching = http::websocket_client::open(address, "/api/live?graph=g",
                                                 std::chrono::seconds(10), {lost, {}});
    BOOST_TEST_REQUIRE(watching.has_value());
    BOOST_TEST(watching->receive().has_value());
    BOOST_TEST(run(home, {"token", "revoke", "lost", "--data", home.at("data")}).code == 0);
    BOOST_TEST(
        eventually([&] { return host->ask("GET", "/api/graphs", bearing(lost)).status == 401U; }));
    for (int n = 0; n < 10; ++n)
        BOOST_TEST(host->ask("GET", "/api/graphs", bearing(lost)).status == 401U);
    BOOST_TEST(host->ask("GET", "/api/graphs", bearing(kept)).status == 200U);
    std::string last;
    while (const auto message = watching->receive()) // ends: who watched is shown out
        last = *message;
    BOOST_TEST(has(last, "the token does not count any more"), last);
    const ended list = run(home, {"token", "list", "--json", "--data", home.at("data")});
    BOOST_TEST(parse_json(list.out).as_array().size() == 1U);
    BOOST_TEST(run(home, {"token", "revoke", "lost", "--data", home.at("data")}).code == 1);
}

BOOST_AUTO_TEST_CASE(an_expired_token_is_refused)
{
    const scratch home;
    const std::string token = make_token(home, "brief", {"admin"}, "1s");
    live_host host(home, {small_graph(home)});
    BOOST_TEST(
        eventually([&] { return host->ask("GET", "/api/graphs", bearing(token)).status == 401; }));
    BOOST_TEST(has(run(home, {"token", "list", "--data", home.at("data")}).out, "(over)"));
}

BOOST_AUTO_TEST_CASE(a_request_is_refused_on_its_header_alone)
{
    const scratch home;
    make_token(home, "one", {});
    live_host host(home, {small_graph(home)});
    raw_client client = host.connect();
    client.send("POST /data HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                "Content-Length: 1000000\r\nExpect: 100-continue\r\n\r\n");
    const auto answer = client.read_answer();
    BOOST_TEST(answer.status == 401U); // and no 100 before it
    BOOST_TEST(has(answer.head, "WWW-Authenticate: Bearer realm=\"penstock\"\r\n"));
    BOOST_TEST(has(answer.head, "Content-Type: application/problem+json\r\n"));
}

BOOST_AUTO_TEST_CASE(a_right_token_does_not_let_in_a_page_of_another_site)
{
    const scratch home;
    const std::string token = make_token(home, "one", {"admin"});
    live_host host(home, {small_graph(home)});
    header_fields fields = bearing(token);
    fields.push_back({"Origin", "https://elsewhere.example"});
    BOOST_TEST(host->ask("GET", "/api/graphs", fields).status == 403U);
    raw_client rebound = host.connect();
    BOOST_TEST(rebound
                   .ask("GET /api/graphs HTTP/1.1\r\nHost: elsewhere.example\r\nAuthorization: "
                        "Bearer " +
                        token + "\r\n\r\n")
                   .status == 403U);
}

BOOST_AUTO_TEST_CASE(a_browser_watches_with_a_token_among_its_protocols)
{
    const scratch home;
    const std::string token = make_token(home, "one", {"read"});
    live_host host(home, {small_graph(home)});
    const auto watch = [&](const std::string& protocols)
    {
        raw_client client = host.connect();
        return client.ask("GET /api/live?graph=g HTTP/1.1\r\nHost: localhost\r\nUpgrade: "
                          "websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                          "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n" +
                          protocols + "\r\n");
    };
    const std::string named = "Sec-WebSocket-Protocol: penstock.live, penstock.bearer.";
    const auto opened = watch(named + token + "\r\n");
    BOOST_TEST(opened.status == 101U);
    BOOST_TEST(has(opened.head, "\r\nSec-WebSocket-Protocol: penstock.live\r\n"));
    BOOST_TEST(!has(opened.head, token));
    BOOST_TEST(watch("").status == 401U);
    BOOST_TEST(watch(named + "AAAAAAAAAAAAAAAAAAAAAAAAAAA=" + "\r\n").status == 401U);
    BOOST_TEST(watch("Sec-WebSocket-Protocol: penstock.live\r\n").status == 401U);
}

BOOST_AUTO_TEST_CASE(tokens_stand_in_no_log_no_answer_and_no_file)
{
    const scratch home;
    const std::string token = make_token(home, "one", {"admin"});
    const std::string wrong = token.substr(0, token.size() - 4) + "AAAA";
    std::string said;
    {
        live_host host(home, {small_graph(home)}, processes::two);
        const json::value described = host->get("/openapi.json");
        for (const std::string& each : {token, wrong})
            for (const auto& [path, methods] : described.at("paths").as_object())
                for (const auto& [method, operation] : methods.as_object())
                {
                    std::string verb(method);
                    for (char& c : verb)
                        c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
                    header_fields fields = bearing(each);
                    fields.push_back({"Content-Type", "application/json"});
                    fields.push_back({"X-Meta-Note", "hej"});
                    const std::string body = verb == "POST" || verb == "PUT" ? "{\"broken" : "";
                    const response answer = host->ask(verb, path, fields, body);
                    for (const auto& [name, value] : answer.headers)
                        said.append(name).append(value);
                    said += answer.body;
                }
        host->ask("POST", "/data", bearing(token));
        const ended end = host.stop();
        said += end.out + end.err;
    }
    for (const auto& each : std::filesystem::recursive_directory_iterator(home.at("data")))
        if (each.is_regular_file())
            said += read_file(each.path());
    BOOST_TEST(said.size() > 10'000U);
    BOOST_TEST(!has(said, token.substr(4)));
    BOOST_TEST(!has(said, wrong.substr(4)));
}

BOOST_AUTO_TEST_CASE(a_person_at_a_terminal_gets_a_token_for_this_run)
{
    const scratch home;
    make_token(home, "one", {});
    terminal host(home,
                  {"run", "--listen", "127.0.0.1:0", "--data", home.at("data"), small_graph(home)});
    const std::string line = host.wait_for("#token=pst_");
    const std::string token = line.substr(line.find("#token=") + 7, 47);
    const std::size_t port = line.rfind(':', line.find("/#"));
    caller asks(static_cast<std::uint16_t>(std::stoul(line.substr(port + 1))));
    BOOST_TEST(asks.ask("DELETE", "/api/dead-letters?all=true", bearing(token)).status == 200U);
    BOOST_TEST(asks.ask("GET", "/api/graphs").status == 401U);
    host.stop();
    for (const auto& each : std::filesystem::recursive_directory_iterator(home.at("data")))
        if (each.is_regular_file())
            BOOST_TEST(!has(read_file(each.path()), token.substr(4)), each.path());
}

BOOST_AUTO_TEST_SUITE_END()
