// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "receiver.hpp"

#include "scratch_directory.hpp"
#include "syslog/sending.hpp"

#include "tests/host/net/certificate.hpp"
#include "tests/host/net/reserved_port.hpp"

#include <boost/test/unit_test.hpp>

#include <chrono>
#include <future>
#include <string>
#include <vector>

#include <openssl/ssl.h>

BOOST_AUTO_TEST_SUITE(syslog_receiver)

using namespace syslog_package;
using namespace syslog_test;
using namespace std::chrono_literals;
using penstock::host::http::testing::certificate;
using penstock::host::http::testing::make_certificate;
using penstock::host::http::testing::reserved_port;

namespace
{

struct open_receiver
{
    explicit open_receiver(const std::string& kind, receiver_settings with = {})
        : address(kind + "://127.0.0.1:" + std::to_string(port.number())),
          reader(
              [&]
              {
                  with.addresses = {read_listen_address(address)};
                  return with;
              }())
    {
        reader.open();
    }

    // Takes until there are so many messages, or the time is over.
    std::vector<received_message> take(std::size_t count)
    {
        std::vector<received_message> all;
        const auto until = std::chrono::steady_clock::now() + 10s;
        while (all.size() < count && std::chrono::steady_clock::now() < until)
            for (received_message& each : reader.take(100, 100ms))
                all.push_back(std::move(each));
        return all;
    }

    template <class Condition>
    bool take_until(Condition holds)
    {
        const auto until = std::chrono::steady_clock::now() + 10s;
        while (!holds() && std::chrono::steady_clock::now() < until)
            (void)reader.take(100, 10ms);
        return holds();
    }

