// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/data/data_routes.hpp"
#include "host/api/router.hpp"
#include "host/engine/engine.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace penstock::host::api
{

struct data_graph;

/// The routes through which clients of Elasticsearch and OpenSearch send documents: `/_bulk` and
/// `/{index}/_bulk`, to the default graph, and the same below `/graphs/{graph}`. The answer tells of
/// each item, once the journal has those that are let in.
class bulk_routes
{
public:
    /// All outlive this object. Long bodies are worked on by threads of `disk`.
    bulk_routes(engine& graphs, data_options options, background_pool& disk);

    void add_to(router& table);

private:
    [[nodiscard]] std::optional<http::response>
    find(const http::request& asked, const path_arguments& path, data_graph& found) const;
    [[nodiscard]] std::optional<http::response> screen(const http::request& head,
                                                       const path_arguments& path) const;
    void take(http::request& received, const path_arguments& path, const http::reply& answer);
    void take_in(http::request& received, const path_arguments& path, const http::reply& answer);
    [[nodiscard]] std::optional<http::response> enter(http::request& received,
                                                      const path_arguments& path,
                                                      const data_graph& to,
                                                      const http::reply& answer);

    engine& graphs_;
    const data_options options_;
    const action take_slowly_;
};

} // namespace penstock::host::api
