// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/api_limits.hpp"
#include "host/api/background_pool.hpp"
#include "host/api/router.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace penstock::host::api
{

/// Where and how components are tried.
struct trial_options
{
    std::string program; ///< the one whose verb `try` it is; empty: there is no such route
    std::vector<std::string> packages;   ///< folders, before those that the program looks in anyway
    std::vector<std::string> readable{}; ///< files and folders that components may read, besides
    std::chrono::milliseconds time = std::chrono::seconds(10);
    std::size_t memory = std::size_t{1} << 30; ///< bytes of address space
    bool network = false;                      ///< whether they may use TCP
};

/// Runs one component over some packets, in a process of its own that can harm nothing here:
/// `POST /api/components/{package}/{name}/try`. `trying`, which runs one at a time, outlives the
/// table. The host itself loads nothing for it.
void add_trial_route(router& table, trial_options options, const api_limits& bounds,
                     background_pool& trying);

} // namespace penstock::host::api
