// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "address.hpp"
#include "in_turn.hpp"

#include <penstock/parameter.hpp>
#include <penstock/problems.hpp>

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

namespace brokers
{

/// The parameters of a component that say which server it talks to and as whom: `urls`, `user`,
/// `password` and `connect_timeout`. A member of its component, which is told of in check() and
/// start().
class server_access
{
public:
    /// Registers the parameters; `about_urls` is more help for the addresses, `nearby` and `nodes`
    /// are examples of them. [the owner's constructor]
    server_access(penstock::component& owner, const address_form& form, std::string_view about_urls,
                  penstock::json::array nearby, penstock::json::array nodes);

    /// Adds what is wrong with the parameters as a whole.
    void check(penstock::problems& found) const;

    /// Prepares the first connection. [the owner's start()]
    void start();

    /// Connects with the first server for which `attempt` throws no `Error`. Throws
    /// penstock::unavailable.
    template <class Error, class Attempt>
    [[nodiscard]] auto connect(const Attempt& attempt)
    {
        return addresses_.connect<Error>(attempt);
    }

    /// Puts the server that was connected with last behind the others: it is no good now.
    void put_back() { addresses_.put_back(); }

    /// The server that was connected with last.
    [[nodiscard]] const address& current() const { return addresses_.front(); }

    /// The addresses, in the order in which they are written.
    [[nodiscard]] std::vector<address> addresses() const;

    [[nodiscard]] const std::string& user() const { return *user_; }
    [[nodiscard]] std::string password() const;
    [[nodiscard]] std::chrono::milliseconds time() const { return *connect_timeout_; }

private:
    const address_form form_;
    penstock::parameter<std::vector<std::string>> urls_;
    penstock::parameter<std::string> user_;
    penstock::parameter<penstock::secret> password_;
    penstock::parameter<std::chrono::milliseconds> connect_timeout_;
    in_turn<address> addresses_;
};

} // namespace brokers
