// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/base/problem.hpp"
#include "host/net/client.hpp"

#include <boost/system/result.hpp>

#include <string>
#include <vector>

namespace CLI
{
class App;
} // namespace CLI

namespace penstock::host::cli
{

/// The options of a command line that name a host and the token for it.
struct host_address
{
    std::string url = "http://127.0.0.1:8080";
    std::string token_file{}; ///< empty: the token is in PENSTOCK_TOKEN, if there is one
    std::string ca{};         ///< empty: what the system trusts
};

/// Declares `--to URL`, `--token-file FILE` and `--ca FILE`.
void add_address(CLI::App& verb, host_address& to);

/// The same of several hosts, which share token and authorities.
struct host_addresses
{
    std::vector<std::string> urls{host_address{}.url};
    std::string token_file{};
    std::string ca{};

    [[nodiscard]] std::vector<host_address> each() const;
};

/// Declares the same options; `--to URL` may be given more than once, each time for another host.
void add_addresses(CLI::App& verb, host_addresses& to);

/// What such words lead to.
struct host_access
{
    http::url host;
    http::client_identity who;
};

/// Reads them and their files. Refuses to send a token where others could read it.
[[nodiscard]] boost::system::result<host_access, problem> reach(const host_address& to);

/// Makes a text that is unique.
[[nodiscard]] std::string random_key();

} // namespace penstock::host::cli
