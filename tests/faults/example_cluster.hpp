// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/net/client.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace penstock::faults
{

/// The cluster of `examples/cluster`, on this machine alone, each database in a network namespace
/// and on a disk of its own. Everything throws std::runtime_error with what was said.
class example_cluster
{
public:
    /// Starts it with a graph that writes to `witness`, and waits until it takes requests.
    example_cluster(const std::filesystem::path& place, const std::string& graph);

    /// Runs the script: `start`, {"db1"}.
    void command(const std::string& verb, const std::vector<std::string>& machines = {}) const;

    /// The machines of the primary, of its synchronous standby, and of the other one, once all three
    /// work together.
    struct roles
    {
        std::string primary;
        std::string standby;
        std::string other;
    };
    [[nodiscard]] roles wait_for_roles() const;

    /// What a process of the script is, such as `host1` or `db1.patroni`, which has to run.
    [[nodiscard]] pid_t process(const std::string& name) const;

    /// The server of a database, which has to run.
    [[nodiscard]] pid_t postgres(const std::string& machine) const;

    /// Sends a signal to processes and to all of their children.
    static void signal(int which, pid_t family);

    /// Takes all the room on the disk of a database, and gives it back.
    void fill_disk(const std::string& machine) const;
    void empty_disk(const std::string& machine) const;

    /// Whether there is nothing left to do, as the primary says.
    [[nodiscard]] bool is_settled() const;

    /// A client of a host, from 1 on.
    [[nodiscard]] static host::http::client host(std::size_t number);

    /// What hosts, balancer and databases have said last.
    [[nodiscard]] std::string last_words() const;

private:
    [[nodiscard]] static std::optional<roles> read_roles();
    [[nodiscard]] std::vector<std::string> ask(const std::string& sql) const;

    std::filesystem::path home_;
};

} // namespace penstock::faults
