// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "components.hpp"
#include "postgres/database_server.hpp"
#include "run_entry.hpp"
#include "scratch_directory.hpp"

#include "tests/host/net/certificate.hpp"

#include <penstock/unavailable.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

namespace
{

namespace json = penstock::json;
using penstock::packet;
using penstock::unavailable;
using penstock::host::http::testing::certificate;
using penstock::host::http::testing::make_certificate;
using penstock::testing::packets;
using postgres_package::publish_entry;

/// A server that speaks TLS, and is known as db.example.org to its certificate. The rows of its
/// table `t` know whether they came over TLS.
struct secure_server
{
    secure_server()
    {
        server.start();
        server.ask("CREATE FUNCTION comes_over_tls() RETURNS boolean LANGUAGE sql AS "
                   "'SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()'; "
                   "CREATE TABLE t (id int, over_tls boolean DEFAULT comes_over_tls())");
    }

    /// Publishes a row to it under that name; `more` of the connection, and of the parameters.
    [[nodiscard]] penstock::testing::result
    publish(const std::string& name, const std::string& more, json::object parameters = {}) const
    {
        parameters["connection"] = "host=" + name +
                                   " hostaddr=127.0.0.1 port=" + std::to_string(server.port()) +
                                   " dbname=postgres user=owner " + more;
        parameters["table"] = "t";
        parameters["columns"] = json::array{"id"};
        return run_entry(publish_entry, parameters, packets(packet({{"id", 1}})));
    }

    void check_refusal(const std::string& name, const std::string& more, json::object parameters,
                       std::string_view part) const
    {
        BOOST_CHECK_EXCEPTION((void)publish(name, more, std::move(parameters)), unavailable,
                              [&](const unavailable& error)
                              {
                                  BOOST_TEST_MESSAGE(error.what());
                                  return std::string_view(error.what()).find(part) !=
                                         std::string_view::npos;
                              });
        BOOST_TEST(server.ask("SELECT id FROM t").empty());
    }

    scratch_directory directory;
    certificate shown = make_certificate(directory.path(""), "own", "DNS:db.example.org");
    certificate other = make_certificate(directory.path(""), "other", "DNS:db.example.org");
    database_server server{database_certificate{shown.file, shown.key}};
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(postgres_tls, secure_server)

BOOST_AUTO_TEST_CASE(rows_go_over_tls_to_a_server_whose_certificate_is_trusted)
{
    const std::string verify = "sslmode=verify-full";
    BOOST_TEST(publish("db.example.org", verify + " sslrootcert=" + shown.file).delivered.size() ==
               1U);
    BOOST_TEST(publish("db.example.org", verify, {{"ca_file", shown.file}}).delivered.size() == 1U);
    BOOST_TEST(publish("db.example.org", "", {{"ca_file", shown.file}}).delivered.size() == 1U);
    BOOST_TEST(server.ask("SELECT over_tls FROM t") == (std::vector<std::string>{"t", "t", "t"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_server_whose_certificate_is_not_trusted_is_unavailable_and_gets_nothing)
{
    constexpr std::string_view why = "certificate verify failed";
    const std::string verify = "sslmode=verify-full";
    check_refusal("db.example.org", verify + " sslrootcert=" + other.file, {}, why);
    check_refusal("db.example.org", verify, {{"ca_file", other.file}}, why);
    check_refusal("db.example.org", "", {{"ca_file", other.file}}, why);
    check_refusal("db.example.org", "", {}, why);
}

BOOST_AUTO_TEST_CASE(a_server_of_another_name_than_its_certificate_has_is_unavailable)
{
    check_refusal("other.example.org", "", {{"ca_file", shown.file}}, "does not match host name");
}

BOOST_AUTO_TEST_CASE(certificates_to_trust_are_asked_for_on_this_host_too)
{
    constexpr std::string_view why = "certificate verify failed";
    check_refusal("localhost", "", {{"ca_file", other.file}}, why);
    check_refusal("localhost", "sslrootcert=" + other.file, {}, why);
}

BOOST_AUTO_TEST_CASE(certificates_to_trust_are_named_in_one_place)
{
    BOOST_CHECK_EXCEPTION(
        (void)publish("db.example.org", "sslrootcert=" + shown.file, {{"ca_file", shown.file}}),
        penstock::parameter_error,
        [](const penstock::parameter_error& error)
        { return std::string_view(error.what()).find("sslrootcert") != std::string_view::npos; });
}

BOOST_AUTO_TEST_SUITE_END()
