// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/api_limits.hpp"
#include "host/api/background_pool.hpp"
#include "host/api/router.hpp"
#include "host/engine/engine.hpp"
#include "host/store/graph_folders.hpp"

#include <mutex>
#include <optional>
#include <string_view>

namespace penstock::host::api
{

/// The threads that work for requests about graphs; they outlive who uses them.
struct graph_pools
{
    background_pool& quick;    ///< for what takes milliseconds
    background_pool& checking; ///< for what asks components
    background_pool& slow;     ///< for what may drain a graph
};

/// Shows and changes graphs: `/api/graphs` with what follows it.
class graph_routes
{
public:
    /// `graphs` and `kept` outlive this object.
    graph_routes(engine& graphs, const graph_folders& kept, const api_limits& bounds,
                 const graph_pools& pools);

    void add_to(router& table);

private:
    void add_files(router& table);
    void add_actions(router& table);
    void add_views(router& table);

    [[nodiscard]] http::response list() const;
    [[nodiscard]] http::response show(const http::request& asked, std::string_view name) const;
    [[nodiscard]] http::response keep(const http::request& sent, std::string_view name);
    [[nodiscard]] http::response forget(const http::request& asked, std::string_view name);
    [[nodiscard]] http::response validate(const http::request& sent, std::string_view name) const;
    [[nodiscard]] http::response deploy(const http::request& sent, std::string_view name);
    [[nodiscard]] http::response stop(std::string_view name);
    [[nodiscard]] http::response state(std::string_view name) const;
    [[nodiscard]] http::response left(std::string_view name) const;
    [[nodiscard]] http::response stats(std::string_view name) const;
    void warn(std::string_view graph, const std::optional<problem>& failed) const;
    [[nodiscard]] std::optional<problem> save(const std::optional<graph_spec>& before,
                                              const graph_spec& now);

    engine& graphs_;
    const graph_folders& kept_;
    const api_limits bounds_;
    const graph_pools pools_;
    std::mutex editing_; // one file at a time; from the look at a revision to its change
};

} // namespace penstock::host::api
