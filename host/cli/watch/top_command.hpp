// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/api/live/live_stats.hpp"
#include "host/cli/address.hpp"
#include "host/cli/command.hpp"

#include <boost/system/result.hpp>

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace penstock::host::cli
{

/// `penstock top`: shows how graphs fare, again and again.
class top_command final : public command
{
public:
    explicit top_command(CLI::App& program);

    int run() override;

private:
    using clock = std::chrono::steady_clock;

    // What is shown, and whether a host has said it.
    struct sight
    {
        std::string text;
        bool is_of_host = false;
    };

    [[nodiscard]] boost::system::result<std::vector<std::string>, problem>
    names(const host_address& of, clock::time_point deadline) const;
    [[nodiscard]] boost::system::result<std::string, problem> look(const host_address& at,
                                                                   clock::time_point deadline);
    [[nodiscard]] boost::system::result<sight, problem> look();

    std::vector<std::string> graphs_;
    host_addresses to_;
    std::string interval_ = "1s";
    bool once_ = false;
    bool json_ = false;
    std::map<std::string, std::map<std::string, api::live_stats>> stats_; // by host, by graph
};

} // namespace penstock::host::cli
