// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/api/api_limits.hpp"
#include "host/base/problem.hpp"
#include "host/engine/intake/quota.hpp"

#include <penstock/json.hpp>

#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace penstock::host
{

/// Everything that can be set about a running host, with its defaults.
struct settings
{
    std::string listen = "127.0.0.1:8080";
    std::vector<std::string> packages;
    std::string data; ///< empty: default_data_directory()
    std::size_t lanes = 0;
    std::string ack = "durable";
    std::string journal = "sqlite";
    std::size_t journal_quota = std::size_t{16} << 30;
    std::string journal_compress = "off";
    std::chrono::milliseconds journal_gather{5};
    std::chrono::milliseconds journal_wait = std::chrono::seconds(5);
    std::chrono::milliseconds journal_lease = std::chrono::seconds(3);
    std::string default_graph;
    std::size_t host_number = 0; ///< 0: there are no other hosts
    std::vector<std::string> peers;
    std::chrono::milliseconds peer_wait = std::chrono::seconds(2);
    std::string peer_ca;    ///< empty: what the system trusts
    std::string peer_token; ///< a file; empty: none is sent
    std::chrono::milliseconds drain = std::chrono::seconds(45);
    quota_limits pending;
    std::chrono::milliseconds dead_letter_age{0}; ///< 0: for ever
    std::size_t blocking_threads = 64;
    std::size_t http_threads = 0; ///< one per core
    std::string core_files = "no";
    std::chrono::milliseconds hang_limit = std::chrono::seconds(10);
    std::chrono::milliseconds standstill_after = std::chrono::seconds(10);
    std::size_t edge_memory = std::size_t{1} << 30;
    std::size_t reason_limit = std::size_t{8} << 10;
    std::string tls_certificate; ///< empty: plain HTTP
    std::string tls_key;
    std::string tls_client_ca; ///< empty: clients need no certificate
    std::vector<std::string> hosts;
    std::vector<std::string> origins;
    std::string editor_dir; ///< empty: the page in the program
    std::size_t drafts = 1000;
    std::chrono::milliseconds try_time = std::chrono::seconds(10);
    std::string try_network = "no";
    std::vector<std::string> try_readable;
    std::size_t try_memory = std::size_t{1} << 30;
    api::api_limits limits;
};

/// Whether a journal is named that lies in a PostgreSQL database.
[[nodiscard]] bool is_in_postgres(std::string_view journal) noexcept;

/// One setting: a key of the configuration file, a flag of `run`, a variable of the environment.
struct setting
{
    std::string key; ///< `default_graph`; the flag is `--default-graph`
    std::string help;
    std::string expected; ///< what a value looks like: `a number was expected`
    json::object schema;  ///< of a value in the configuration file
    bool is_list = false;

    /// Takes a value in the words of a flag; returns whether it is one.
    std::function<bool(settings&, const std::string&)> set;

    /// Writes the value for the configuration file.
    std::function<json::value(const settings&)> write;

    /// Empties a list before a first value is added to it.
    std::function<void(settings&)> clear;

    [[nodiscard]] std::string flag() const;

    /// The name in the environment: `PENSTOCK_DEFAULT_GRAPH`.
    [[nodiscard]] std::string variable() const;
};

/// What the names of all variables begin with.
inline constexpr std::string_view variable_prefix = "PENSTOCK_";

/// All settings, in the order in which they are printed.
[[nodiscard]] const std::vector<setting>& all_settings();

/// Assigns the values of one setting; tells what is wrong with them, at `where` and `pointer`.
[[nodiscard]] std::optional<problem> assign(settings& all, const setting& one,
                                            const std::vector<std::string>& values,
                                            const std::string& where,
                                            const std::string& pointer = {});

} // namespace penstock::host
