// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/cli/command.hpp"

namespace penstock::host::cli
{

/// The verb behind `validate --connect`, not shown: starts one publisher of a graph, has it
/// connect, and ends. What it is to do is a JSON object on the standard input, what came of it one
/// on descriptor 3.
class connect_command final : public command
{
public:
    explicit connect_command(CLI::App& program);

    int run() override;
};

} // namespace penstock::host::cli
