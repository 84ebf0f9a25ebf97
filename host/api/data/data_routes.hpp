// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/access/authenticator.hpp"
#include "host/api/api_limits.hpp"
#include "host/api/data/acknowledgement.hpp"
#include "host/api/data/idempotency.hpp"
#include "host/api/router.hpp"
#include "host/engine/engine.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace penstock::host::api
{

/// Settings of the data routes, each with a safe default.
struct data_options
{
    std::string default_graph; ///< behind `/data`; empty: the first by name
    api_limits bounds{};
    acknowledgement usual = acknowledgement::memory;
    std::chrono::milliseconds longest_wait = std::chrono::minutes(5);
    std::size_t idempotency_keys = 10'000;
    std::chrono::seconds idempotency_window = std::chrono::hours(24);
};

struct data_finding;

/// The routes through which graphs receive data: `/data` and `/graphs/{graph}/data`, and paths
/// below.
class data_routes
{
public:
    /// All outlive this object. On threads of `disk` the journal is asked about idempotency keys,
    /// and long bodies are unpacked and checked. `authentication` tells senders apart, each of
    /// which has idempotency keys of its own; null: all are one.
    data_routes(engine& graphs, data_options options, background_pool& disk,
                const authenticator* authentication);

    void add_to(router& table);

    /// The graphs have stopped: what waits to be processed and is not kept is lost.
    void conclude() { has_concluded_ = true; }

private:
    void add_to(router& table, const std::string& prefix);
    [[nodiscard]] std::shared_ptr<running_graph> graph_of(const path_arguments& path) const;
    [[nodiscard]] http::audience audience_of(const http::request& head,
                                             const path_arguments& path) const;
    void take(http::request& received, const path_arguments& path, const http::reply& answer);
    void take_in(http::request& received, const path_arguments& path, const http::reply& answer);
    [[nodiscard]] std::optional<http::response> enter(http::request& received,
                                                      const path_arguments& path,
                                                      const data_finding& what, bool keep,
                                                      const http::reply& answer);
    [[nodiscard]] std::optional<http::response>
    submit(std::unique_ptr<entry> made, const data_finding& what, const http::reply& answer);
    void give_up_key(const data_finding& what);
    [[nodiscard]] std::optional<http::response> screen(http::request& head,
                                                       const path_arguments& path);
    [[nodiscard]] data_finding* found_before(const http::request& received,
                                             const path_arguments& path) const;
    [[nodiscard]] std::optional<http::response>
    find(const http::request& asked, const path_arguments& path, data_finding& what) const;
    [[nodiscard]] std::optional<http::response> repeated(data_finding& what,
                                                         const http::request& received);
    [[nodiscard]] bool is_kept(commit how, const std::shared_ptr<const receipt>& of,
                               const std::string& key, const http::reply& answer);

    engine& graphs_;
    const data_options options_;
    const authenticator* const authentication_;
    std::atomic<bool> has_concluded_{false};
    idempotency keys_;
    const action take_slowly_;
};

} // namespace penstock::host::api
