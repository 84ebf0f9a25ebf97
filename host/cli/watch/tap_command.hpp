// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/cli/address.hpp"
#include "host/cli/command.hpp"

#include <penstock/json.hpp>

#include <boost/system/result.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace penstock::host::cli
{

/// `penstock tap`: shows packets as they pass a port.
class tap_command final : public command
{
public:
    explicit tap_command(CLI::App& program);

    int run() override;

private:
    [[nodiscard]] boost::system::result<std::string, problem> choose_graph() const;
    [[nodiscard]] boost::system::result<std::vector<std::string>, problem>
    edges_of(const std::string& graph) const;
    [[nodiscard]] int show(const std::string& graph, const std::vector<std::string>& edges);
    [[nodiscard]] bool print(const json::object& message);

    std::string port_; ///< `NODE.PORT`
    std::string graph_;
    host_address to_;
    std::size_t rate_ = 20;
    std::size_t max_bytes_ = 4096;
    std::size_t count_ = 0; ///< 0: no end
    std::size_t shown_ = 0;
    bool json_ = false;
};

} // namespace penstock::host::cli
