// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/api/access/authenticator.hpp"
#include "host/api/api.hpp"
#include "host/app/configuration.hpp"
#include "host/app/crash_watch.hpp"
#include "host/app/data_directory.hpp"
#include "host/app/graph_starter.hpp"
#include "host/engine/engine.hpp"
#include "host/engine/takeovers.hpp"
#include "host/journal/journal.hpp"
#include "host/net/server.hpp"
#include "host/packages/catalogue.hpp"
#include "host/packages/package_watch.hpp"
#include "host/store/graph_folders.hpp"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace penstock::host
{

/// Builds the host out of its floors, lowest first: catalogue, engine, API, server.
class running_host
{
public:
    /// Graphs come from `files`, else from the data directory, which outlives the host. Throws
    /// journal_error.
    running_host(settings_source source, settings with, const data_directory& data,
                 const std::vector<std::string>& files, crash_watch& watch);

    /// Takes over a socket that listens already, instead of the address of the settings. Call
    /// before start().
    void adopt(int listener) { listener_ = listener; }

    /// Takes the address, runs the graphs, and takes requests. Returns what keeps it from running;
    /// see graph_starter for graphs that do not run.
    [[nodiscard]] std::vector<problem> start();

    /// Begins with what an earlier run left. Once, after start().
    void drain_left() { engine_.drain_left(); }

    /// Looks for packages again, and deploys the graphs as their files are now.
    void reload();

    /// Takes in nothing more, and processes what is pending; returns how many entries are left.
    [[nodiscard]] std::size_t stop();

    /// Returns whether all work has ended since stop(). If not, the host cannot be destroyed: a
    /// component keeps a thread, perhaps for ever.
    [[nodiscard]] bool has_ended() const noexcept { return has_ended_; }

    /// Answers whom it can at once, and leaves everything as it is, for the program to end.
    void abandon();

    /// Why the journal takes nothing in; empty: it does.
    [[nodiscard]] std::string journal_trouble() const { return journal_->trouble().reason; }

    /// Logs a line for each graph: what became of what it accepted.
    void summarise() const;

private:
    void judge_crashes();
    void suspect(const supervise::suspicion& of);
    void log_catalogue() const;
    void watch_packages();
    [[nodiscard]] std::vector<problem> open_door();
    [[nodiscard]] std::optional<problem> show_certificate();
    void announce(const http::listen_address& address, unsigned port);

    const settings_source source_;
    settings settings_;
    const crash_watch& watch_;
    catalogue components_;
    const std::unique_ptr<journal> journal_;
    api::live_log live_log_;
    const graph_folders kept_;
    engine engine_;
    api::authenticator authenticator_;
    graph_starter starter_;
    api::api api_;
    http::server server_;
    std::optional<int> listener_;
    bool has_ended_ = false;
    std::optional<takeovers> takeovers_;
    std::optional<package_watch> package_watch_; // last: it calls back
};

} // namespace penstock::host
