// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "bearer.hpp"
#include "supervised_host.hpp"

#include "tests/host/net/certificate.hpp"

#include <boost/test/unit_test.hpp>

#include <filesystem>

#include <signal.h>
#include <sys/stat.h>

BOOST_AUTO_TEST_SUITE(exposure)

using namespace penstock::e2e;
namespace http = penstock::host::http;
using http::testing::certificate;
using http::testing::make_certificate;
using penstock::host::cli::testing::run;

namespace
{

/// A host that others could reach, if they could reach this machine: it listens on all addresses,
/// and is spoken to over loopback.
struct open_host
{
    explicit open_host(const scratch& home)
        : shown(make_certificate(home.path(), "shown")),
          child(home, {"run", "--listen", "0.0.0.0:0", "--data", home.at("data"),
                       "--tls-certificate", shown.file, "--tls-key", shown.key, small_graph(home)})
    {
        const std::string line = child.wait_for("listening on https://0.0.0.0:");
        port = static_cast<std::uint16_t>(std::stoul(line.substr(line.rfind(':') + 1)));
    }

    [[nodiscard]] unsigned status(const std::string& token, std::string_view target,
                                  const std::string& ca = {}) const
    {
        http::client asks{
            {"127.0.0.1", port, "", true},
            {.timeout = std::chrono::seconds(30), .who = {token, ca.empty() ? shown.file : ca}}};
        const auto answer = asks.send("GET", target);
        return answer ? answer->status : 0;
    }

    [[nodiscard]] std::string url() const { return "https://127.0.0.1:" + std::to_string(port); }

    certificate shown;
    program child;
    std::uint16_t port = 0;
};

} // namespace

BOOST_AUTO_TEST_CASE(who_can_be_reached_by_others_needs_tokens_and_tls)
{
    const scratch home;
    const certificate shown = make_certificate(home.path(), "shown");
    const std::vector<std::string> plain{"run", "--listen", "0.0.0.0:0", "--data", home.at("data")};
    std::vector<std::string> secure = plain;
    secure.insert(secure.end(), {"--tls-certificate", shown.file, "--tls-key", shown.key});
    const std::string no_token =
        "listen: 0.0.0.0:0 can be reached by others, and there is no token in " +
        home.at("data/tokens.json") + "; one of penstock token new was expected\n";
    const std::string no_tls = "listen: 0.0.0.0:0 can be reached by others, and there is no TLS; "
                               "tls_certificate and tls_key were expected\n";
    BOOST_TEST(run(home, plain).err == no_token + no_tls);
    BOOST_TEST(run(home, secure).err == no_token);
    make_token(home, "over", {}, "0s");
    BOOST_TEST(run(home, secure).err == no_token); // an expired one is none
    make_token(home, "one", {});
    BOOST_TEST(run(home, plain).err == no_tls);
    BOOST_TEST(run(home, plain).code == 1);
    ::chmod(home.at("data/tokens.json").c_str(), 0644);
    BOOST_TEST(has(run(home, secure).err, "tokens.json: is open to others; mode 0600"));
    ::chmod(home.at("data/tokens.json").c_str(), 0600);
    ::chmod(shown.key.c_str(), 0644);
    BOOST_TEST(has(run(home, secure).err, "shown.key: is open to others; mode 0600 or 0640"));
}

BOOST_AUTO_TEST_CASE(with_both_it_may_be_reached_and_speaks_to_nobody_else)
{
    const scratch home;
    const std::string token = make_token(home, "one", {"ingest", "read"});
    open_host host(home);
    BOOST_TEST(host.status(token, "/api/graphs") == 200U);
    BOOST_TEST(host.status({}, "/api/graphs") == 401U);
    BOOST_TEST(host.status(make_certificate(home.path(), "x").file, "/api/graphs") == 401U);
    raw_client plain(host.port);
    BOOST_TEST(plain.ask("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").status == 400U);
    host.child.signal(SIGTERM);
    BOOST_TEST(host.child.wait().code == 0);
}

BOOST_AUTO_TEST_CASE(the_verbs_speak_tls_and_show_their_token)
{
    const scratch home;
    const std::string token = keep_token(home, make_token(home, "one", {"ingest", "read"}));
    const open_host host(home);
    const std::string lines = home.write("in.ndjson", "{\"a\":1}\n{\"a\":2}\n");
    const auto with = [&](std::vector<std::string> words)
    {
        words.insert(words.end(),
                     {"--to", host.url(), "--token-file", token, "--ca", host.shown.file});
        return run(home, words);
    };
    const ended pushed = with({"push", lines, "--ack", "processed"});
    BOOST_TEST(pushed.code == 0, pushed.err);
    BOOST_TEST(has(pushed.out, "2"), pushed.out);
    BOOST_TEST(with({"top", "--once"}).code == 0);
    BOOST_TEST(with({"dead", "list"}).code == 0);
    const ended dropped = with({"dead", "drop", "--all"});
    BOOST_TEST(dropped.code == 1);
    BOOST_TEST(has(dropped.err, "403 Forbidden: authorization: the token does not allow this; one "
                                "with the scope admin was expected"),
               dropped.err);
    program tap(home, {"tap", "read.out", "--count", "1", "--json", "--to", host.url(),
                       "--token-file", token, "--ca", host.shown.file});
    BOOST_TEST(eventually([&] { return with({"push", lines}).code == 0 && !lives(tap.id()); }));
    BOOST_TEST(has(tap.wait().out, "\"edge\":\"read.out>end.in\""));
    BOOST_TEST(run(home, {"push", lines, "--to", host.url(), "--token-file", token}).code == 1);
}

BOOST_AUTO_TEST_CASE(a_token_is_not_sent_where_others_can_read_it)
{
    const scratch home;
    const std::string token = keep_token(home, "pst_" + std::string(43, 'A'));
    const ended refused =
        run(home, {"receipt", "x", "--to", "http://192.0.2.1", "--token-file", token});
    BOOST_TEST(refused.err ==
               "--to: \"http://192.0.2.1\" would carry the token in the clear; an https "
               "address was expected\n");
    ::chmod(token.c_str(), 0644);
    BOOST_TEST(run(home, {"receipt", "x", "--token-file", token}).err ==
               token + ": is open to others; mode 0600 was expected\n");
    const std::string nonsense = keep_token(home, "nonsense");
    BOOST_TEST(run(home, {"receipt", "x", "--token-file", nonsense}).err ==
               nonsense + ": holds no token; what penstock token new printed was expected\n");
}

BOOST_AUTO_TEST_CASE(sighup_shows_a_renewed_certificate)
{
    const scratch home;
    const std::string token = make_token(home, "one", {"read"});
    open_host host(home);
    const certificate renewed = make_certificate(home.path(), "renewed");
    std::filesystem::rename(renewed.key, host.shown.key);
    std::filesystem::copy(renewed.file, host.shown.file,
                          std::filesystem::copy_options::overwrite_existing);
    host.child.signal(SIGHUP);
    host.child.wait_for("reloaded");
    BOOST_TEST(host.status(token, "/api/graphs", renewed.file) == 200U);
    home.write("shown.pem", "no certificate");
    host.child.signal(SIGHUP);
    host.child.wait_for("shown.pem: cannot be used: ");
    host.child.wait_for("reloaded");
    BOOST_TEST(host.status(token, "/api/graphs", renewed.file) == 200U);
}

BOOST_AUTO_TEST_SUITE_END()
