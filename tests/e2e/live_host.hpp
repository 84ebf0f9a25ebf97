// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/net/client.hpp"
#include "tests/host/cli/program.hpp"
#include "tests/host/net/wire.hpp"

#include <penstock/json.hpp>

#include <boost/test/unit_test.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace penstock::e2e
{

using host::cli::testing::child_of;
using host::cli::testing::ended;
using host::cli::testing::processes;
using host::cli::testing::program;
using host::cli::testing::read_file;
using host::cli::testing::scratch;
using host::http::response;
using host::http::testing::clock;
using host::http::testing::eventually;
using host::http::testing::raw_client;

/// A field of the header of a request to send.
struct header_field
{
    std::string name;
    std::string value;
};

using header_fields = std::vector<header_field>;

/// What a process holds at one moment.
struct footprint
{
    std::size_t resident = 0; ///< bytes
    std::size_t descriptors = 0;
    std::size_t threads = 0; ///< less those for blocking work: they are kept once they were needed
};

/// Whether the program is watched by a sanitizer: it is slow then, and what it frees stays
/// resident.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool is_sanitized = true;
#else
inline constexpr bool is_sanitized = false;
#endif

/// How many bytes a process has come to hold in memory; 0 where that means nothing.
[[nodiscard]] std::size_t growth(const footprint& before, const footprint& after);

/// What accepted requests have become, as the graph's stats tell it.
struct account
{
    std::uint64_t accepted = 0; ///< with what an earlier run left
    std::uint64_t done = 0;
    std::uint64_t delivered = 0;
    std::uint64_t dropped = 0;
    std::uint64_t dead = 0;
};

/// A client on a connection of its own. For one thread at a time.
class caller
{
public:
    explicit caller(std::uint16_t port);

    /// Asks and returns the answer, whatever its status; throws if there is none.
    response ask(std::string_view method, std::string_view target, const header_fields& fields = {},
                 std::string_view body = {});

    response post(std::string_view target, std::string_view type, std::string_view body,
                  const header_fields& more = {});

    /// Returns the JSON of an answer that must be 200.
    json::value get(std::string_view target);

private:
    host::http::client client_;
};

/// The program `penstock run` on a free port, with a data directory in a scratch folder, and a
/// client of it. Killed with its object.
class live_host
{
public:
    /// `home` outlives it.
    live_host(const scratch& home, std::vector<std::string> arguments,
              processes number = processes::one);

    [[nodiscard]] program& child() noexcept { return host_.child(); }
    [[nodiscard]] std::uint16_t port() const noexcept { return host_.port(); }

    caller* operator->() noexcept { return &caller_; }

    /// Opens a connection that says exactly what it is told.
    [[nodiscard]] raw_client connect() const { return raw_client(port()); }

    [[nodiscard]] footprint measure();
    account account_of(const std::string& graph);

    /// Waits until nothing that was accepted is pending; returns the account of that moment.
    account settle(const std::string& graph, clock::duration within = std::chrono::seconds(20));

    /// Waits until the process has no more descriptors and threads than before.
    boost::test_tools::predicate_result
    shrinks_to(const footprint& before, clock::duration within = std::chrono::seconds(20));

    /// Sends SIGTERM, and waits for its end.
    ended stop() { return host_.stop(); }

private:
    host::cli::testing::running host_;
    caller caller_;
};

/// Parses the body of an answer.
[[nodiscard]] json::value body_of(const response& answer);

[[nodiscard]] std::string text_of(const json::value& value);

[[nodiscard]] bool has(std::string_view text, std::string_view part);

/// One part of a graph: `"NAME": {"component": "COMPONENT", "params": PARAMS}`.
struct node
{
    std::string name;
    std::string component;
    std::string params = "{}";
};

/// Writes a graph file's text; an edge is `"read.out", "write.in"`.
[[nodiscard]] std::string graph(const std::string& name, const std::vector<node>& nodes,
                                const std::vector<std::pair<std::string, std::string>>& edges);

/// The folder of the fixture package `gate`.
[[nodiscard]] std::string gate_folder();

/// Holds back the publisher `gate/hold` until it is opened.
class gate
{
public:
    gate(const scratch& home, const std::string& name);
    gate(const gate&) = delete;
    gate& operator=(const gate&) = delete;
    ~gate();

    [[nodiscard]] const std::string& path() const noexcept { return path_; }

    void open();

private:
    std::string path_;
    int end_ = -1;
};

} // namespace penstock::e2e
