// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/cli/command.hpp"

#include <string>
#include <vector>

namespace penstock::host::cli
{

/// `penstock schema`: writes the JSON Schema of graph files or of the configuration, for editors.
class schema_command final : public command
{
public:
    explicit schema_command(CLI::App& program);

    int run() override;

private:
    std::vector<std::string> packages_;
    bool configuration_ = false;
};

} // namespace penstock::host::cli
