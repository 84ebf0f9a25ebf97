// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/cli/command.hpp"

#include <filesystem>
#include <string>

namespace penstock::host::cli
{

/// `penstock journal`: looks into the journal of a data directory, or accepts that some of it is
/// lost, also while a host uses it.
class journal_command final : public command
{
public:
    explicit journal_command(CLI::App& program);

    int run() override;

private:
    int verify(const std::filesystem::path& folder) const;
    static int accept(const std::filesystem::path& folder);

    CLI::App* accept_ = nullptr;
    std::string data_;
    bool json_ = false;
};

} // namespace penstock::host::cli
