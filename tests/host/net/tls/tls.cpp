// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#include "tests/host/net/certificate.hpp"
#include "tests/host/net/wire.hpp"

#include "host/net/client.hpp"
#include "host/net/tls/tls_identity.hpp"
#include "host/net/websocket/websocket.hpp"
#include "host/net/websocket/websocket_client.hpp"

#include <boost/test/unit_test.hpp>

#include <openssl/ssl.h>

#include <cstdlib>
#include <filesystem>
#include <memory>
#include <vector>

#include <sys/stat.h>

BOOST_AUTO_TEST_SUITE(tls)

using namespace penstock::host::http::testing;
namespace http = penstock::host::http;

namespace
{

/// A folder that is removed in the end.
struct folder
{
    folder()
    {
        std::string name = std::filesystem::temp_directory_path() / "penstock-tls-XXXXXX";
        if (::mkdtemp(name.data()) == nullptr)
            throw std::runtime_error("no temporary folder");
        path = name;
    }
    ~folder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
    folder(const folder&) = delete;
    folder& operator=(const folder&) = delete;

    std::filesystem::path path;
};

std::shared_ptr<const http::tls_identity> identity(const certificate& files,
                                                   const std::string& client_ca = {})
{
    auto loaded = http::tls_identity::load({files.file, files.key, client_ca});
    if (!loaded)
        throw std::runtime_error(to_string(loaded.error()));
    return *std::move(loaded);
}

/// A server that speaks TLS, and clients of it.
struct secure_server
{
    explicit secure_server(http::server::settings with = {}) : running{std::move(with)}
    {
        running.serves.secure(identity(shown));
    }

    [[nodiscard]] http::url address() const { return {"127.0.0.1", running.port, "", true}; }

    [[nodiscard]] http::client client(const std::string& ca) const
    {
        return {address(), {.timeout = std::chrono::seconds{10}, .who = {.ca = ca}}};
    }

    [[nodiscard]] unsigned ask(const std::string& ca) const
    {
        http::client asks{address(), {.timeout = std::chrono::seconds{10}, .who = {.ca = ca}}};
        const auto answer = asks.send("GET", "/");
        return answer ? answer->status : 0;
    }

    folder files;
    certificate shown = make_certificate(files.path, "shown");
    running_server running;
};

/// Speaks TLS as it is told, over a connection; returns whether hands were shaken and the first
/// byte of an answer came.
bool is_answered(const raw_client& over, int newest, const certificate* as = nullptr,
                 const char* ciphers = "ALL")
{
    const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context{
        SSL_CTX_new(TLS_client_method()), SSL_CTX_free};
    SSL_CTX_set_security_level(context.get(), 0);
    SSL_CTX_set_max_proto_version(context.get(), newest);
    SSL_CTX_set_cipher_list(context.get(), ciphers);
    if (as != nullptr)
    {
        SSL_CTX_use_certificate_file(context.get(), as->file.c_str(), SSL_FILETYPE_PEM);
        SSL_CTX_use_PrivateKey_file(context.get(), as->key.c_str(), SSL_FILETYPE_PEM);
    }
    const std::unique_ptr<SSL, decltype(&SSL_free)> speaks{SSL_new(context.get()), SSL_free};
    SSL_set_fd(speaks.get(), over.fd());
    const std::string asked = get("/");
    char byte = 0;
    return SSL_connect(speaks.get()) == 1 &&
           SSL_write(speaks.get(), asked.data(), static_cast<int>(asked.size())) > 0 &&
           SSL_read(speaks.get(), &byte, 1) == 1;
}

class echo final : public http::websocket_handler
{
public:
    void opened(std::shared_ptr<http::websocket> client) override { client_ = std::move(client); }
    void received(std::string_view text) override
    {
        if (!client_->send(std::string{text}))
            client_->close(http::close_code::too_big, {});
    }
    void closed() noexcept override {}

private:
    std::shared_ptr<http::websocket> client_;
};

} // namespace

