// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/app/start_retries.hpp"
#include "host/engine/engine.hpp"
#include "host/graph/graph_files.hpp"
#include "host/store/graph_folders.hpp"

#include <chrono>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace penstock::host
{

/// How a host comes to start its graphs.
struct start_conditions
{
    bool is_replacement = false; ///< of a worker that ended
    bool intake_only = false;    ///< workers crashed so often that no graph is to be run

    /// The pauses before what did not start is tried again; each is twice the one before.
    std::chrono::milliseconds shortest_pause = std::chrono::seconds(1);
    std::chrono::milliseconds longest_pause = std::chrono::seconds(60);
};

/// Starts the graphs of a host: those of the files that were named, else those that are kept and
/// were not stopped; in a worker that replaces another those that it ran, as they were deployed. One
/// that was deployed before and does not start takes data in and is not run, or runs as it was
/// deployed last, and is tried again, unless somebody has deployed, stopped or deleted it
/// meanwhile: each look at a graph and what follows from it hold engine::change(). [one thread at a
/// time]
class graph_starter
{
public:
    /// All outlive it.
    graph_starter(engine& graphs, const graph_folders& kept, std::vector<std::string> files,
                  start_conditions how);

    /// Finds the name of the graph of a file, of its last version if it cannot be read; empty if
    /// there is none.
    [[nodiscard]] static std::string name_in(const std::string& file,
                                             const deployed_store& deployed);

    /// Starts all graphs. Returns what is wrong with the files that were named: the host is not to
    /// start then. Everything else is logged, and in a worker that replaces another all is.
    [[nodiscard]] std::vector<problem> start();

    /// Deploys all graphs as their files are now, and forgets those that are stopped and have no
    /// file any more; logs what is wrong with them.
    void reload();

    /// Tries nothing again from now on; one at hand goes on. Returns at once.
    void stop() { retries_.stop(); }

    /// Waits for the try at hand, after stop(); returns whether it has ended by the deadline.
    [[nodiscard]] bool wait_until(std::chrono::steady_clock::time_point deadline)
    {
        return retries_.wait_until(deadline);
    }

private:
    [[nodiscard]] std::vector<graph_file> resumed() const;
    [[nodiscard]] std::vector<graph_file> first() const;
    [[nodiscard]] std::vector<graph_file> read_all() const;
    void keep_stopped(const graph_spec& graph) const;
    void note(const graph_file& which) const;
    [[nodiscard]] std::vector<problem> begin(graph_file& read);
    void reload(graph_file& read);
    void forget_stopped_without_file(const std::vector<graph_file>& files);
    [[nodiscard]] std::vector<problem> deploy(graph_file& read);
    [[nodiscard]] bool is_running(const std::string& graph) const;
    void fall_back(const graph_file& failed, const std::vector<problem>& why);
    [[nodiscard]] bool begin_last(const graph_file& failed);
    [[nodiscard]] bool is_taken_over(const graph_file& read, const std::string& graph);
    [[nodiscard]] bool is_mended(const graph_file& read);
    [[nodiscard]] bool try_again(const std::string& file);
    void deployed(const graph_file& which);

    engine& engine_;
    const graph_folders& kept_;
    const std::vector<std::string> files_;
    const start_conditions how_;

    std::mutex mutex_;                              // guards the rest
    std::map<std::string, graph_spec> fallen_back_; // what was started instead, by file
    std::map<std::string, std::string> told_;       // why not, by file
    start_retries retries_;                         // ends first: it calls back
};

} // namespace penstock::host
