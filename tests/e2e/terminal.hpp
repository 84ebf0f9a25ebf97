// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "live_host.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace penstock::e2e
{

/// The program as somebody runs it by hand: what it says goes to a terminal. Killed with its
/// object.
class terminal
{
public:
    /// `home` outlives it.
    terminal(const scratch& home, std::vector<std::string> arguments);
    terminal(const terminal&) = delete;
    terminal& operator=(const terminal&) = delete;
    ~terminal();

    /// Waits for a line with this text and returns it.
    std::string wait_for(std::string_view text);

    /// Sends SIGTERM, and waits for its end.
    void stop();

private:
    bool read_some(clock::time_point deadline);

    pid_t id_ = -1;
    int screen_ = -1;
    std::string said_;
};

} // namespace penstock::e2e
