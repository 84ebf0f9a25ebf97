// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "host/api/api.hpp"
#include "host/engine/engine.hpp"
#include "host/net/server.hpp"

#include <cstdint>
#include <filesystem>
#include <string>

namespace penstock::bench
{

/// A host in this process, of one graph and one lane, without supervisor and data directory.
class small_host
{
public:
    /// Starts the graph of a text, with components of a folder of packages. The journal outlives
    /// this object. Throws std::runtime_error if the graph does not run.
    small_host(const std::filesystem::path& packages, host::journal& journal,
               const std::string& graph);
    ~small_host();
    small_host(const small_host&) = delete;
    small_host& operator=(const small_host&) = delete;

    [[nodiscard]] std::uint16_t port() const noexcept { return port_; }

private:
    host::catalogue components_;
    host::engine graphs_;
    host::graph_folders kept_;
    host::api::api api_;
    host::http::server server_;
    std::uint16_t port_ = 0;
};

} // namespace penstock::bench
