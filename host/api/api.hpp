// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/access/authenticator.hpp"
#include "host/api/background_pool.hpp"
#include "host/api/data/bulk_routes.hpp"
#include "host/api/data/data_routes.hpp"
#include "host/api/data/peers.hpp"
#include "host/api/data/replay_routes.hpp"
#include "host/api/graphs/component_trial.hpp"
#include "host/api/graphs/graph_routes.hpp"
#include "host/api/health_routes.hpp"
#include "host/api/hosts/host_list.hpp"
#include "host/api/hosts/rollouts.hpp"
#include "host/api/live/live_feed.hpp"
#include "host/api/live/live_log.hpp"
#include "host/api/router.hpp"
#include "host/engine/engine.hpp"
#include "host/net/handler.hpp"
#include "host/store/graph_folders.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

namespace penstock::host::api
{

/// Settings of the API, each with a safe default.
struct api_options
{
    data_options data{};
    std::string version = "0";      ///< of the host
    std::size_t drafts = 1000;      ///< at most
    std::filesystem::path editor{}; ///< a folder with the page; empty: the one in this program
    trial_options trial{};
    peer_options peers{};
    live_log* log = nullptr;                 ///< outlives the API; what is published there is shown
    authenticator* authentication = nullptr; ///< outlives the API; null: authorization is disabled

    /// Called with the text of exceptions that left a route in the background; the client receives
    /// 500. [threads of the API]
    std::function<void(std::string_view)> report{};

    /// Called with what takes too long in the background. [threads of the API]
    std::function<void(std::string_view)> warn{};
};

/// Answers all requests that may be made: data in, receipts, graphs, components, dead letters,
/// health and metrics. Graphs are deployed and stopped, and the disk is read and waited for, on
/// threads of its own, never on the server's. [any thread]
class api final : public http::handler
{
public:
    /// `graphs` and `kept` outlive this object. The server is stopped before it goes.
    api(engine& graphs, const graph_folders& kept, api_options options);

    std::optional<http::response> head(http::request& head) override;
    [[nodiscard]] http::audience audience_of(const http::request& head) const override;
    void handle(http::request& received, http::reply answer) override;

    /// Refuses from now on what takes data in or changes anything; `/readyz` says that the host is
    /// stopping.
    void drain() { is_ending_ = true; }

    /// The graphs have stopped: who waits for an entry to be processed gets 202 when its time is up
    /// only if the entry is kept for the next start.
    void conclude() { data_.conclude(); }

    /// Lets go of the work that waits for a thread, and waits for that in hand; returns whether it
    /// has ended. If not, who waits for its outcome is refused, and the API cannot be destroyed.
    /// The server is about to stop.
    [[nodiscard]] bool end(std::chrono::steady_clock::time_point deadline);

    /// Has the lanes that get entries woken once the events at hand are served.
    void serve_thread(const to_post& post, const std::function<void()>& serve) override;

private:
    [[nodiscard]] host_causes causes() const;

    std::atomic<bool> is_ending_{false};
    router table_;
    data_routes data_;
    bulk_routes bulk_;
    graph_routes graphs_;
    replay_routes replay_;
    live_feed live_;
    host_list hosts_;
    peers peers_;
    rollouts rollouts_;
    background_pool disk_; // these end first: their jobs use what stands above
    background_pool replaying_;
    background_pool quick_;
    background_pool checking_;
    background_pool slow_;
    background_pool trying_;
    background_pool asking_;
    background_pool rolling_;
};

} // namespace penstock::host::api
