// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/net/client.hpp"

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

namespace penstock::faults
{

/// The program `penstock run` on a port of its own, which is the same at every start. What it says
/// goes to a file. Killed with its object, and its worker with it.
class tried_host
{
public:
    struct settings
    {
        std::filesystem::path place;     ///< for all that it needs
        std::string graph;               ///< text of a graph file
        std::vector<std::string> more{}; ///< arguments
        std::vector<std::string> environment{};
        std::filesystem::path data{}; ///< empty: in `place`
    };

    explicit tried_host(settings with);
    tried_host(const tried_host&) = delete;
    tried_host& operator=(const tried_host&) = delete;
    ~tried_host();

    /// Starts the program and waits until it takes requests. Throws std::runtime_error with what it
    /// said if it does not.
    void start();

    /// Sends SIGTERM, and waits for its end; returns the exit code.
    int stop();

    /// Ends it at once, and waits until it and its worker are gone.
    void kill();

    /// Ends the worker at once; false if there is none at the moment.
    bool kill_worker();

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
    [[nodiscard]] pid_t id() const noexcept { return id_; }

    /// The worker, or the program itself if it has no supervisor; -1 if there is none.
    [[nodiscard]] pid_t worker() const;

    /// All that it has said in all its runs.
    [[nodiscard]] std::string log() const;

    [[nodiscard]] host::http::client
    client(std::chrono::milliseconds timeout = std::chrono::seconds(10)) const;

    /// Waits until the graph `trial` has nothing pending; false if that takes longer.
    [[nodiscard]] bool settle(std::chrono::seconds within) const;

private:
    [[nodiscard]] bool answers() const;

    const settings with_;
    std::uint16_t port_;
    pid_t id_ = -1;
};

/// What the component `trial/witness` has told: the ids under which each number came, with repeats.
[[nodiscard]] std::map<std::uint64_t, std::vector<std::string>>
read_witness(const std::filesystem::path& file);

/// Bytes of memory that a process holds.
[[nodiscard]] std::size_t resident(pid_t process);

/// Waits until something is so; false if that takes longer.
template <class Condition>
bool eventually(std::chrono::milliseconds within, Condition&& is_so);

void pause(std::chrono::microseconds time);

template <class Condition>
bool eventually(std::chrono::milliseconds within, Condition&& is_so)
{
    const auto deadline = std::chrono::steady_clock::now() + within;
    while (!is_so())
    {
        if (std::chrono::steady_clock::now() > deadline)
            return false;
        pause(std::chrono::milliseconds(2));
    }
    return true;
}

} // namespace penstock::faults
