// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/app/configuration.hpp"
#include "host/app/supervised.hpp"
#include "host/cli/command.hpp"

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace penstock::host::cli
{

/// `penstock run`: the host.
class run_command final : public command
{
public:
    explicit run_command(CLI::App& program);

    int run() override;

private:
    /// Finds what keeps these settings from being used.
    [[nodiscard]] static std::vector<problem> refuse(const settings& wanted,
                                                     const std::filesystem::path& data);

    [[nodiscard]] int read_settings(const std::optional<supervised>& worker,
                                    settings& wanted) const;
    [[nodiscard]] int run_host(const settings& wanted, const std::filesystem::path& folder,
                               const std::optional<supervised>& worker) const;

    std::vector<std::string> graphs_;
    settings_source source_;
    bool alone_ = false;
    bool print_config_ = false;
};

} // namespace penstock::host::cli