BOOST_AUTO_TEST_CASE(a_client_that_trusts_the_certificate_is_served)
{
    const secure_server server;
    http::client asks = server.client(server.shown.file);
    const std::string body(std::size_t{3} << 20, 'x');
    for (int i = 0; i < 3; ++i)
    {
        const auto answer = asks.send("POST", "/large", {}, body);
        BOOST_REQUIRE_MESSAGE(answer.has_value(), answer.error().message());
        BOOST_TEST(answer->status == 200U);
        BOOST_TEST(answer->body.size() == body.size() + std::string_view{"POST /large\n"}.size());
    }
    BOOST_TEST(server.running.serves.connections() == 1U);
}

BOOST_AUTO_TEST_CASE(a_client_refuses_a_certificate_that_nobody_vouches_for)
{
    const secure_server server;
    const certificate other = make_certificate(server.files.path, "other");
    BOOST_TEST(server.ask(other.file) == 0U);
    BOOST_TEST(server.ask({}) == 0U);
    BOOST_TEST(server.running.routes.requests == 0);
}

BOOST_AUTO_TEST_CASE(a_client_refuses_the_certificate_of_another_host)
{
    secure_server server;
    const certificate other =
        make_certificate(server.files.path, "other", "DNS:other.example,IP:127.0.0.2");
    server.running.serves.secure(identity(other));
    BOOST_TEST(server.ask(other.file) == 0U);
}

BOOST_AUTO_TEST_CASE(a_client_that_speaks_plain_http_is_told_so)
{
    const secure_server server;
    raw_client plain = server.running.client();
    const answer told = plain.ask(get("/"));
    BOOST_TEST(told.status == 400U);
    BOOST_TEST(told.body.find("this port speaks TLS") != std::string::npos);
    BOOST_TEST(plain.read_to_end().has_value());
    BOOST_TEST(server.running.routes.heads == 0);
}

BOOST_AUTO_TEST_CASE(a_handshake_that_stalls_is_ended_by_its_deadline_and_holds_up_nobody)
{
    const secure_server server{{.bounds = quick_limits()}};
    raw_client silent = server.running.client();
    raw_client half = server.running.client();
    half.send(std::string_view{"\x16\x03\x01\x02\x00\x01\x00", 7}); // the start of a ClientHello
    BOOST_TEST(eventually([&] { return server.running.serves.connections() == 2; }));
    BOOST_TEST(server.ask(server.shown.file) == 200U);
    BOOST_TEST(silent.read_to_end(clock::now() + std::chrono::seconds{5}).has_value());
    BOOST_TEST(half.read_to_end(clock::now() + std::chrono::seconds{5}).has_value());
    BOOST_TEST(eventually([&] { return server.running.serves.connections() == 0; }));
}

BOOST_AUTO_TEST_CASE(stopping_waits_for_no_handshake)
{
    secure_server server;
    const raw_client silent = server.running.client();
    BOOST_TEST(eventually([&] { return server.running.serves.connections() == 1; }));
    BOOST_TEST(server.running.serves.stop(clock::now() + std::chrono::seconds{5}));
}

BOOST_AUTO_TEST_CASE(nothing_older_than_tls_1_2_is_spoken)
{
    const secure_server server;
    BOOST_TEST(is_answered(server.running.client(), TLS1_3_VERSION));
    BOOST_TEST(is_answered(server.running.client(), TLS1_2_VERSION));
    BOOST_TEST(!is_answered(server.running.client(), TLS1_1_VERSION));
}

BOOST_AUTO_TEST_CASE(tls_1_2_is_spoken_only_where_what_is_encrypted_is_authenticated_too)
{
    const secure_server server;
    const auto is_answered_by = [&](const char* cipher)
    { return is_answered(server.running.client(), TLS1_2_VERSION, nullptr, cipher); };
    BOOST_TEST((is_answered_by("ECDHE-RSA-AES128-GCM-SHA256") ||
                is_answered_by("ECDHE-ECDSA-AES128-GCM-SHA256")));
    for (const char* cipher : {"ECDHE-RSA-AES256-SHA", "ECDHE-ECDSA-AES256-SHA", "AES128-SHA",
                               "AES128-GCM-SHA256", "ECDHE-RSA-AES128-SHA256"})
        BOOST_TEST(!is_answered_by(cipher), cipher);
}

