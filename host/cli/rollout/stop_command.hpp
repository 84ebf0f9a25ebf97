// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/cli/address.hpp"
#include "host/cli/command.hpp"
#include "host/cli/rollout/wait_option.hpp"

#include <string>

namespace penstock::host::cli
{

/// `penstock stop`: has hosts take in nothing more for a graph and work off what is pending.
class stop_command final : public command
{
public:
    explicit stop_command(CLI::App& program);

    int run() override;

private:
    std::string graph_;
    host_addresses to_;
    wait_option wait_;
    bool json_ = false;
};

} // namespace penstock::host::cli
