// Copyright 2026 The Penstock authors
// SPDX-License-Identifier: Apache-2.0

#pragma once

#include "host/cli/command.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace penstock::host::cli
{

/// `penstock package`: installs, lists and removes packages of the user's folder.
class package_command final : public command
{
public:
    explicit package_command(CLI::App& program);

    int run() override;

private:
    [[nodiscard]] int install() const;
    [[nodiscard]] int list() const;
    [[nodiscard]] int remove() const;

    CLI::App* install_ = nullptr;
    CLI::App* list_ = nullptr;
    std::string subject_;
    std::string unpacked_limit_;
    std::uint64_t unpacked_entries_;
    std::vector<std::string> packages_;
    bool json_ = false;
};

} // namespace penstock::host::cli
