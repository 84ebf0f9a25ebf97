// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "connection.hpp"

#include "../brokers/server_access.hpp"
#include "../brokers/tls_files.hpp"

#include <penstock/blocking.hpp>
#include <penstock/component.hpp>
#include <penstock/json.hpp>

#include <memory>

namespace nats_package
{

/// The parameters of a component that say which server it talks to and as whom. A member of its
/// component, which is told of in check() and start().
class server
{
public:
    /// Registers the parameters. [the owner's constructor]
    explicit server(penstock::component& owner)
        : access_(owner, form,
                  "tls is TLS, with a certificate that is trusted and has the name of the host. A "
                  "password without a user is a token.",
                  {"nats://localhost"}, {"tls://nats1.example.org", "tls://nats2.example.org"}),
          files_(owner)
    {
    }

    /// Adds what is wrong with the parameters as a whole.
    void check(penstock::problems& found) const
    {
        access_.check(found);
        files_.check(found);
    }

    /// Throws std::invalid_argument if a file that is named cannot be read. [the owner's start()]
    void start()
    {
        access_.start();
        files_.start();
    }

    /// Connects with the first server that answers and lets in. Suspends. Throws
    /// penstock::unavailable.
    [[nodiscard]] std::unique_ptr<connection> connect()
    {
        return access_.connect<nats_error>(
            [&](const brokers::address& to) {
                return penstock::blocking(
                    [&] { return std::make_unique<connection>(settings_of(to)); });
            });
    }

    /// How to connect with the server that was connected with last.
    [[nodiscard]] connection_settings current() const { return settings_of(access_.current()); }

    /// Puts the server that was connected with last behind the others.
    void put_back() { access_.put_back(); }

    /// How long connecting, and asking for something, may take.
    [[nodiscard]] std::chrono::milliseconds time() const { return access_.time(); }

private:
    [[nodiscard]] connection_settings settings_of(const brokers::address& to) const
    {
        return {to,
                access_.user(),
                access_.password(),
                files_.authorities(),
                files_.certificate(),
                files_.key(),
                access_.time()};
    }

    static constexpr brokers::address_form form{"nats", "tls", 4222, 4222};

    brokers::server_access access_;
    brokers::tls_files files_;
};

} // namespace nats_package
