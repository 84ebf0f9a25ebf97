// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/cli/author/connection_check.hpp"
#include "host/cli/command.hpp"
#include "host/graph/graph_files.hpp"
#include "host/packages/catalogue.hpp"

#include <penstock/json.hpp>

#include <string>
#include <vector>

namespace penstock::host::cli
{

/// `penstock validate`: tells everything that keeps graph files from running.
class validate_command final : public command
{
public:
    explicit validate_command(CLI::App& program);

    int run() override;

private:
    [[nodiscard]] bool try_connections(const graph_file& read, catalogue& components,
                                       const connection_check& connections,
                                       json::array& tried) const;

    std::vector<std::string> files_;
    std::vector<std::string> packages_;
    std::string connect_time_ = "10s";
    std::string data_;
    bool connect_ = false;
    bool json_ = false;
};

} // namespace penstock::host::cli
