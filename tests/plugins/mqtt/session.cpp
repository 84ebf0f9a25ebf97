// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "session.hpp"

#include "mqtt_test.hpp"
#include "scratch_directory.hpp"

#include "tests/host/net/certificate.hpp"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(mqtt_session)

using namespace mqtt_test;
using namespace std::chrono_literals;
using mqtt_package::session;
using mqtt_package::session_settings;
using penstock::host::http::testing::make_certificate;

namespace
{

// A connection of a client that the broker keeps, and what it was given.
struct reader
{
    reader(const std::string& url, const std::string& client, const std::string& ca_file,
           bool is_version_5)
    {
        session_settings how{};
        how.to = brokers::address_of(url, {"mqtt", "mqtts", 1, 1});
        how.client = client;
        how.is_kept = true;
        how.is_version_5 = is_version_5;
        how.authorities = ca_file;
        how.connect_time = 10s;
        by = std::make_unique<session>(
            how, mqtt_package::session_events{.message =
                                                  [this](const mosquitto_message& what, const auto*)
                                              {
                                                  found.emplace_back(
                                                      static_cast<const char*>(what.payload),
                                                      static_cast<std::size_t>(what.payloadlen));
                                              },
                                              .published = {}});
    }

    void await(std::size_t count)
    {
        const auto deadline = std::chrono::steady_clock::now() + 30s;
        while (found.size() < count && std::chrono::steady_clock::now() < deadline)
            by->advance(10ms, false);
    }

    strings found;
    std::unique_ptr<session> by;
};

void check_late_acknowledgement(const mqtt_server& server, const std::string& url,
                                const std::string& ca_file, bool is_version_5)
{
    const std::string topic = fresh_topic();
    const strings all{"1", "2", "3", "4", "5"};
    {
        reader first(url, topic, ca_file, is_version_5);
        BOOST_TEST(!first.by->was_kept());
        first.by->subscribe({topic});
        for (const std::string& each : all)
            server.put({{.body = each, .topic = topic}});
        first.await(5);
        BOOST_TEST(first.found == all, boost::test_tools::per_element());
    }
    {
        reader second(url, topic, ca_file, is_version_5);
        BOOST_TEST(second.by->was_kept());
        second.await(5);
        BOOST_TEST(second.found == all, boost::test_tools::per_element());
        while (second.by->wants_to_write())
            second.by->write(1s);
        second.by->leave();
    }
    server.put({{.body = "6", .topic = topic}});
    reader third(url, topic, ca_file, is_version_5);
    third.await(1);
    BOOST_TEST(third.found == strings{"6"}, boost::test_tools::per_element());
}

} // namespace

// The library queues an acknowledgement before it gives a message out: what it may write then
// decides.
BOOST_AUTO_TEST_CASE(what_was_given_out_is_acknowledged_when_the_library_may_write)
{
    for (const bool is_version_5 : {true, false})
        check_late_acknowledgement(shared_mqtt(), shared_mqtt().url(), {}, is_version_5);
}

// Then messages may be in one record with the answer to the connection.
BOOST_AUTO_TEST_CASE(the_same_holds_over_tls)
{
    const scratch_directory directory;
    const auto shown = make_certificate(directory.path(""), "own", "DNS:localhost");
    mqtt_server server;
    server.secure(shown.file, shown.key);
    server.start();
    check_late_acknowledgement(server, server.secure_url(), shown.file, true);
}

BOOST_AUTO_TEST_SUITE_END()
