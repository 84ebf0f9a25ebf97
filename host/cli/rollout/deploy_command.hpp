// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/cli/address.hpp"
#include "host/cli/command.hpp"
#include "host/cli/rollout/wait_option.hpp"

#include <string>

namespace penstock::host::cli
{

/// `penstock deploy`: runs a graph on hosts, one after the other, on all of them or on none.
class deploy_command final : public command
{
public:
    explicit deploy_command(CLI::App& program);

    int run() override;

private:
    std::string file_;
    host_addresses to_;
    wait_option wait_;
    bool json_ = false;
};

} // namespace penstock::host::cli
