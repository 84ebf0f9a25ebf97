// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "broker_access.hpp"

#include "../brokers/readable_file.hpp"

#include <penstock/blocking.hpp>
#include <penstock/json.hpp>

#include <stdexcept>

namespace amqp_package
{

using namespace std::chrono_literals;

broker_access::broker_access(penstock::component& owner)
    : urls_(owner, "urls", penstock::no_default,
            "The addresses of the broker, of a cluster those of its nodes: they are tried in turn, "
            "and one that fails goes behind the others. amqps is TLS, with a certificate that is "
            "trusted and has the name of the host.",
            penstock::example{penstock::json::array{"amqp://localhost"}},
            penstock::example{penstock::json::array{"amqps://mq1.example.org/shop",
                                                    "amqps://mq2.example.org/shop"}}),
      user_(owner, "user", "guest", "The name to log in with."),
      password_(
          owner, "password", penstock::secret(),
          "The password to log in with. If empty, that of the user guest, whom a broker knows "
          "for clients of its own machine."),
      ca_file_(owner, "ca_file", "",
               "A PEM file of the certificates to trust, instead of those that the system trusts."),
      connect_timeout_(owner, "connect_timeout", 1s,
                       "How long connecting with an address and logging in may take, each.",
                       penstock::range{1, 60'000})
{
}

void broker_access::check(penstock::problems& found) const
{
    if (urls_->empty())
        found.add(urls_, "is empty; the address of a broker was expected");
    for (const std::string& each : *urls_)
    {
        try
        {
            (void)address_of(each);
        }
        catch (const std::invalid_argument& error)
        {
            found.add(urls_, error.what());
        }
    }
    if (password_->empty() && *user_ != "guest")
        found.add(password_, "is empty; the password of the user was expected");
}

void broker_access::start()
{
    brokers::require_readable(ca_file_);
    for (const std::string& each : *urls_)
        addresses_.add(address_of(each));
}

std::unique_ptr<session> broker_access::connect(std::chrono::seconds heartbeat)
{
    return addresses_.connect<broker_error>(
        [&](const address& to)
        {
            const session_settings how{.to = to,
                                       .user = *user_,
                                       .password =
                                           password_->empty() ? "guest" : password_->reveal(),
                                       .ca_file = *ca_file_,
                                       .connect_time = *connect_timeout_,
                                       .heartbeat = heartbeat};
            return penstock::blocking([&] { return std::make_unique<session>(how); });
        });
}

} // namespace amqp_package
