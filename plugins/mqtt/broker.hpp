// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "session.hpp"

#include "../brokers/server_access.hpp"
#include "../brokers/tls_files.hpp"

#include <penstock/blocking.hpp>
#include <penstock/component.hpp>
#include <penstock/json.hpp>

#include <memory>
#include <utility>

namespace mqtt_package
{

/// The parameters of a component that say which broker it talks to, how and as whom. A member of
/// its component, which is told of in check() and start().
class broker
{
public:
    /// Registers the parameters. [the owner's constructor]
    explicit broker(penstock::component& owner)
        : server_(owner, form,
                  "mqtts is TLS, with a certificate that is trusted and has the name of the host.",
                  {"mqtt://localhost"}, {"mqtts://mqtt1.example.org", "mqtts://mqtt2.example.org"}),
          files_(owner),
          version_(owner, "version", "5",
                   "The version of MQTT. Messages of 3.1.1 have no meta, no type and no id.",
                   penstock::choices{"5", "3.1.1"})
    {
    }

    /// Adds what is wrong with the parameters as a whole.
    void check(penstock::problems& found) const
    {
        server_.check(found);
        files_.check(found);
    }

    /// Throws std::invalid_argument if a file that is named cannot be read. [the owner's start()]
    void start()
    {
        server_.start();
        files_.start();
    }

    [[nodiscard]] bool is_version_5() const { return *version_ == "5"; }

    /// Connects with the first broker that answers and lets in; `how` has what the parameters do
    /// not say. Suspends. Throws penstock::unavailable.
    [[nodiscard]] std::unique_ptr<session> connect(session_settings how, session_events on)
    {
        how.is_version_5 = is_version_5();
        how.user = server_.user();
        how.password = server_.password();
        how.authorities = files_.authorities();
        how.certificate = files_.certificate();
        how.key = files_.key();
        how.connect_time = server_.time();
        return server_.connect<mqtt_error>(
            [&](const brokers::address& to)
            {
                how.to = to;
                return penstock::blocking([&] { return std::make_unique<session>(how, on); });
            });
    }

    /// Puts the broker that was connected with last behind the others.
    void put_back() { server_.put_back(); }

private:
    static constexpr brokers::address_form form{"mqtt", "mqtts", 1883, 8883};

    brokers::server_access server_;
    brokers::tls_files files_;
    penstock::parameter<std::string> version_;
};

} // namespace mqtt_package