    reserved_port port;
    const std::string address;
    receiver reader;
};

// Shakes hands and sends one text; what became of it.
bool send_by_tls(const std::string& to, const std::string& ca, const certificate* own,
                 const std::string& text)
{
    const sender client(to);
    SSL_CTX* const context = SSL_CTX_new(TLS_client_method());
    SSL_CTX_load_verify_locations(context, ca.c_str(), nullptr);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    if (own != nullptr)
    {
        SSL_CTX_use_certificate_file(context, own->file.c_str(), SSL_FILETYPE_PEM);
        SSL_CTX_use_PrivateKey_file(context, own->key.c_str(), SSL_FILETYPE_PEM);
    }
    SSL* const session = SSL_new(context);
    SSL_set_fd(session, client.number());
    std::size_t sent = 0;
    const bool is_sent = SSL_connect(session) == 1 &&
                         SSL_write_ex(session, text.data(), text.size(), &sent) == 1 &&
                         SSL_shutdown(session) >= 0;
    SSL_free(session);
    SSL_CTX_free(context);
    return is_sent;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_datagram_is_a_message)
{
    open_receiver at("udp", {.addresses = {}, .message_bytes = 480});
    const sender client(at.address);
    client.send("<1>one");
    client.send("<1>" + std::string(600, 'x'));
    const auto found = at.take(2);
    BOOST_TEST_REQUIRE(found.size() == 2U);
    BOOST_TEST(found[0].text == "<1>one");
    BOOST_TEST(found[0].peer == "127.0.0.1");
    BOOST_TEST(!found[0].is_cut);
    BOOST_TEST(found[1].text.size() == 480U);
    BOOST_TEST(found[1].is_cut);
}

BOOST_AUTO_TEST_CASE(datagrams_that_nobody_takes_are_lost_and_counted)
{
    constexpr std::size_t sent = 500;
    open_receiver at("udp", {.addresses = {}, .udp_buffer = 4096});
    const sender client(at.address);
    for (std::size_t i = 0; i < sent; ++i)
        client.send("<1>" + std::string(400, 'x'));
    std::size_t found = at.take(1).size();
    BOOST_TEST(found < sent);
    for (std::size_t more = 1; more > 0; found += more)
        more = at.reader.take(100, 100ms).size();
    BOOST_TEST(at.reader.counted().lost == sent - found);
}

BOOST_AUTO_TEST_CASE(what_a_connection_ends_with_is_taken)
{
    open_receiver at("tcp");
    sender client(at.address);
    client.send("<1>one\n<2>two\n<3>thr");
    BOOST_TEST(at.take(2).size() == 2U);
    client.send("ee");
    client.close();
    const auto found = at.take(1);
    BOOST_TEST_REQUIRE(found.size() == 1U);
    BOOST_TEST(found[0].text == "<3>three");
    BOOST_TEST(found[0].is_cut);
    BOOST_TEST(at.take_until([&] { return at.reader.connections() == 0; }));
}

BOOST_AUTO_TEST_CASE(a_client_waits_while_nobody_takes)
{
    open_receiver at("tcp");
    const sender client(at.address);
    const std::string line = "<1>" + std::string(1000, 'x') + '\n';
    std::size_t sent = 0;
    while (::send(client.number(), line.data(), line.size(), MSG_DONTWAIT | MSG_NOSIGNAL) ==
           static_cast<ssize_t>(line.size()))
        ++sent;
    BOOST_TEST(sent > 10U); // the buffers of the kernel are full
    BOOST_TEST(at.take(sent).size() >= sent);
}

BOOST_AUTO_TEST_CASE(more_connections_than_allowed_are_closed)
{
    open_receiver at("tcp", {.addresses = {}, .connections = 2});
    const sender first(at.address);
    const sender second(at.address);
    const sender third(at.address);
    BOOST_TEST(at.take_until([&] { return at.reader.counted().refused == 1; }));
    char none = 0;
    BOOST_TEST(::recv(third.number(), &none, 1, 0) == 0);
    first.send("<1>one\n");
    second.send("<1>two\n");
    BOOST_TEST(at.take(2).size() == 2U);
}

BOOST_AUTO_TEST_CASE(messages_come_by_tls)
{
    const scratch_directory folder;
    const certificate shown = make_certificate(folder.path(""), "server");
    open_receiver at("tls", {.addresses = {}, .tls = {shown.file, shown.key, ""}});
    auto sent =
        std::async(std::launch::async,
                   [&] { return send_by_tls(at.address, shown.file, nullptr, "5 <1>on4 <2>t"); });
    const auto found = at.take(2);
    BOOST_TEST_REQUIRE(found.size() == 2U);
    BOOST_TEST(found[0].text == "<1>on");
    BOOST_TEST(found[0].listener == 0U);
    BOOST_TEST(sent.get());
}

BOOST_AUTO_TEST_CASE(clients_show_a_certificate_if_they_must)
{
    const scratch_directory folder;
    const certificate shown = make_certificate(folder.path(""), "server");
    const certificate client = make_certificate(folder.path(""), "client");
    open_receiver at("tls", {.addresses = {}, .tls = {shown.file, shown.key, client.file}});
    auto without = std::async(std::launch::async, [&]
                              { return send_by_tls(at.address, shown.file, nullptr, "<1>x\n"); });
    BOOST_TEST(at.take_until([&] { return at.reader.counted().refused == 1; }));
    (void)without.get(); // by version 1.3 it has sent before it hears of it
    auto with = std::async(std::launch::async,
                           [&] { return send_by_tls(at.address, shown.file, &client, "<2>y\n"); });
    const auto found = at.take(1);
    BOOST_TEST_REQUIRE(found.size() == 1U);
    BOOST_TEST(found[0].text == "<2>y");
    BOOST_TEST(with.get());
}

BOOST_AUTO_TEST_CASE(what_is_no_tls_is_refused)
{
    const scratch_directory folder;
    const certificate shown = make_certificate(folder.path(""), "server");
    open_receiver at("tls", {.addresses = {}, .tls = {shown.file, shown.key, ""}});
    const sender client(at.address);
    client.send("<1>plain\n");
    BOOST_TEST(at.take_until([&] { return at.reader.counted().refused == 1; }));
    BOOST_TEST(at.reader.connections() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
