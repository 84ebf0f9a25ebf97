// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#include "server_access.hpp"

#include <stdexcept>

#include <unistd.h>

namespace curl
{

using namespace std::chrono_literals;

server_access::server_access(penstock::component& owner, const secret_kind& kind,
                             std::chrono::milliseconds timeout)
    : scheme_(kind.scheme),
      user_(owner, "user", "", "The name to log in with."),
      password_(owner, "password", penstock::secret(), "The password to log in with."),
      key_(owner, kind.name, penstock::secret(), kind.help),
      ca_file_(owner, "ca_file", "",
               "A PEM file of the certificates to trust, instead of those that the system trusts."),
      verify_(owner, "verify", true,
              "Check the server's certificate. Without, anybody may pretend to be the server."),
      connect_timeout_(owner, "connect_timeout", 10s, "How long connecting may take.",
                       penstock::range{1, 600'000}),
      timeout_(owner, "timeout", timeout, "How long a request may take.",
               penstock::range{1, 3'600'000})
{
}

void server_access::check(penstock::problems& found) const
{
    if (user_->empty() && !password_->empty())
        found.add(password_, "has no user; both were expected");
    if (!key_->empty() && !user_->empty())
        found.add(key_, "stands beside a user; one of them was expected");
    if (key_->reveal().find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos)
        found.add(key_, "has several lines; one was expected");
}

settings server_access::make_settings() const
{
    if (!ca_file_->empty() && ::access(ca_file_->c_str(), R_OK) != 0)
        throw std::invalid_argument("ca_file: " + *ca_file_ +
                                    " cannot be read; a PEM file was expected");
    return {.user = *user_,
            .password = password_->reveal(),
            .ca_file = *ca_file_,
            .verify = *verify_,
            .connect_time = *connect_timeout_,
            .time = *timeout_};
}

std::vector<std::string> server_access::headers() const
{
    if (key_->empty())
        return {};
    return {std::string("Authorization: ") + scheme_ + ' ' + key_->reveal()};
}

} // namespace curl
