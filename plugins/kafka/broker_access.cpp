// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "broker_access.hpp"

#include <penstock/json.hpp>

#include <algorithm>
#include <cctype>
#include <string_view>

namespace kafka_package
{
namespace
{

using namespace std::chrono_literals;

// HOST:PORT; an address of version 6 stands in brackets.
bool is_address(std::string_view text)
{
    const std::size_t colon = text.rfind(':');
    if (colon == std::string_view::npos || colon == 0)
        return false;
    const std::string_view host = text.substr(0, colon);
    const std::string_view port = text.substr(colon + 1);
    const bool is_bracketed = host.front() == '[' && host.back() == ']';
    return (is_bracketed || host.find(':') == std::string_view::npos) &&
           host.find_first_of("/@, \t") == std::string_view::npos && !port.empty() &&
           port.size() <= 5 &&
           std::ranges::all_of(port, [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

broker_access::broker_access(penstock::component& owner)
    : brokers_(owner, "brokers", penstock::no_default,
               "HOST:PORT of some brokers of the cluster, which name the others.",
               penstock::example{penstock::json::array{"localhost:9092"}},
               penstock::example{
                   penstock::json::array{"kafka1.example.org:9093", "kafka2.example.org:9093"}}),
      tls_(owner, "tls", false,
           "Whether connections are TLS, with a certificate of the broker that is trusted and has "
           "the name of the host."),
      files_(owner),
      user_(owner, "user", "", "The name to log in with, by SASL. If empty, nobody logs in."),
      password_(owner, "password", penstock::secret(), "The password to log in with."),
      mechanism_(owner, "mechanism", "SCRAM-SHA-512",
                 "How the password is proved. PLAIN tells it to the broker: over TLS only.",
                 penstock::choices{"SCRAM-SHA-512", "SCRAM-SHA-256", "PLAIN"}),
      connect_timeout_(owner, "connect_timeout", 3s,
                       "How long connecting with a broker and asking it may take.",
                       penstock::range{1'000, 60'000})
{
}

void broker_access::check(penstock::problems& found) const
{
    if (brokers_->empty())
        found.add(brokers_, "is empty; the address of a broker was expected");
    for (const std::string& each : *brokers_)
        if (!is_address(each))
            found.add(brokers_, "has what is no address of a broker; HOST:PORT was expected");
    if (!*tls_ && (!files_.authorities().empty() || !files_.certificate().empty()))
        found.add(tls_, "is false, and certificates are named; true was expected");
    files_.check(found);
    if (user_->empty() != password_->empty())
        found.add(user_, "stands without a password, or that without it; both were expected, or "
                         "none");
    if (!user_->empty() && *mechanism_ == "PLAIN" && !*tls_)
        found.add(mechanism_, "is PLAIN without tls, which shows the password to everybody; tls, "
                              "or another mechanism, was expected");
}

client_settings broker_access::settings() const
{
    client_settings made{
        {"bootstrap.servers", name()},
        {"client.id", "penstock"},
        {"socket.connection.setup.timeout.ms", std::to_string(connect_timeout_->count())},
        {"socket.timeout.ms", "10000"},
        {"socket.keepalive.enable", "true"},
        {"socket.nagle.disable", "true"},
        {"reconnect.backoff.max.ms", "1000"}};
    const bool logs_in = !user_->empty();
    made.emplace_back("security.protocol",
                      std::string(logs_in ? "sasl_" : "") + (*tls_ ? "ssl" : "plaintext"));
    if (!files_.authorities().empty())
        made.emplace_back("ssl.ca.location", files_.authorities());
    if (!files_.certificate().empty())
    {
        made.emplace_back("ssl.certificate.location", files_.certificate());
        made.emplace_back("ssl.key.location", files_.key());
    }
    if (logs_in)
    {
        made.emplace_back("sasl.mechanism", *mechanism_);
        made.emplace_back("sasl.username", *user_);
        made.emplace_back("sasl.password", password_->reveal());
    }
    return made;
}

std::string broker_access::name() const
{
    std::string all;
    for (const std::string& each : *brokers_)
        all += (all.empty() ? "" : ",") + each;
    return all;
}

} // namespace kafka_package
