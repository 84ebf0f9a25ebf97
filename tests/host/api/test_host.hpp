// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/api.hpp"
#include "host/engine/engine.hpp"
#include "host/journal/memory_journal.hpp"
#include "host/packages/catalogue.hpp"
#include "host/store/graph_folders.hpp"
#include "tests/host/temporary_folder.hpp"

#include <penstock/json.hpp>

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace penstock::host::http::testing
{

using host::testing::temporary_folder;

/// Lists the header fields of a request.
using fields = std::initializer_list<std::pair<std::string_view, std::string_view>>;

/// Makes a request as the session would hand it on.
[[nodiscard]] request make_request(std::string_view method, std::string_view target,
                                   std::string body = {}, fields headers = {});

/// Parses an answer's body.
[[nodiscard]] json::value body_of(const response& answer);

/// A host without sockets: a catalogue of the test's own components, an engine, and the API.
class test_host
{
public:
    /// `authentication`, which outlives it, may be null.
    explicit test_host(engine_options engine = {}, host::api::data_options data = {},
                       host::api::authenticator* authentication = nullptr,
                       host::api::peer_options peers = {});

    /// The same on a journal of the test's own.
    explicit test_host(host::journal& with, engine_options engine = {},
                       host::api::data_options data = {});
    ~test_host();

    /// Sends a request as a session does, its header first, and waits for the answer.
    response send(request sent);
    response send(std::string_view method, std::string_view target, std::string body = {},
                  fields headers = {});

    /// Deploys a graph of components of the package `door` in a line, each named after itself.
    void deploy(std::string_view name, std::initializer_list<std::string_view> line);

    /// The graph file of such a line.
    [[nodiscard]] static std::string graph(std::string_view name,
                                           std::initializer_list<std::string_view> line);

    temporary_folder data;
    catalogue components;
    memory_journal in_memory;
    host::journal& journal = in_memory;
    engine graphs;
    graph_folders kept;
    graph_store& store = kept.graphs;
    host::api::api api;
};

} // namespace penstock::host::http::testing