BOOST_AUTO_TEST_CASE(a_renewed_certificate_is_shown_to_those_who_come_later)
{
    secure_server server;
    http::client before = server.client(server.shown.file);
    BOOST_TEST(before.send("GET", "/").value().status == 200U);
    const certificate renewed = make_certificate(server.files.path, "renewed");
    server.running.serves.secure(identity(renewed));
    BOOST_TEST(server.ask(renewed.file) == 200U);
    BOOST_TEST(server.ask(server.shown.file) == 0U);
    BOOST_TEST(before.send("GET", "/").value().status == 200U); // on the connection it has
}

BOOST_AUTO_TEST_CASE(a_client_without_the_certificate_that_is_asked_of_it_is_not_heard)
{
    secure_server server;
    const certificate known = make_certificate(server.files.path, "known");
    const certificate stranger = make_certificate(server.files.path, "stranger");
    server.running.serves.secure(identity(server.shown, known.file));
    BOOST_TEST(is_answered(server.running.client(), TLS1_3_VERSION, &known));
    BOOST_TEST(!is_answered(server.running.client(), TLS1_3_VERSION, &stranger));
    BOOST_TEST(!is_answered(server.running.client(), TLS1_3_VERSION));
    BOOST_TEST(server.running.routes.requests == 1);
}

BOOST_AUTO_TEST_CASE(a_refusal_reaches_a_client_that_is_still_sending)
{
    secure_server server;
    server.running.routes.on_head = [](const http::request&)
    { return http::response::problem(401, {}, "no"); };
    const std::string body(std::size_t{3} << 20, 'x');
    const auto answer = server.client(server.shown.file).send("POST", "/", {}, body);
    BOOST_REQUIRE_MESSAGE(answer.has_value(), answer.error().message());
    BOOST_TEST(answer->status == 401U);
}

BOOST_AUTO_TEST_CASE(websockets_are_secure_too)
{
    secure_server server;
    server.running.routes.on_request = [](const http::request& asked, const http::reply& give)
    { give(http::upgrade_to_websocket(asked, std::make_shared<echo>())); };
    auto client =
        http::websocket_client::open(server.address(), "/", patience, {.ca = server.shown.file});
    BOOST_REQUIRE_MESSAGE(client.has_value(), client.error().why());
    BOOST_TEST(client->send("hej"));
    BOOST_TEST(client->receive().value_or("") == "hej");
    BOOST_TEST(!http::websocket_client::open(server.address(), "/", patience).has_value());
}

BOOST_AUTO_TEST_CASE(files_that_cannot_prove_anything_are_refused)
{
    const folder files;
    const certificate good = make_certificate(files.path, "good");
    const certificate other = make_certificate(files.path, "other");
    const auto why = [](const http::tls_files& named)
    { return to_string(http::tls_identity::load(named).error()); };
    const std::string missing = files.path / "missing";
    BOOST_TEST(why({missing, good.key}) ==
               missing + ": cannot be read: No such file or directory; a PEM file was expected");
    BOOST_TEST(why({good.key, good.key}).starts_with(good.key + ": cannot be used: "));
    BOOST_TEST(why({good.file, good.file}).starts_with(good.file + ": cannot be used: "));
    BOOST_TEST(why({good.file, other.key}).find(other.key + ": ") == 0U);
    BOOST_TEST(why({good.file, good.key, good.key}).starts_with(good.key + ": cannot be used: "));
    ::chmod(good.key.c_str(), 0644);
    BOOST_TEST(why({good.file, good.key}) ==
               good.key + ": is open to others; mode 0600 or 0640 was expected");
}

BOOST_AUTO_TEST_SUITE_END()
