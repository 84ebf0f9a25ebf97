// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/cli/command.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace penstock::host::cli
{

/// `penstock new`: makes a project out of the templates that are installed with the program.
class new_command final : public command
{
public:
    explicit new_command(CLI::App& program);

    int run() override;

private:
    int make(const std::vector<std::filesystem::path>& folders, const std::string& next) const;

    std::string name_;
    std::string category_ = "transformer";
    std::string parent_ = ".";
    CLI::App* component_ = nullptr;
};

} // namespace penstock::host::cli
