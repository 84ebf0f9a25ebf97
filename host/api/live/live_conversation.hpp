// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/access/authenticator.hpp"
#include "host/api/api_limits.hpp"
#include "host/api/live/live_feed.hpp"
#include "host/api/live/live_log.hpp"
#include "host/api/live/live_stats.hpp"
#include "host/api/live/tap_places.hpp"
#include "host/engine/engine.hpp"
#include "host/lane/tap/tap.hpp"
#include "host/net/websocket/websocket.hpp"

#include <penstock/json.hpp>

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace penstock::host::api
{

/// What all conversations share.
struct live_surroundings
{
    engine& graphs;
    live_feed& feed;
    std::shared_ptr<tap_budget> budget;
    std::shared_ptr<tap_places> places;
    live_log* log = nullptr;                 ///< null: no log lines are sent
    authenticator* authentication = nullptr; ///< null: authorization is disabled
};

/// The conversation with one client of `/api/live`: figures of one graph, and packets of the edges
/// that it asks for; docs/live.md has the messages. [any thread]
class live_conversation final : public http::websocket_handler,
                                public live_listener,
                                public live_log_reader,
                                public std::enable_shared_from_this<live_conversation>
{
public:
    /// `around` outlives it. The client is shown out when its token does not count any more.
    live_conversation(const live_surroundings& around, const api_limits& bounds, std::string graph,
                      const token_hash& token);

    void opened(std::shared_ptr<http::websocket> client) override;
    void received(std::string_view text) override;
    void closed() noexcept override;
    void tell(std::chrono::steady_clock::time_point now) noexcept override;
    void heard(severity level, std::string_view node, std::string_view text) noexcept override;

private:
    using taps = std::map<std::string, std::shared_ptr<tap>, std::less<>>; // by edge

    // What is told of a graph beside numbers.
    struct shown_state
    {
        graph_state state;
        std::optional<graph_spec> deployed;
        std::size_t lanes;

        bool operator==(const shown_state&) const = default;
    };

    void tell_all(std::chrono::steady_clock::time_point now);
    void tell_state(const kept_graph& kept, std::size_t lanes);
    void tell_dropped();
    void obey(const json::object& wish);
    void add_tap(const std::string& edge, const json::object& wish);
    void remove_tap(const std::string& edge) noexcept;
    void complain(std::string_view what);
    [[nodiscard]] bool say(const json::object& message);

    const live_surroundings around_;
    const api_limits bounds_;
    const std::string graph_;
    const token_hash token_;
    std::shared_ptr<http::websocket> client_;

    std::mutex mutex_; // guards the taps
    taps taps_;

    // Of the feed's thread alone.
    std::optional<shown_state> shown_;
    live_stats stats_;
};

} // namespace penstock::host::api
