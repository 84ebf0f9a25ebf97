// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/cli/command.hpp"

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
    std::vector<std::string> files_;
    std::vector<std::string> packages_;
    bool json_ = false;
};

} // namespace penstock::host::cli
