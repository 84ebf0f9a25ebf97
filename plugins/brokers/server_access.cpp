// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "server_access.hpp"

#include <stdexcept>
#include <utility>

namespace brokers
{

using namespace std::chrono_literals;

server_access::server_access(penstock::component& owner, const address_form& form,
                             std::string_view about_urls, penstock::json::array nearby,
                             penstock::json::array nodes)
    : form_(form),
      urls_(owner, "urls", penstock::no_default,
            "The addresses of the server, of a cluster those of its nodes: they are tried in "
            "turn, and one that fails goes behind the others. " +
                std::string(about_urls),
            penstock::example{std::move(nearby)}, penstock::example{std::move(nodes)}),
      user_(owner, "user", "", "The name to log in with. If empty, none is told."),
      password_(owner, "password", penstock::secret(),
                "The password to log in with. If empty, nobody logs in."),
      connect_timeout_(owner, "connect_timeout", 1s,
                       "How long connecting with an address and logging in may take, each.",
                       penstock::range{1, 60'000})
{
}

void server_access::check(penstock::problems& found) const
{
    if (urls_->empty())
        found.add(urls_, "is empty; the address of a server was expected");
    for (const std::string& each : *urls_)
    {
        try
        {
            (void)address_of(each, form_);
        }
        catch (const std::invalid_argument& error)
        {
            found.add(urls_, error.what());
        }
    }
    if (!user_->empty() && password_->empty())
        found.add(password_, "is empty; the password of the user was expected");
}

void server_access::start()
{
    for (address& each : addresses())
        addresses_.add(std::move(each));
}

std::vector<address> server_access::addresses() const
{
    std::vector<address> made;
    for (const std::string& each : *urls_)
        made.push_back(address_of(each, form_));
    return made;
}

std::string server_access::password() const
{
    return password_->empty() ? std::string() : std::string(password_->reveal());
}

} // namespace brokers
