// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "live_host.hpp"

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <sys/types.h>

namespace penstock::e2e
{

/// A host of two processes, with the fixture package `evil`.
class supervised_host : public live_host
{
public:
    supervised_host(const scratch& home, std::vector<std::string> arguments);

    [[nodiscard]] pid_t worker() { return child_of(child().id()); }

    /// Sends a document of which nobody may live to tell that it was accepted.
    void send(const std::string& body, const std::string& target = "/data");

    /// Waits for a crash; returns its line in the log.
    std::string wait_for_crash() { return child().wait_for("the worker died of"); }

    /// Waits until requests are taken again; returns for how long they were not, from the end of
    /// the worker before.
    std::chrono::milliseconds wait_until_it_serves_again();

    /// Processes one ordinary document; returns the status of the answer.
    std::uint64_t answer();
};

/// Returns whether a process is there and not only a name for its exit code.
[[nodiscard]] bool lives(pid_t process);

/// The folder of the fixture package `evil`.
[[nodiscard]] std::string evil_folder();

} // namespace penstock::e2e
