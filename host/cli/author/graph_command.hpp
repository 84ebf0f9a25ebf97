// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/cli/command.hpp"

#include <string>

namespace penstock::host::cli
{

/// `penstock graph`: draws a graph file.
class graph_command final : public command
{
public:
    explicit graph_command(CLI::App& program);

    int run() override;

private:
    std::string file_;
    std::string format_ = "dot";
};

} // namespace penstock::host::cli
