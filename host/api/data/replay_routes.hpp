// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/api_limits.hpp"
#include "host/api/background_pool.hpp"
#include "host/api/router.hpp"
#include "host/engine/engine.hpp"
#include "host/engine/replay.hpp"
#include "host/journal/letters/dead_letter.hpp"

#include <penstock/json.hpp>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace penstock::host::api
{

/// The routes that replay dead letters: `POST /api/dead-letters/{id}/replay`, and by filter. A dead
/// letter is dropped once the journal has what is tried in its place. [any thread]
class replay_routes
{
public:
    /// `graphs` and `slow` outlive this object; `slow` waits for the journal.
    replay_routes(engine& graphs, api_limits bounds, background_pool& slow);

    void add_to(router& table);

private:
    struct attempt;

    http::response replay_one(const http::request& asked, std::string_view id);
    http::response replay_many(const http::request& asked);
    http::response drop_many(const http::request& asked);
    std::optional<http::response> start(attempt& of, replay_from from, const json::object* edited);
    std::optional<http::response> finish(attempt& of);

    engine& graphs_;
    const api_limits bounds_;
    background_pool& slow_;
};

} // namespace penstock::host::api
